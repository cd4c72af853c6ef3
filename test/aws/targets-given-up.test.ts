import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { killingGit } from '../plan/story.js';
import { bench } from './bench.js';
import { environments, type Fanout, fanout, targets } from './fanout.js';
import { alias, functionName, functionNames } from './fleet.js';

const ministack = bench('ministack');
const both = ['prd/eu', 'prd/us'] as const;
const releasing = ['release', '--env', 'prd', '--yes'];

/** About to be released, and what both targets run. */
interface Raised extends Fanout {
  old: Record<'eu' | 'us', string[]>;
}

async function fresh(): Promise<Raised> {
  const world = await fanout(ministack.emulator, ministack.proxy);
  return { ...world, old: await all(world) };
}

/** Released once, and about to be released again. */
async function raised(words = releasing, aliased: string[] = []): Promise<Raised> {
  const world = await fanout(ministack.emulator, ministack.proxy, undefined, aliased);
  const first = await world.run(...words);
  expect(first.code, first.stdout + first.stderr).toBe(0);
  world.repo.git('push', '-q', 'origin', 'develop');
  const old = await all(world);
  world.raise('two', '1.1.0');
  calm();
  return { ...world, old };
}

/** What each function of a target runs: code, and layers with their numbers. */
async function runs({ at }: Fanout, target: (typeof both)[number]): Promise<string[]> {
  const states = functionNames.map((name) => at[target].functions.settled(functionName('prd', name)));
  return (await Promise.all(states)).map(({ codeSha256, layers }) =>
    [codeSha256.slice(0, 8), ...layers.map((arn) => arn.split(':').slice(-2).join(':'))].join(' '),
  );
}

const all = async (world: Fanout) => ({ eu: await runs(world, 'prd/eu'), us: await runs(world, 'prd/us') });

const calm = () => {
  ministack.proxy.reset();
  for (const { bucket, account } of Object.values(targets)) ministack.proxy.strict.ownedBy(bucket, account);
};

const layersChanged = 'UpdateFunctionConfiguration';
const denied = { kind: 'status', status: 403, code: 'AccessDeniedException', message: 'not for you' } as const;
const down = { kind: 'status', status: 503, code: 'ServiceUnavailable', message: 'come back later' } as const;
const bucketIsDown = (target: (typeof both)[number]) =>
  ministack.proxy.fault({ on: /Object/, of: targets[target].bucket, times: 999, fault: down });

/** eu has the new version and answers well; us was denied the layers of its second function. */
async function half(world: Raised, words = releasing): Promise<void> {
  ministack.proxy.fault({ on: layersChanged, skip: 3, times: 99, fault: denied });
  const ran = await world.run(...words);
  expect([ran.code, ran.failure], ran.stdout).toEqual([4, 'aws-denied']);
  const now = await all(world);
  for (const one of now.eu) expect(world.old.eu.join()).not.toContain(one);
  expect(now.us).not.toEqual(world.old.us);
  calm();
}

const journal = ({ repo }: Fanout) => join(repo.dir, '.git/layer-policy/journal.jsonl');
const isPending = (world: Fanout) => existsSync(journal(world));
const told = ({ stdout }: { stdout: string }) => JSON.parse(stdout).error?.message ?? '';

describe('of two targets, what one keeps from being given up', () => {
  let world: Raised;
  beforeEach(async () => {
    world = await raised();
  });

  it('a restore that is denied in one does not keep the other on what disappointed', async () => {
    const { proxy } = ministack;
    proxy.fault(
      { on: 'Invoke', skip: 3, fault: { kind: 'body', status: 200, body: '{"statusCode": 500}' } },
      { on: layersChanged, skip: 4, fault: denied },
    );
    const ran = await world.run(...releasing);
    expect([ran.code, ran.failure], ran.stderr).toEqual([4, 'restore-failed']);
    expect(told(ran)).toMatch(
      /do not answer as expected: .*Not brought back: prd\/us \(.*not for you.*As before: prd\/eu/s,
    );
    const now = await all(world);
    expect(now.eu).toEqual(world.old.eu);
    expect(now.us).not.toEqual(world.old.us);
    calm();
    const aborted = await world.run('abort');
    expect(aborted.code, aborted.stdout).toBe(0);
    expect(await all(world)).toEqual(world.old);
    expect(JSON.parse(aborted.stdout).undone.join()).toMatch(/^inbox-\S+-prd runs what it ran before in prd\/us$/);
    expect(isPending(world)).toBe(false);
  });

  it('one that cannot be reached is told, the other is brought back, and a later abort brings the rest', async () => {
    await half(world);
    bucketIsDown('prd/us');
    // Nothing can be gone on with, however often it is tried, and nothing is changed by that.
    const before = await all(world);
    for (const words of [['resume'], releasing]) {
      const ran = await world.run(...words);
      expect([ran.code, told(ran)]).toEqual([4, expect.stringMatching(/^AWS gives no answer to /)]);
      expect(await all(world)).toEqual(before);
    }
    const first = await world.run('abort');
    expect([first.code, first.failure]).toEqual([4, 'targets-left']);
    expect(told(first)).toMatch(/^Not brought back: prd\/us \(.*come back later.*\)\. As before: prd\/eu\.$/s);
    expect((await all(world)).eu).toEqual(world.old.eu);
    // What is back is looked at and left.
    ministack.proxy.log.length = 0;
    expect((await world.run('abort')).failure).toBe('targets-left');
    expect(ministack.proxy.log.filter(({ name }) => /^(Update|Publish|Invoke)/.test(name))).toEqual([]);
    expect((await world.run('release', '--env', 'dev', '--yes')).failure).toBe('incomplete');
    calm();
    const last = await world.run('abort');
    expect(last.code, last.stdout).toBe(0);
    expect([await all(world), isPending(world)]).toEqual([world.old, false]);
    const { orphans } = JSON.parse(last.stdout);
    expect(orphans.map(({ environment }: { environment: string }) => environment).sort()).toEqual([...both]);
  });

  it('what was given up in part may be gone on with instead', async () => {
    await half(world);
    bucketIsDown('prd/us');
    expect((await world.run('abort')).failure).toBe('targets-left');
    calm();
    const ran = await world.run('resume');
    expect(ran.code, ran.stdout).toBe(0);
    const { eu, us } = await all(world);
    expect([us, isPending(world)]).toEqual([eu, false]);
    for (const one of eu) expect(one).toContain('inbox-core-prd:2');
  });

  it('one in which nothing was begun need not be reachable', async () => {
    ministack.proxy.fault({ on: 'PublishLayerVersion', times: 9, fault: denied });
    const ran = await world.run(...releasing);
    expect([ran.code, ran.failure], ran.stdout).toEqual([4, 'aws-denied']);
    calm();
    bucketIsDown('prd/us');
    const aborted = await world.run('abort');
    expect(aborted.code, aborted.stdout).toBe(0);
    expect([await all(world), isPending(world)]).toEqual([world.old, false]);
  });

  it.each([
    'known',
    'lost',
  ])('a record that tells of it is taken back at the latest with it, its receipts %s', async (how) => {
    const tip = world.repo.head();
    const killed = await world.with({ PATH: killingGit(world.repo, 'tag', 'before') }).run(...releasing);
    expect([killed.code, world.repo.git('log', '-1', '--format=%s')]).toEqual([
      137,
      expect.stringMatching(/^release: /),
    ]);
    if (how === 'lost') {
      const lines = readFileSync(journal(world), 'utf8').split('\n');
      writeFileSync(journal(world), lines.filter((line) => !line.startsWith('{"event":"receipt"')).join('\n'));
    }
    bucketIsDown('prd/us');
    expect((await world.run('abort')).failure).toBe('targets-left');
    expect((await all(world)).eu).toEqual(world.old.eu);
    calm();
    const aborted = await world.run('abort');
    expect(aborted.code, aborted.stdout).toBe(0);
    expect([await all(world), world.repo.head(), world.repo.git('status', '--porcelain')]).toEqual([
      world.old,
      tip,
      '',
    ]);
  });
});

it('where an alias leads again is told with its target', async () => {
  const world = await raised(releasing, ['rescore']);
  const leads = () =>
    Promise.all(both.map((one) => world.at[one].functions.alias(functionName('prd', 'rescore'), alias)));
  const versions = async () => (await leads()).map((one) => one?.version);
  const before = await versions();
  await half(world);
  expect((await versions())[0]).not.toBe(before[0]);
  const { undone } = JSON.parse((await world.run('abort')).stdout);
  expect(undone).toContain(`inbox-rescore-prd:${alias} leads to version ${before[0]} again in prd/eu`);
  expect([await all(world), await versions()]).toEqual([world.old, before]);
});

it('an environment of one target says what it said, and not where', async () => {
  const releasing = ['release', '--env', 'dev', '--yes'];
  const world = await raised(releasing);
  ministack.proxy.fault(
    { on: 'Invoke', fault: { kind: 'body', status: 200, body: '{"statusCode": 500}' } },
    { on: layersChanged, skip: 2, fault: denied },
  );
  const ran = await world.run(...releasing);
  expect([ran.code, ran.failure], ran.stdout).toEqual([4, 'restore-failed']);
  expect(told(ran)).toMatch(
    /^Functions of dev do not .* They could not be brought back: AWS does not let .*not for you/s,
  );
  calm();
  const { undone } = JSON.parse((await world.run('abort')).stdout);
  expect(undone).not.toEqual([]);
  for (const words of undone) expect(words).toMatch(/^inbox-\S+-dev runs what it ran before$/);
});

describe('the same command after its targets were declared otherwise', () => {
  const declare = ({ repo }: Fanout, all: object) => {
    const policy = { ...JSON.parse(repo.read('.layerpolicyrc.json')), environments: all };
    repo.commit('environments', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
    repo.git('push', '-q', 'origin', 'develop');
  };
  const { dev, prd } = environments();
  const { eu, us } = prd.targets;

  it('brings back a target that was removed, and goes on without it', async () => {
    const world = await raised();
    await half(world);
    declare(world, { dev, prd: { ...prd, targets: { eu } } });
    const ran = await world.run(...releasing);
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    const now = await all(world);
    expect(now.us).toEqual(world.old.us);
    for (const one of now.eu) expect(one).toContain('inbox-core-prd:2');
  });

  it('asks one that was added nothing', async () => {
    const world = await raised();
    await half(world);
    const asia = { ...us, profile: 'nobody', region: 'ap-northeast-1', bucket: 'inbox-prd-asia' };
    declare(world, { dev, prd: { ...prd, targets: { asia, eu, us } } });
    const ran = await world.run(...releasing);
    expect([ran.code, ran.failure], ran.stdout).toEqual([4, 'aws-profile-missing']);
    expect([await all(world), isPending(world)]).toEqual([world.old, false]);
  });

  it('brings back what was renamed by the name that it had', async () => {
    const world = await raised();
    await half(world);
    declare(world, { dev, production: prd });
    const ran = await world.run(...releasing);
    expect(ran.failure, ran.stdout).toBe('unknown-name');
    expect([await all(world), isPending(world)]).toEqual([world.old, false]);
  });

  it('brings back what was moved to another region where it was, and looks for it there no more', async () => {
    const world = await fresh();
    const layer = ['release', 'inbox-core', '--env', 'prd', '--yes'];
    const well = { kind: 'body', status: 200, body: '{"statusCode": 200}' } as const;
    ministack.proxy.fault({ on: 'Invoke', times: 99, fault: well });
    await half(world, layer);
    declare(world, { dev, prd: { ...prd, targets: { eu, us: { ...us, region: 'us-east-1' } } } });
    const ran = await world.run(...layer);
    expect([ran.code, ran.failure], ran.stdout).toEqual([4, 'aws-region']);
    expect(told(ran)).toContain('prd/us');
    expect([await all(world), isPending(world)]).toEqual([world.old, false]);
  });
});
