/**
 * npm run test:kills [-- --command promote] [--from 0] [--count 100] [--every 1] [--twice] [--lanes 3]
 *
 * Kills release, promote, rollback and archive before and after every effect of theirs: each request that changes something
 * in AWS, each file and line of the journal (which may be half of one), each command of git's that writes. Goes on with
 * `resume`, and compares where that ends with a run that nobody disturbed. Points have numbers, so that it can be run in
 * pieces: point 120 is the same whether it began at 0 or at 100. `--every 7` tries each seventh, `--twice` kills what goes
 * on as well.
 */
import { parseArgs } from 'node:util';
import setup from '../../kit/build-once.js';
import { startEmulator } from '../../kit/emulators/start.js';
import { startProxy } from '../proxy/start.js';

const { values } = parseArgs({
  options: {
    command: { type: 'string' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '1000000' },
    every: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '3' },
    twice: { type: 'boolean', default: false },
  },
});
const [from = 0, count = 0, every = 1, lanes = 1] = [values.from, values.count, values.every, values.lanes].map(Number);
if (![from, count, every, lanes].every((one) => Number.isSafeInteger(one) && one >= 0) || every * lanes === 0) {
  throw new Error('--from, --count, --every and --lanes take whole numbers');
}
const sum = { points: 0, killedAgain: 0, converged: 0, duplicates: 0, mixed: 0, lost: 0 };
let told = '';
let next = from;

const teardown = setup();
try {
  const begun = Date.now();
  // Not before there is a program to kill.
  const { buildDriver } = await import('../../plan/driver.js');
  const driver = await buildDriver();
  await Promise.all(Array.from({ length: lanes }, () => lane(driver)));
  const { points, killedAgain, converged, duplicates, mixed, lost } = sum;
  console.log(
    `${points} points (effects: ${told}; before and after each, and half a line of the journal${values.twice ? `; ${killedAgain} of them killed again while they resumed` : ''}): ` +
      `${converged} end as an undisturbed run, ${duplicates} duplicate versions, ${mixed} mixed fleets, ${lost} lost artefacts; ` +
      `${Math.round((Date.now() - begun) / 1000)} s`,
  );
  if (converged < points || duplicates + mixed + lost > 0) process.exitCode = 1;
} finally {
  teardown();
}

/** One world after another, beside the other lanes. */
async function lane(driver: string): Promise<void> {
  const { starts } = await import('./start.js');
  const { killedAt, pointsOf } = await import('./kill.js');
  const emulator = await startEmulator('ministack');
  const proxy = await startProxy(emulator.url);
  try {
    const all = await starts({ emulator, proxy }, driver);
    told = all.map(({ command, effects }) => `${command} ${effects.length}`).join(', ');
    const points = pointsOf(all);
    while (next < Math.min(points.length, from + count)) {
      const at = next;
      next += every;
      const point = points[at];
      if (point === undefined || (values.command ?? point.start.command) !== point.start.command) continue;
      const again = { place: (['aws', 'here', 'git'] as const)[at % 3] ?? 'aws', nth: at % 5 };
      const { killedAgain, duplicates, mixed, lost, differs } = await killedAt(
        { proxy, driver },
        point,
        values.twice ? again : null,
      );
      const isFine = differs === '' && duplicates + mixed + lost === 0;
      sum.points += 1;
      sum.killedAgain += killedAgain ? 1 : 0;
      sum.converged += differs === '' ? 1 : 0;
      sum.duplicates += duplicates;
      sum.mixed += mixed;
      sum.lost += lost;
      const { start, effect, side } = point;
      const where = `${at} ${start.command}, killed ${side} ${effect.what} (${effect.place} ${effect.nth})`;
      console.log(
        `${isFine ? 'ok  ' : 'FAIL'} ${where}${killedAgain ? ', and again' : ''}${differs && `\n${differs}`}`,
      );
    }
  } finally {
    await proxy.close();
    await emulator.stop();
  }
}
