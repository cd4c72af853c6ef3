import { isDeepStrictEqual } from 'node:util';
import { gate } from '../proxy/faults.js';
import type { Ran } from '../scene.js';
import { differenceOf } from './difference.js';
import { countingGit } from './git.js';
import { type Again, again, type Effect, type End, endOf, type Lane, type Start, writing } from './start.js';
import { calmed } from './stories.js';

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
  point: Point,
  second: Omit<Effect, 'what'> | null = null,
): Promise<Outcome & { killedAgain: boolean }> {
  const { start, side } = point;
  const world = await killed(lane, point);
  const killedAgain = second !== null && (await kill(lane, world, ['resume'], second, side));
  const resumed = await world.run('resume');
  // Killed before its first step, it left nothing to go on with.
  const isNew = resumed.code === 0 && JSON.parse(resumed.stdout).release === null;
  const last = isNew ? await world.run(...start.act.line) : resumed;
  return { ...heldAgainst(start.end, await endOf(world), last), killedAgain };
}

/** Kills there, gives up, and tells what functions run beside what they ran; what was published stays. */
export async function abortedAt(lane: Lane, point: Point): Promise<Outcome> {
  const { before, end: after } = point.start;
  const world = await killed(lane, point);
  const given = await world.run('abort');
  const end = await endOf(world);
  // Killed after its last step, it left nothing to give up.
  const isOver = given.code === 0 && JSON.parse(given.stdout).plan === null;
  const isDone = isOver && differenceOf(standingIn(end), standingIn(after)) === '';
  return heldAgainst(isDone ? after : before, end, given, standingIn);
}

/** The commit, and what functions run. */
function standingIn({ here: { commits, contents }, at }: End) {
  const places = Object.entries(at).map(([name, { running, behind }]) => {
    const led = Object.entries(behind).map(([one, { leads, latest }]) => [one, leads, latest]);
    return [name, { running, led }];
  });
  return { commits, contents, at: Object.fromEntries(places) };
}

async function killed(lane: Lane, { start, effect, side }: Point): Promise<Again> {
  const world = await again(lane, start);
  if (!(await kill(lane, world, start.act.line, effect, side))) throw new Error('it ended before it was killed');
  return world;
}

function heldAgainst(wanted: End, end: End, last: Ran, part: (of: End) => object = (of) => of): Outcome {
  const lists = Object.values(end.at).flatMap(({ versions, behind }) => [
    versions,
    ...Object.values(behind).map((one) => one.versions),
  ]);
  const kept = objectsIn(end);
  const found = {
    duplicates: lists.reduce((sum, versions) => sum + duplicatesIn(versions), 0),
    mixed: Object.entries(wanted.at).filter(([name, { running }]) => !isDeepStrictEqual(end.at[name]?.running, running))
      .length,
    lost: objectsIn(wanted).filter((one) => !kept.includes(one)).length,
  };
  if (last.code !== 0) return { ...found, differs: `exit ${last.code} ${last.failure}: ${last.stderr}` };
  return { ...found, differs: differenceOf(part(end), part(wanted)) };
}

const objectsIn = ({ at, archived }: End) => [...Object.values(at).flatMap(({ objects }) => objects), ...archived];

/** False: it ended by itself before. */
async function kill(
  { proxy, driver }: Lane,
  world: Again,
  command: readonly string[],
  { place, nth }: Omit<Effect, 'what'>,
  side: Point['side'],
): Promise<boolean> {
  const killed = 137;
  // The driver ends itself, after so many effects or half an effect more.
  if (place === 'here') {
    const { code } = await world.by(driver).begin(`${nth + sides[side]}`, ...command).ended;
    calmed(proxy);
    return code === killed;
  }
  if (place === 'git') {
    const { PATH } = countingGit(world.repo.env.PATH ?? '', { nth, isAfter: side === 'after' });
    const { code } = await world.with({ PATH }).begin(...command).ended;
    calmed(proxy);
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
  calmed(proxy);
  return code === killed;
}

/** Versions that say of themselves the same. */
function duplicatesIn(versions: string[]): number {
  const said = versions.map((line) => line.replace(/^\d+ /, ''));
  return said.length - new Set(said).size;
}
