/**
 * npm run test:histories [-- --from 0 --count 500 --seed 1]
 *
 * Hooks and CI on generated histories, as many as one likes, and in pieces: history 120 is the same whether the run began
 * at 0 or at 100. It goes on after one on which they disagree. `--shrink` tells that one in its shortest form, which
 * takes a while, and ends there.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import setup from '../kit/build-once.js';
import { type Tally, told } from './tally.js';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    shrink: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const [from, count] = [Number(values.from), Number(values.count)];
if (![seed, from, count].every(Number.isSafeInteger)) throw new Error('--from, --count and --seed take whole numbers');

const teardown = setup();
try {
  // Not before there is a program to judge with.
  const { agreement } = await import('./agreement.js');
  const tally: Tally = {};
  const disagreed: number[] = [];
  const started = Date.now();
  for (let next = from; next < from + count; ) {
    const numRuns = from + count - next;
    const result = await fc.check(agreement(tally), { seed, numRuns, path: `${next}`, endOnFailure: !values.shrink });
    if (!result.failed) break;
    const at = Number(result.counterexamplePath?.split(':')[0]);
    disagreed.push(at);
    console.log(`history ${at}: ${result.errorInstance}\n${JSON.stringify(result.counterexample, null, 2)}`);
    console.log(`npm run test:histories -- --seed ${seed} --from ${at} --count 1 --shrink\n`);
    if (values.shrink) break;
    next = at + 1;
  }
  console.table(tally);
  console.log(told({ seed, from, tally, disagreed, seconds: (Date.now() - started) / 1000 }));
  if (disagreed.length > 0) process.exitCode = 1;
} finally {
  teardown();
}
