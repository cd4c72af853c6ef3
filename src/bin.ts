import { main } from './main.js';

// Until there is an answer no end is a success: not that nothing is left to wait for, nor a plugin that ends us or throws.
process.exitCode = 5;
let isAnswered = false;
process.once('exit', (ended) => {
  if (!isAnswered && ended <= 1) process.exitCode = 5;
  // By now all is done and written; left alone, Node would take its memory apart piece by piece.
  else if (ended === 0) process.exit();
});
main(process).then((code) => {
  isAnswered = true;
  process.exitCode = code;
});
