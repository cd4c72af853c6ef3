import { main } from './main.js';

main(process).then((code) => {
  process.exitCode = code;
});
