import { main } from './main.js';

// Node ends with what is set here when nothing is left to wait for; until there is an answer that is no success.
process.exitCode = 5;
main(process).then((code) => {
  process.exitCode = code;
});
