import type { Zip } from '../../ports.js';
import { readZip } from './read.js';
import { walkZip } from './walk.js';
import { writeZip } from './write.js';

export const zip: Zip = { write: writeZip, read: readZip, walk: walkZip };
