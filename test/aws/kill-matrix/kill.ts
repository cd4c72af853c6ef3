import { isDeepStrictEqual } from 'node:util';
import { calm, type Fleet } from '../fleet.js';
import { gate } from '../proxy/faults.js';
import type { Ran } from '../scene.js';
import { countingGit } from './git.js';
import { again, commands, type Effect, endOf, type Lane, type Start, writing } from './start.js';

/**
 * Where a command is killed: with an effect not begun (a request: sent, and never seen by the service), or done and not
 * known to be, or with half of a line in the journal.
 */
export interface Point {
  start: Start;
  effect: Effect;
  side: keyof typeof sides;
}

/** Effects that the driver lets be, beside those before it. */
const sides = { before: 0.5, half: 0.75, after: 1 };

export function pointsOf(starts: readonly Start[]): Point[] {
  return starts.flatMap((start) =>
    start.effects.flatMap((effect) => {
      const half = effect.what.startsWith('append') ? (['half'] as const) : [];
      return (['before', ...half, 'after'] as const).map((side) => ({ start, effect, side }));
    }),
  );
}

export interface Outcome {
  duplicates: number;
  mixed: number;
  lost: number;
  /** What else is not as it would be; empty: nothing. */
  differs: string;
}

/** Kills there, resumes, and tells how that ends beside an undisturbed run. `second`: where `resume` is killed first; null: nowhere. */
export async function killedAt(
  lane: Lane,
  { start, effect, side }: Point,
  second: Omit<Effect, 'what'> | null = null,
): Promise<Outcome & { killedAgain: boolean }> {
  const world = await again(lane, start);
  if (!(await kill(lane, world, commands[start.command], effect, side)))
    throw new Error('it ended before it was killed');
  const killedAgain = second !== null && (await kill(lane, world, ['resume'], second, side));
  const resumed = await world.run('resume');
  // Killed before its first step, it left nothing to go on with.
  const isNew = resumed.code === 0 && JSON.parse(resumed.stdout).release === null;
  const last = isNew ? await world.run(...commands[start.command]) : resumed;
  return { ...(await heldAgainst(start, world, last)), killedAgain };
}

async function heldAgainst({ end: wanted }: Start, world: Fleet, last: Ran): Promise<Outcome> {
  const end = await endOf(world);
  const isKept = (one: string) =>
    [end.dev.objects, end.stage.objects, end.archived].some((objects) => objects.includes(one));
  const found = {
    duplicates: [end.dev, end.stage]
      .flatMap(({ versions, behind }) => [versions, ...Object.values(behind).map((one) => one.versions)])
      .reduce((sum, versions) => sum + duplicatesIn(versions), 0),
    mixed:
      Number(!isDeepStrictEqual(end.dev.running, wanted.dev.running)) +
      Number(!isDeepStrictEqual(end.stage.running, wanted.stage.running)),
    lost: [...wanted.dev.objects, ...wanted.stage.objects, ...wanted.archived].filter((one) => !isKept(one)).length,
  };
  if (last.code !== 0) return { ...found, differs: `exit ${last.code} ${last.failure}: ${last.stderr}` };
  return { ...found, differs: isDeepStrictEqual(end, wanted) ? '' : differenceOf(end, wanted) };
}

/** False: it ended by itself before. */
async function kill(
  { proxy, driver }: Lane,
  world: Fleet,
  command: readonly string[],
  { place, nth }: Omit<Effect, 'what'>,
  side: Point['side'],
): Promise<boolean> {
  const killed = 137;
  // The driver ends itself, after so many effects or half an effect more.
  if (place === 'here') {
    const { code } = await world.by(driver).begin(`${nth + sides[side]}`, ...command).ended;
    calm(proxy);
    return code === killed;
  }
  if (place === 'git') {
    const { PATH } = countingGit(world.repo.env.PATH ?? '', { nth, isAfter: side === 'after' });
    const { code } = await world.with({ PATH }).begin(...command).ended;
    calm(proxy);
    return code === killed;
  }
  const held = gate();
  const kind = side === 'before' ? 'barrier-drop' : 'barrier-after';
  proxy.fault({ on: writing, skip: nth, times: 1, fault: { kind, gate: held } });
  const { ended, kill: end } = world.begin(...command);
  await Promise.race([held.reached, ended]);
  end('SIGKILL');
  held.open();
  const { code } = await ended;
  calm(proxy);
  return code === killed;
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
