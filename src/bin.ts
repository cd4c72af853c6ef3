import { main } from './main.js';

// Node ends with what is set here when nothing is left to wait for; until there is an answer that is no success.
process.exitCode = 5;
main(process).then((code) => {
  process.exitCode = code;
  // By now all is done and written; left alone, Node would take its memory apart piece by piece.
  process.once('exit', (ended) => {
    if (ended === 0) process.exit();
  });
});
