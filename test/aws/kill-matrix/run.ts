/**
 * npm run test:kills [-- --command promote] [--twice]
 *
 * Kills release, promote and rollback before and after every request of theirs that changes something in AWS, goes on with
 * `resume`, and compares where that ends with a run that nobody disturbed. `--twice` kills what goes on as well.
 */
import { parseArgs } from 'node:util';
import setup from '../../kit/build-once.js';
import { startEmulator } from '../../kit/emulators/start.js';
import { startProxy } from '../proxy/start.js';

const { values } = parseArgs({ options: { command: { type: 'string' }, twice: { type: 'boolean', default: false } } });
const teardown = setup();
const emulator = await startEmulator('ministack');
const proxy = await startProxy(emulator.url);
try {
  // Not before there is a program to kill.
  const { starts } = await import('./start.js');
  const { killedAt, pointsOf } = await import('./kill.js');
  const sum = { points: 0, converged: 0, duplicates: 0, mixed: 0, lost: 0 };
  const writes: string[] = [];
  const begun = Date.now();
  for (const start of await starts({ emulator, proxy })) {
    if (values.command !== undefined && start.command !== values.command) continue;
    writes.push(`${start.command} ${start.writes.length}`);
    for (const point of pointsOf(start)) {
      const { duplicates, mixed, lost, differs } = await killedAt({ proxy }, point, values.twice);
      sum.points += 1;
      sum.converged += differs === '' ? 1 : 0;
      sum.duplicates += duplicates;
      sum.mixed += mixed;
      sum.lost += lost;
      const where = `${start.command}, killed ${point.side} write ${point.write} (${start.writes[point.write]})`;
      console.log(`${differs === '' ? 'ok  ' : 'FAIL'} ${where}${differs === '' ? '' : `\n${differs}`}`);
    }
  }
  const { points, converged, duplicates, mixed, lost } = sum;
  console.log(
    `${points} points (writes: ${writes.join(', ')}; before and after each${values.twice ? '; killed again when resumed' : ''}): ` +
      `${converged} end as an undisturbed run, ${duplicates} duplicate versions, ${mixed} mixed fleets, ${lost} lost artefacts; ` +
      `${Math.round((Date.now() - begun) / 1000)} s`,
  );
  if (converged < points || duplicates + mixed + lost > 0) process.exitCode = 1;
} finally {
  await proxy.close();
  await emulator.stop();
  teardown();
}
