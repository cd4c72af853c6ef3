import type { Repo } from '../../kit/repo.js';
import { outcomeOf, twin } from '../../plan/story.js';
import type { Bench } from '../bench.js';
import { calm, type Fleet, fleet, fleetOf, furnished, heldAt, varsOf } from '../fleet.js';
import type { Logged } from '../proxy/start.js';

/** Requests that change something: AWS's own names for them all begin so. */
export const writing = /^(Put|Publish|Update|Invoke|Delete|Create)/;

export const commands = {
  release: ['release', '--env', 'dev', '--yes'],
  promote: ['promote', '--from', 'dev', '--to', 'stage', '--yes'],
  rollback: ['rollback', '--env', 'stage', '--yes'],
} as const;

export type Command = keyof typeof commands;

/** A world just before a command, to be had again as often as it is wanted, and what comes of it undisturbed. */
export interface Start {
  command: Command;
  again(): Promise<Fleet>;
  /** What the command asks AWS to change, by name. */
  writes: string[];
  end: End;
}

/** The worlds before a release, a promotion and a rollback; each is the one before it, gone on with. */
export async function starts({ emulator, proxy }: Pick<Bench, 'emulator' | 'proxy'>): Promise<Start[]> {
  const world = await fleet(emulator, proxy);
  const { repo, at } = world;
  const vars = varsOf(proxy.url);
  async function done(command: Command) {
    const ran = await world.run(...commands[command]);
    if (ran.code !== 0) throw new Error(`${command}: ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
    const end = await endOf(world);
    repo.git('push', '-q', 'origin', 'develop');
    return end;
  }
  async function kept(command: Command): Promise<Start> {
    const image: Repo = twin(repo);
    const wrote = () => proxy.log.filter(({ name }) => writing.test(name));
    const before: Logged[] = wrote();
    const told = before.filter(({ name }) => name !== 'Invoke');
    const end = await done(command);
    return {
      command,
      end,
      writes: wrote()
        .slice(before.length)
        .map(({ name }) => name),
      async again() {
        await furnished(emulator, proxy, at);
        for (const one of told) await one.again();
        return fleetOf(twin(image), at, vars);
      },
    };
  }
  await done('release');
  await done('promote');
  world.raise('two', '1.1.0');
  const found: Start[] = [];
  for (const command of ['release', 'promote', 'rollback'] as const) found.push(await kept(command));
  calm(proxy);
  return found;
}

/** All that a command may change, here and in both accounts; equal exactly when two runs ended alike. */
export async function endOf(world: Fleet) {
  return {
    here: outcomeOf(world.repo),
    dev: await heldAt(world, 'dev'),
    stage: await heldAt(world, 'stage'),
  };
}

export type End = Awaited<ReturnType<typeof endOf>>;
