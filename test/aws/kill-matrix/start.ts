import type { Variables } from '../../kit/isolated.js';
import type { Repo } from '../../kit/repo.js';
import { outcomeOf, twin } from '../../plan/story.js';
import type { Bench } from '../bench.js';
import { type Opened, openAt, varsOf } from '../fleet.js';
import { archived, heldAt } from '../held.js';
import type { Logged } from '../proxy/start.js';
import { type Scene, sceneOf } from '../scene.js';
import { countingGit } from './git.js';
import { type Act, calmed, everywhere, type Story, stories } from './stories.js';

/** Requests that change something: AWS's own names for them all begin so. */
export const writing = /^(Put|Publish|Update|Invoke|Delete|Create)/;

/** Something that a command changes: in AWS by a request, here by a file or a line of the journal, in git by a command of its. */
export interface Effect {
  place: 'aws' | 'here' | 'git';
  /** Among those of its place. */
  nth: number;
  what: string;
}

/** A world just before a command, and what comes of it undisturbed. */
export interface Start extends Kept {
  effects: Effect[];
  before: End;
  end: End;
}

interface Kept {
  act: Act;
  repo: Repo;
  /** All that there is in AWS, as the emulator keeps it. */
  kept: string;
  /** Names of the targets there are. */
  targets: string[];
}

/** Where worlds are had again, one after the other. */
export interface Lane extends Pick<Bench, 'emulator' | 'proxy'> {
  at: Record<string, Opened>;
  vars: Variables;
  /** The program of `test/plan/kill-driver.ts`. */
  driver: string;
}

/** A world had again. */
export type Again = Scene & { at: Record<string, Opened> };

export async function laneOf({ emulator, proxy }: Pick<Bench, 'emulator' | 'proxy'>, driver: string): Promise<Lane> {
  const vars = varsOf(proxy.url, everywhere);
  return { emulator, proxy, vars, driver, at: await openAll({ emulator, vars }) };
}

async function openAll({ emulator, vars }: Pick<Lane, 'emulator' | 'vars'>): Promise<Lane['at']> {
  const at: Lane['at'] = {};
  for (const target of everywhere) at[target.name] = await openAt({ ...vars, AWS_ENDPOINT_URL: emulator.url }, target);
  return at;
}

/** The world before a command, as often as it is wanted. */
export async function again({ emulator, proxy, at, vars }: Lane, { repo, kept, act, targets }: Kept): Promise<Again> {
  await emulator.back(kept);
  calmed(proxy);
  const there = Object.fromEntries(Object.entries(at).filter(([name]) => targets.includes(name)));
  return { ...sceneOf(twin(repo), devOf(there).aws, { ...vars, ...act.vars }), at: there };
}

/** The worlds before each act of each story. */
export async function starts(lane: Lane): Promise<Start[]> {
  const found: Start[] = [];
  for (const story of stories) found.push(...(await startsOf(lane, story)));
  calmed(lane.proxy);
  // Each world told the SDK of its own profiles only, and those are read at the first use.
  Object.assign(lane.at, await openAll(lane));
  return found;
}

async function startsOf(lane: Lane, { begin, acts }: Story): Promise<Start[]> {
  const { emulator, proxy, driver } = lane;
  const world = await begin(emulator, proxy);
  const { repo } = world;
  async function done(line: readonly string[], vars: Variables = {}): Promise<void> {
    const ran = await world.with(vars).run(...line);
    if (ran.code !== 0) throw new Error(`${line.join(' ')}: ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  }
  const push = () => repo.git('push', '-q', 'origin', 'develop');
  const found: Start[] = [];
  for (const act of acts) {
    await act.before?.(world, async (...line) => {
      await done([...line, '--yes']);
      push();
    });
    const before = await endOf(world);
    const kept = { act, repo: twin(repo), kept: await emulator.keep(), targets: Object.keys(world.at) };
    const counted = await (await again(lane, kept)).by(driver).begin('1000000', ...act.line).ended;
    if (counted.code !== 0) throw new Error(`${act.command}: ${counted.stdout}\n${counted.stderr}`);
    const here: string[] = JSON.parse(counted.stdout.slice(counted.stdout.lastIndexOf('{"effects"'))).names;
    await emulator.back(kept.kept);
    calmed(proxy);
    const { PATH, verbs } = countingGit(repo.env.PATH ?? '', null);
    await done(act.line, { ...act.vars, PATH });
    const end = await endOf(world);
    push();
    const there = proxy.log.filter(({ name }: Logged) => writing.test(name)).map(({ name }) => name);
    const effects = Object.entries({ aws: there, here, git: verbs() }).flatMap(([place, all]) =>
      all.map((what, nth) => ({ place: place as Effect['place'], nth, what })),
    );
    found.push({ ...kept, before, end, effects });
  }
  return found;
}

/** All that a command may change, here and in every target; equal exactly when two runs ended alike. */
export async function endOf({ repo, at }: Pick<Again, 'repo' | 'at'>) {
  const there: Record<string, Awaited<ReturnType<typeof heldAt>>> = {};
  for (const [name, target] of Object.entries(at)) there[name] = await heldAt(target);
  return { here: outcomeOf(repo), at: there, archived: await archived(devOf(at)) };
}

export type End = Awaited<ReturnType<typeof endOf>>;

/** There is one in every story. */
function devOf({ dev }: Record<string, Opened>): Opened {
  if (dev === undefined) throw new Error('there is no dev');
  return dev;
}
