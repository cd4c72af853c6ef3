/**
 * npm run test:histories [-- --runs 500 --seed 1 --path 12:0]
 *
 * Hooks and CI on generated histories, as far as one likes. A story that fails is shrunk, and told with what brings it back.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import setup from '../kit/build-once.js';
import type { Tally } from './ways.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string', default: '' },
  },
});

const teardown = setup();
try {
  // Not before there is a program to judge with.
  const { agreement } = await import('./agreement.js');
  const tally: Tally = {};
  const started = Date.now();
  const result = await fc.check(agreement(tally), {
    seed: Number(values.seed),
    numRuns: Number(values.runs),
    path: values.path,
  });
  const seconds = (Date.now() - started) / 1000;
  const { numRuns, seed, numShrinks, counterexamplePath, counterexample, errorInstance } = result;
  console.log(`${numRuns} histories, seed ${seed}, ${seconds.toFixed(0)} s (${(seconds / numRuns).toFixed(2)} s each)`);
  console.table(tally);
  if (result.failed) {
    console.log(
      `${errorInstance}\n\nin a story shrunk ${numShrinks} times:\n${JSON.stringify(counterexample, null, 2)}`,
    );
    console.log(`\nnpm run test:histories -- --seed ${seed} --path ${counterexamplePath}`);
    process.exitCode = 1;
  }
} finally {
  teardown();
}
