export { lines, silence } from './lines.js';
export { liveList } from './list.js';
