import type { Emulator } from '../../kit/emulators/start.js';
import type { Variables } from '../../kit/isolated.js';
import { environments, fanout, targets } from '../fanout.js';
import { fleet, later, type Opened, places } from '../fleet.js';
import type { FaultProxy } from '../proxy/start.js';
import type { Scene } from '../scene.js';

/** Environments, past the CLI, and a repository that is released to them. */
export interface World extends Scene {
  at: Record<string, Opened>;
  raise(edition: string, version: string): void;
}

/** A command that is killed, and what is done before it by commands that are not. */
export interface Act {
  command: string;
  line: readonly string[];
  vars?: Variables;
  before?(world: World, done: (...line: string[]) => Promise<void>): Promise<void>;
}

/** A world, and what happens in it: each act goes on where the one before it ended. */
export interface Story {
  begin(emulator: Emulator, proxy: FaultProxy): Promise<World>;
  acts: readonly Act[];
}

/** Callers of the one whose code changes come by an alias, those of the other do not. */
const aliased = ['normalize-score'];

const one: Story = {
  begin: (emulator, proxy) => fleet(emulator, proxy, aliased),
  acts: [
    {
      command: 'release',
      line: ['release', '--env', 'dev', '--yes'],
      async before({ raise }, done) {
        await done('release', '--env', 'dev');
        await done('promote', '--from', 'dev', '--to', 'stage');
        raise('two', '1.1.0');
      },
    },
    { command: 'promote', line: ['promote', '--from', 'dev', '--to', 'stage', '--yes'] },
    { command: 'rollback', line: ['rollback', '--env', 'stage', '--yes'] },
    { command: 'archive', line: ['archive', '--older-than', '90', '--yes'], vars: later },
  ],
};

/** An environment of two targets, two regions and accounts; what is promoted to is not released to, so it becomes that after. */
const both: Story = {
  begin: (emulator, proxy) => fanout(emulator, proxy, undefined, aliased),
  acts: [
    {
      command: 'release-both',
      line: ['release', '--env', 'prd', '--yes'],
      async before({ raise }, done) {
        await done('release', '--env', 'prd');
        raise('two', '1.1.0');
      },
    },
    {
      command: 'promote-both',
      line: ['promote', '--from', 'dev', '--to', 'prd', '--yes'],
      async before({ repo, raise }, done) {
        const policy = { ...JSON.parse(repo.read('.layerpolicyrc.json')), environments: environments('dev') };
        repo.commit('promoted from dev', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
        raise('three', '1.2.0');
        await done('release', '--env', 'dev');
      },
    },
    { command: 'rollback-both', line: ['rollback', '--env', 'prd', '--yes'] },
  ],
};

export const stories: readonly Story[] = [one, both];

/** Every target of every story. */
export const everywhere = Object.values({ ...places, ...targets });

/** Nothing befalls anybody. */
export function calmed(proxy: FaultProxy): void {
  proxy.reset();
  for (const { bucket, account } of everywhere) proxy.strict.ownedBy(bucket, account);
}
