/**
 * npm run test:kills [-- --command promote] [--from 0] [--count 100] [--every 1] [--twice] [--abort] [--lanes 3]
 *
 * Kills release, promote, rollback and archive, and the first three over an environment of two targets as well
 * (`release-both` …), before and after every effect of theirs: each request that changes something
 * in AWS, each file and line of the journal (which may be half of one), each command of git's that writes. Goes on with
 * `resume`, and compares where that ends with a run that nobody disturbed. Points have numbers, so that it can be run in
 * pieces: point 120 is the same whether it began at 0 or at 100. `--every 7` tries each seventh, `--twice` kills what goes
 * on as well. `--abort` gives up instead, and compares what functions run with what they ran.
 */
import { parseArgs } from 'node:util';
import setup from '../../kit/build-once.js';
import { startEmulator } from '../../kit/emulators/start.js';
import { startProxy } from '../proxy/start.js';
import type { Point } from './kill.js';
import type { Lane, Start } from './start.js';

const { values } = parseArgs({
  options: {
    command: { type: 'string' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '1000000' },
    every: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '3' },
    twice: { type: 'boolean', default: false },
    abort: { type: 'boolean', default: false },
  },
});
const [from = 0, count = 0, every = 1, lanes = 1] = [values.from, values.count, values.every, values.lanes].map(Number);
if (![from, count, every, lanes].every((one) => Number.isSafeInteger(one) && one >= 0) || every * lanes === 0) {
  throw new Error('--from, --count, --every and --lanes take whole numbers');
}
const sum = { points: 0, killedAgain: 0, converged: 0, duplicates: 0, mixed: 0, lost: 0 };
let next = from;

const teardown = setup();
try {
  const begun = Date.now();
  // Not before there is a program to kill.
  const { buildDriver } = await import('../../plan/driver.js');
  const { starts } = await import('./start.js');
  const { pointsOf } = await import('./kill.js');
  const driver = await buildDriver();
  // What one has told, the others have as well.
  let all: Start[] = [];
  await inLane(driver, async (lane) => {
    all = await starts(lane);
    const points = pointsOf(all);
    const others = Array.from({ length: lanes - 1 }, () => inLane(driver, (other) => tryAll(other, points)));
    await Promise.all([tryAll(lane, points), ...others]);
  });
  const told = all.map(({ act, effects }) => `${act.command} ${effects.length}`).join(', ');
  const { points, killedAgain, converged, duplicates, mixed, lost } = sum;
  console.log(
    `${points} points (effects: ${told}; before and after each, and half a line of the journal${values.twice ? `; ${killedAgain} of them killed again while they resumed` : ''}): ` +
      `${converged} ${values.abort ? 'are back where they were' : 'end as an undisturbed run'}, ${duplicates} duplicate versions, ${mixed} mixed fleets, ${lost} lost artefacts; ` +
      `${Math.round((Date.now() - begun) / 1000)} s`,
  );
  if (converged < points || duplicates + mixed + lost > 0) process.exitCode = 1;
} finally {
  teardown();
}

async function inLane(driver: string, act: (lane: Lane) => Promise<void>): Promise<void> {
  const { laneOf } = await import('./start.js');
  const emulator = await startEmulator('ministack');
  const proxy = await startProxy(emulator.url);
  try {
    await act(await laneOf({ emulator, proxy }, driver));
  } finally {
    await proxy.close();
    await emulator.stop();
  }
}

/** One point after another, beside the other lanes. */
async function tryAll(lane: Lane, points: Point[]): Promise<void> {
  const { killedAt, abortedAt } = await import('./kill.js');
  while (next < Math.min(points.length, from + count)) {
    const at = next;
    next += every;
    const point = points[at];
    if (point === undefined || (values.command ?? point.start.act.command) !== point.start.act.command) continue;
    const second = values.twice ? { place: (['aws', 'here', 'git'] as const)[at % 3] ?? 'aws', nth: at % 5 } : null;
    const { killedAgain, duplicates, mixed, lost, differs } = values.abort
      ? { killedAgain: false, ...(await abortedAt(lane, point)) }
      : await killedAt(lane, point, second);
    const isFine = differs === '' && duplicates + mixed + lost === 0;
    sum.points += 1;
    sum.killedAgain += killedAgain ? 1 : 0;
    sum.converged += differs === '' ? 1 : 0;
    sum.duplicates += duplicates;
    sum.mixed += mixed;
    sum.lost += lost;
    const { start, effect, side } = point;
    const where = `${at} ${start.act.command}, killed ${side} ${effect.what} (${effect.place} ${effect.nth})`;
    console.log(`${isFine ? 'ok  ' : 'FAIL'} ${where}${killedAgain ? ', and again' : ''}${differs && `\n${differs}`}`);
  }
}
