import { isDeepStrictEqual } from 'node:util';
import type { Bench } from '../bench.js';
import { calm, type Fleet } from '../fleet.js';
import { gate } from '../proxy/faults.js';
import { commands, endOf, type Start, writing } from './start.js';

/** Where a command is killed: at its nth write, which the service never sees, or has done. */
export interface Point {
  start: Start;
  write: number;
  side: 'before' | 'after';
}

export function pointsOf(start: Start): Point[] {
  return start.writes.flatMap((_, write) => [
    { start, write, side: 'before' as const },
    { start, write, side: 'after' as const },
  ]);
}

export interface Outcome {
  duplicates: number;
  mixed: number;
  lost: number;
  /** What else is not as it would be; empty: nothing. */
  differs: string;
}

/** Kills there, goes on, and tells how that ends beside an undisturbed run; `twice`: what goes on is killed as well. */
export async function killedAt(
  bench: Pick<Bench, 'proxy'>,
  { start, write, side }: Point,
  twice = false,
): Promise<Outcome> {
  const wanted = start.end;
  const world = await start.again();
  await kill(bench, world, commands[start.command], write, side);
  if (twice) await kill(bench, world, commands[start.command], 1, side);
  const resumed = await world.run('resume');
  // Killed before its first step, it left nothing to go on with.
  const isNew = resumed.code === 0 && JSON.parse(resumed.stdout).release === null;
  const last = isNew ? await world.run(...commands[start.command]) : resumed;
  const end = await endOf(world);
  const found = {
    duplicates: duplicatesIn(end.dev.versions) + duplicatesIn(end.stage.versions),
    mixed:
      Number(!isDeepStrictEqual(end.dev.running, wanted.dev.running)) +
      Number(!isDeepStrictEqual(end.stage.running, wanted.stage.running)),
    lost: [...wanted.dev.objects, ...wanted.stage.objects].filter(
      (one) => !end.dev.objects.includes(one) && !end.stage.objects.includes(one),
    ).length,
  };
  if (last.code !== 0) return { ...found, differs: `exit ${last.code} ${last.failure}: ${last.stderr}` };
  return { ...found, differs: isDeepStrictEqual(end, wanted) ? '' : differenceOf(end, wanted) };
}

async function kill(
  { proxy }: Pick<Bench, 'proxy'>,
  world: Fleet,
  command: readonly string[],
  write: number,
  side: Point['side'],
): Promise<void> {
  const held = gate();
  const kind = side === 'before' ? 'barrier-drop' : 'barrier-after';
  proxy.fault({ on: writing, skip: write, times: 1, fault: { kind, gate: held } });
  const { ended, kill: end } = world.begin(...command);
  await Promise.race([held.reached, ended]);
  end('SIGKILL');
  held.open();
  await ended;
  calm(proxy);
}

/** Versions that say of themselves the same. */
function duplicatesIn(versions: string[]): number {
  const said = versions.map((line) => line.replace(/^\d+ /, ''));
  return said.length - new Set(said).size;
}

function differenceOf(end: object, wanted: object, path = ''): string {
  if (typeof end !== 'object' || typeof wanted !== 'object' || end === null || wanted === null) {
    return isDeepStrictEqual(end, wanted) ? '' : `${path}: ${JSON.stringify(end)} and not ${JSON.stringify(wanted)}\n`;
  }
  const keys = new Set([...Object.keys(end), ...Object.keys(wanted)]);
  const at = (of: object, key: string) => (of as Record<string, object>)[key] as object;
  return [...keys].map((key) => differenceOf(at(end, key), at(wanted, key), `${path}.${key}`)).join('');
}
