import type { Target } from '../../src/ports.js';
import type { Emulator } from '../kit/emulators/start.js';
import { archive, furnish, governed, type Opened, openAt, raise, varsOf } from './fleet.js';
import type { FaultProxy } from './proxy/start.js';
import { type Scene, sceneOf } from './scene.js';
import { account, region } from './world.js';

/** Where an environment of two targets is, in two regions and accounts, and one of one target that it is promoted from. */
export const targets = {
  dev: { name: 'dev', target: 'aws', profile: 'dev', region, account, bucket: 'inbox-code-dev' },
  'prd/eu': {
    name: 'prd/eu',
    target: 'aws',
    profile: 'prd-eu',
    region,
    account: '210987654321',
    bucket: 'inbox-prd-eu',
  },
  'prd/us': {
    name: 'prd/us',
    target: 'aws',
    profile: 'prd-us',
    region: 'us-west-2',
    account: '321098765432',
    bucket: 'inbox-prd-us',
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets) as TargetName[];

export interface Fanout extends Scene {
  at: Record<TargetName, Opened>;
  /** Commits new versions of the layer and the first function, whose answer says `edition`, and pushes. */
  raise(edition: string, version: string): void;
}

const { name: _, ...dev } = targets.dev;
const own = (name: 'prd/eu' | 'prd/us') => {
  const { profile, region, account, bucket } = targets[name];
  return { profile, region, account, bucket };
};

/** As a policy writes them. `prd` is released to directly where it is not promoted to. */
export const environments = (promoteFrom?: 'dev') => ({
  dev,
  prd: {
    target: 'aws',
    ...(promoteFrom !== undefined && { promoteFrom }),
    targets: { eu: own('prd/eu'), us: own('prd/us') },
  },
});

/** One layer and two functions in all three places; nothing is released yet. */
export async function fanout(
  emulator: Emulator,
  proxy: FaultProxy,
  promoteFrom?: 'dev',
  aliased: readonly string[] = [],
): Promise<Fanout> {
  await emulator.reset();
  proxy.reset();
  for (const { bucket, account: owner } of Object.values(targets)) proxy.strict.ownedBy(bucket, owner);
  const vars = varsOf(proxy.url, Object.values(targets));
  const direct = { ...vars, AWS_ENDPOINT_URL: emulator.url };
  const at: Partial<Fanout['at']> = {};
  for (const name of targetNames) {
    const opened = await openAt(direct, targets[name]);
    const buckets = [targets[name].bucket, ...(name === 'dev' ? [archive.bucket] : [])];
    await furnish(opened.aws, name.split('/')[0] ?? '', buckets, aliased);
    at[name] = opened;
  }
  const repo = governed(aliased, environments(promoteFrom));
  const there = at as Fanout['at'];
  return {
    ...sceneOf(repo, there.dev.aws, vars),
    at: there,
    raise: (edition, version) => raise(repo, edition, version),
  };
}
