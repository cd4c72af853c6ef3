import type { Variables } from '../../kit/isolated.js';
import type { Repo } from '../../kit/repo.js';
import { outcomeOf, twin } from '../../plan/story.js';
import type { Bench } from '../bench.js';
import { calm, type Fleet, fleet, fleetOf, later, openAt, varsOf } from '../fleet.js';
import { archived, heldAt } from '../held.js';
import type { Logged } from '../proxy/start.js';
import { countingGit } from './git.js';

/** Requests that change something: AWS's own names for them all begin so. */
export const writing = /^(Put|Publish|Update|Invoke|Delete|Create)/;

export const commands = {
  release: ['release', '--env', 'dev', '--yes'],
  promote: ['promote', '--from', 'dev', '--to', 'stage', '--yes'],
  rollback: ['rollback', '--env', 'stage', '--yes'],
  archive: ['archive', '--older-than', '90', '--yes'],
} as const;

export type Command = keyof typeof commands;

/** Something that a command changes: in AWS by a request, here by a file or a line of the journal, in git by a command of its. */
export interface Effect {
  place: 'aws' | 'here' | 'git';
  /** Among those of its place. */
  nth: number;
  what: string;
}

/** A world just before a command, and what comes of it undisturbed. */
export interface Start {
  command: Command;
  repo: Repo;
  /** All that there is in AWS, as the emulator keeps it. */
  kept: string;
  effects: Effect[];
  end: End;
}

/** Where worlds are had again, one after the other. */
export interface Lane extends Pick<Bench, 'emulator' | 'proxy'> {
  at: Fleet['at'];
  vars: Variables;
  /** The program of `test/plan/kill-driver.ts`. */
  driver: string;
}

export async function laneOf({ emulator, proxy }: Pick<Bench, 'emulator' | 'proxy'>, driver: string): Promise<Lane> {
  const vars = varsOf(proxy.url);
  const direct = { ...vars, AWS_ENDPOINT_URL: emulator.url };
  return {
    emulator,
    proxy,
    vars,
    driver,
    at: { dev: await openAt(direct, 'dev'), stage: await openAt(direct, 'stage') },
  };
}

/** The world before a command, as often as it is wanted. */
export async function again(
  { emulator, proxy, at, vars }: Lane,
  { repo, kept, command }: Omit<Start, 'effects' | 'end'>,
) {
  await emulator.back(kept);
  calm(proxy);
  return fleetOf(twin(repo), at, { ...vars, ...when(command) });
}

const when = (command: Command) => (command === 'archive' ? later : {});

/** The worlds before a release, a promotion, a rollback and an archiving; each is the one before it, gone on with. */
export async function starts(lane: Lane): Promise<Start[]> {
  const { emulator, proxy, driver } = lane;
  // Callers of the one whose code changes come by an alias, those of the other do not.
  const world = await fleet(emulator, proxy, ['normalize-score']);
  const { repo } = world;
  async function done(command: Command, { PATH } = { PATH: repo.env.PATH }) {
    const ran = await world.with({ ...when(command), PATH }).run(...commands[command]);
    if (ran.code !== 0) throw new Error(`${command}: ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
    const end = await endOf(world);
    repo.git('push', '-q', 'origin', 'develop');
    return end;
  }
  async function kept(command: Command): Promise<Start> {
    const before = { command, repo: twin(repo), kept: await emulator.keep() };
    const counted = await (await again(lane, before)).by(driver).begin('1000000', ...commands[command]).ended;
    if (counted.code !== 0) throw new Error(`${command}: ${counted.stdout}\n${counted.stderr}`);
    const here: string[] = JSON.parse(counted.stdout.slice(counted.stdout.lastIndexOf('{"effects"'))).names;
    await emulator.back(before.kept);
    calm(proxy);
    const git = countingGit(repo.env.PATH ?? '', null);
    const end = await done(command, git);
    const there = proxy.log.filter(({ name }: Logged) => writing.test(name)).map(({ name }) => name);
    const found = { aws: there, here, git: git.verbs() };
    const effects = Object.entries(found).flatMap(([place, all]) =>
      all.map((what, nth) => ({ place: place as Effect['place'], nth, what })),
    );
    return { ...before, end, effects };
  }
  await done('release');
  await done('promote');
  world.raise('two', '1.1.0');
  const found: Start[] = [];
  for (const command of Object.keys(commands) as Command[]) found.push(await kept(command));
  calm(proxy);
  return found;
}

/** All that a command may change, here and in both accounts; equal exactly when two runs ended alike. */
export async function endOf(world: Fleet) {
  return {
    here: outcomeOf(world.repo),
    dev: await heldAt(world, 'dev'),
    stage: await heldAt(world, 'stage'),
    archived: await archived(world),
  };
}

export type End = Awaited<ReturnType<typeof endOf>>;
