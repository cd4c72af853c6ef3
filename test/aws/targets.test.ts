import { describe, expect, it } from 'vitest';
import { bench } from './bench.js';
import { environments, type Fanout, fanout, type TargetName, targetNames, targets } from './fanout.js';
import { alias, functionName, functionNames } from './fleet.js';
import type { Ran, Scene } from './scene.js';

const ministack = bench('ministack');
const over = (promoteFrom?: 'dev') => fanout(ministack.emulator, ministack.proxy, promoteFrom);
const both = ['prd/eu', 'prd/us'] as const;

/** It has to end well; its document. */
async function done(world: Scene, ...args: string[]) {
  const ran: Ran = await world.run(...args);
  expect(ran.code, `${args.join(' ')}\n${ran.stdout}\n${ran.stderr}`).toBe(0);
  return JSON.parse(ran.stdout);
}

const manifest = ({ repo }: Scene, name = 'inbox-core') =>
  JSON.parse(repo.git('show', `HEAD:layer_management/active/${name}/manifest.json`));

/** The layers of a function as a target has it, and the editions it answers with. */
async function runs({ at }: Fanout, target: TargetName, name = 'normalize-score') {
  const environment = target.split('/')[0] ?? '';
  const { layers, codeSha256 } = await at[target].functions.settled(functionName(environment, name));
  return [codeSha256.slice(0, 8), ...layers.map((arn) => arn.split(':').slice(-2).join(':'))];
}

const all = async (world: Fanout) =>
  Object.fromEntries(await Promise.all(targetNames.map(async (one) => [one, await runs(world, one)])));

const layersIn = async ({ at }: Fanout, target: TargetName) =>
  (await at[target].registry.versions(`inbox-core-${target.split('/')[0]}`)).length;

describe('an environment of two targets', () => {
  it('is released to as a whole: one plan, one record, tags once', async () => {
    const world = await over();
    const before = world.repo.head();
    const { released, steps } = await done(world, 'release', '--env', 'prd', '--yes');
    expect(steps.map(({ name }: { name: string }) => name)).toEqual([
      'write-build',
      ...both.flatMap((target) => [
        `put-object inbox-core in ${target}`,
        `publish-version inbox-core in ${target}`,
        `put-object normalize-score in ${target}`,
        `put-object rescore in ${target}`,
      ]),
      ...both.flatMap((target) => [`attach in ${target}`, `smoke in ${target}`]),
      'record',
      'tag inbox-core',
      'tag normalize-score',
      'tag rescore',
    ]);
    const arns = both.map(
      (one) => `arn:aws:lambda:${targets[one].region}:${targets[one].account}:layer:inbox-core-prd:1`,
    );
    expect(released[0]).toMatchObject({
      name: 'inbox-core',
      arn: arns[0],
      arns: { 'prd/eu': arns[0], 'prd/us': arns[1] },
    });
    expect(released[0].checklist.filter(({ holds }: { holds: boolean | null }) => holds === false)).toEqual([]);
    expect(world.repo.git('log', '-1', '--format=%s %P')).toBe(
      `release: inbox-core 1.0.0, normalize-score 1.0.0, rescore 1.0.0 (prd) ${before}`,
    );
    const { aws_arn_prd, environments: recorded } = manifest(world);
    expect([aws_arn_prd, Object.keys(recorded)]).toEqual([arns[0], [...both]]);
    expect(both.map((one) => [recorded[one].arn, recorded[one].version])).toEqual(arns.map((arn) => [arn, '1.0.0']));
    const [eu, us] = [await runs(world, 'prd/eu'), await runs(world, 'prd/us')];
    expect(eu).toEqual([expect.any(String), 'audit:1', 'inbox-core-prd:1']);
    expect(us).toEqual(eu);
    expect(await layersIn(world, 'dev')).toBe(0);

    // The policy holds on the record, nothing has drifted, and there is nothing left to do.
    expect((await world.run('check', '--stage', 'release')).code).toBe(0);
    const status = await done(world, 'status', '--env', 'prd');
    expect(status.layers.map(({ target, drift }: { target: string; drift: [] }) => [target, drift])).toEqual([
      ['prd/eu', []],
      ['prd/us', []],
    ]);
    ministack.proxy.log.length = 0;
    await done(world, 'release', '--env', 'prd', '--yes');
    expect(ministack.proxy.log.filter(({ name }) => /^(Put|Update|Publish|Delete|Invoke)/.test(name))).toEqual([]);
  });

  it('is promoted to and rolled back as a whole', async () => {
    const world = await over('dev');
    await done(world, 'release', '--env', 'dev', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    await done(world, 'promote', '--from', 'dev', '--to', 'prd', '--yes');
    const first = await all(world);
    expect(first['prd/us']).toEqual(first['prd/eu']);
    world.repo.git('push', '-q', 'origin', 'develop');
    world.raise('two', '1.1.0');
    await done(world, 'release', '--env', 'dev', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    await done(world, 'promote', '--from', 'dev', '--to', 'prd', '--yes');
    for (const target of both) expect((await runs(world, target)).slice(1)).toEqual(['audit:1', 'inbox-core-prd:2']);
    const { calls } = await done(world, 'invoke', '--all', '--env', 'prd');
    expect(
      calls.map(({ target, payload }: { target: string; payload: { editions: string[] } }) => [
        target,
        payload.editions[0],
      ]),
    ).toEqual([
      ['prd/eu', 'two'],
      ['prd/eu', 'two'],
      ['prd/us', 'two'],
      ['prd/us', 'two'],
    ]);
    world.repo.git('push', '-q', 'origin', 'develop');
    ministack.proxy.log.length = 0;
    await done(world, 'rollback', '--env', 'prd', '--yes');
    expect(ministack.proxy.count('PublishLayerVersion')).toBe(0);
    expect({ ...(await all(world)), dev: null }).toEqual({ ...first, dev: null });
    const recorded = manifest(world).environments;
    expect(['dev', ...both].map((one) => recorded[one].version)).toEqual(['1.1.0', '1.0.0', '1.0.0']);
    expect(world.repo.git('log', '-1', '--format=%s')).toBe('rollback: inbox-core 1.0.0, normalize-score 1.0.0 (prd)');
  });

  it('has aliases of its own in each target, which a rollback leads back without a new version', async () => {
    const { emulator, proxy } = ministack;
    const world = await fanout(emulator, proxy, undefined, functionNames);
    const leads = () =>
      Promise.all(
        both.flatMap((target) =>
          functionNames.map(
            async (name) => (await world.at[target].functions.alias(functionName('prd', name), alias))?.version,
          ),
        ),
      );
    await done(world, 'release', '--env', 'prd', '--yes');
    expect(await leads()).toEqual(['2', '2', '2', '2']);
    world.repo.git('push', '-q', 'origin', 'develop');
    world.raise('two', '1.1.0');
    await done(world, 'release', '--env', 'prd', '--yes');
    expect(await leads()).toEqual(['3', '3', '3', '3']);
    world.repo.git('push', '-q', 'origin', 'develop');
    proxy.log.length = 0;
    await done(world, 'rollback', '--env', 'prd', '--yes');
    expect(await leads()).toEqual(['2', '2', '2', '2']);
    const flips = proxy.log.map(({ name }) => name).filter((name) => /^Update(Alias|Function)/.test(name));
    // One target after the other, each with its aliases first.
    for (const half of [flips.slice(0, flips.length / 2), flips.slice(flips.length / 2)])
      expect(half.slice(0, 2)).toEqual(['UpdateAlias', 'UpdateAlias']);
    expect(proxy.count('PublishVersion')).toBe(0);
  });

  it('may be brought forward one target first, and the rest of it after', async () => {
    const world = await over('dev');
    await done(world, 'release', '--env', 'dev', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    await done(world, 'promote', '--from', 'dev', '--to', 'prd', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    world.raise('two', '1.1.0');
    await done(world, 'release', '--env', 'dev', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    const before = await runs(world, 'prd/us');
    await done(world, 'promote', '--from', 'dev', '--to', 'prd/eu', '--yes');
    expect((await runs(world, 'prd/eu')).slice(1)).toEqual(['audit:1', 'inbox-core-prd:2']);
    expect(await runs(world, 'prd/us')).toEqual(before);
    const recorded = manifest(world).environments;
    expect(both.map((one) => recorded[one].version)).toEqual(['1.1.0', '1.0.0']);
    world.repo.git('push', '-q', 'origin', 'develop');
    ministack.proxy.log.length = 0;
    await done(world, 'promote', '--from', 'dev', '--to', 'prd', '--yes');
    expect(ministack.proxy.count('PublishLayerVersion')).toBe(1);
    expect(await runs(world, 'prd/us')).toEqual(await runs(world, 'prd/eu'));
    const { aws_arn_prd, environments: now } = manifest(world);
    expect([aws_arn_prd, ...both.map((one) => now[one].version)]).toEqual([now['prd/eu'].arn, '1.1.0', '1.1.0']);
  });

  it('what one target does not answer as expected is taken back in all', async () => {
    const world = await over();
    await done(world, 'release', '--env', 'prd', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    const before = [await all(world), world.repo.head()];
    world.raise('two', '1.1.0');
    const raised = world.repo.head();
    // Two functions are tried in each target; the last one of all disappoints.
    ministack.proxy.fault({ on: 'Invoke', skip: 3, fault: { kind: 'body', status: 200, body: '{"statusCode": 500}' } });
    const ran = await world.run('release', '--env', 'prd', '--yes');
    expect([ran.code, ran.failure]).toEqual([1, 'smoke-restored']);
    expect([await all(world), world.repo.head()]).toEqual([before[0], raised]);
  });

  it('nothing is written anywhere where one target cannot be written to', async () => {
    const world = await over();
    const policy = JSON.parse(world.repo.read('.layerpolicyrc.json'));
    policy.environments.prd.targets.us.profile = 'dev';
    world.repo.commit('another account', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
    world.repo.git('push', '-q', 'origin', 'develop');
    ministack.proxy.log.length = 0;
    const ran = await world.run('release', '--env', 'prd', '--yes');
    expect([ran.code, ran.failure]).toEqual([4, 'aws-account']);
    expect(ran.stdout).toContain("environment 'prd/us'");
    expect(ministack.proxy.log.filter(({ name }) => /^(Put|Update|Publish)/.test(name))).toEqual([]);
  });

  it('is held as a whole: who finds one target held keeps none', async () => {
    const world = await over();
    const held = await world.at['prd/us'].registry.lease(
      {
        pid: 1,
        host: 'elsewhere',
        boot: 'b',
        started: 's',
        since: new Date().toISOString(),
        command: 'release',
      } as never,
      { isAlive: async () => true, clone: async () => 'other' },
    );
    const ran = await world.run('release', '--env', 'prd', '--yes');
    expect([ran.code, ran.failure]).toEqual([6, 'locked']);
    expect([await layersIn(world, 'prd/eu'), await layersIn(world, 'prd/us')]).toEqual([0, 0]);
    await held.release();
    await done(world, 'release', '--env', 'prd', '--yes');
    expect([await layersIn(world, 'prd/eu'), await layersIn(world, 'prd/us')]).toEqual([1, 1]);
  });

  it('what asks for one target has to be told which', async () => {
    const world = await over();
    await done(world, 'release', '--env', 'prd', '--yes');
    expect((await world.run('arn', 'inbox-core', '--env', 'prd')).failure).toBe('several-targets');
    const { arn } = await done(world, 'arn', 'inbox-core', '--env', 'prd/us');
    expect(arn).toBe(manifest(world).environments['prd/us'].arn);
    expect((await world.run('init', '--adopt', '--env', 'prd', '--yes')).failure).toBe('several-targets');
    expect((await world.run('status', '--env', 'prd/asia')).failure).toBe('unknown-name');
  });

  it('what is there is listed target by target', async () => {
    const world = await over();
    await done(world, 'release', '--env', 'prd', '--yes');
    const gc = await done(world, 'gc', '--env', 'prd');
    expect(
      gc.layers.map(({ target, versions }: { target: string; versions: [] }) => [target, versions.length]),
    ).toEqual([
      ['prd/eu', 1],
      ['prd/us', 1],
    ]);
    const { functions } = await done(world, 'snapshot', '--env', 'prd');
    expect(functions.map(({ target, arn }: { target: string; arn: string }) => [target, arn.split(':')[3]])).toEqual([
      ['prd/eu', 'eu-west-3'],
      ['prd/eu', 'eu-west-3'],
      ['prd/us', 'us-west-2'],
      ['prd/us', 'us-west-2'],
    ]);
    const { lines } = await done(world, 'verify', 'inbox-core@1.0.0', '--env', 'prd');
    for (const target of both) expect(JSON.stringify(lines)).toContain(`${target}:layers/inbox-core-1.0.0.zip`);
    // Somebody deletes the version of one.
    await world.at['prd/us'].registry.remove('inbox-core-prd', 1);
    const ran = await world.run('status', '--env', 'prd');
    const drifts = JSON.parse(ran.stdout).layers.map(
      ({ target, drift }: { target: string; drift: { kind: string }[] }) => [target, drift[0]?.kind],
    );
    expect([ran.code, drifts]).toEqual([
      1,
      [
        ['prd/eu', undefined],
        ['prd/us', 'not-published'],
      ],
    ]);
  });

  it('grows out of an environment of one, whose version it takes over', async () => {
    const world = await over();
    const write = (more: object) => {
      const policy = JSON.parse(world.repo.read('.layerpolicyrc.json'));
      Object.assign(policy.environments, more);
      world.repo.commit('environments', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
      world.repo.git('push', '-q', 'origin', 'develop');
    };
    const { name: _, ...eu } = targets['prd/eu'];
    write({ prd: eu });
    await done(world, 'release', '--env', 'prd', '--yes');
    write({ prd: environments().prd });
    ministack.proxy.log.length = 0;
    await done(world, 'release', '--env', 'prd', '--yes');
    expect(ministack.proxy.count('PublishLayerVersion')).toBe(1);
    const { aws_arn_prd, environments: recorded } = manifest(world);
    expect(Object.keys(recorded)).toEqual([...both]);
    expect(aws_arn_prd).toBe(recorded['prd/eu'].arn);
    expect(await runs(world, 'prd/us')).toEqual(await runs(world, 'prd/eu'));
    expect((await world.run('check')).code).toBe(0);
  });

  it('goes back target by target, and only where something rose: however often it is told to', async () => {
    const world = await over();
    const push = () => world.repo.git('push', '-q', 'origin', 'develop');
    const to = async (where: string, edition: string, version: string) => {
      world.raise(edition, version);
      await done(world, 'release', '--env', where, '--yes');
      push();
    };
    const recorded = () => both.map((one) => manifest(world).environments[one].version);
    const running = async () => Promise.all(both.map(async (one) => (await runs(world, one))[2]));
    await to('prd', 'one more', '1.0.1');
    await to('prd/eu', 'two', '1.1.0');
    await to('prd/eu', 'three', '1.2.0');
    expect(recorded()).toEqual(['1.2.0', '1.0.1']);
    const us = await runs(world, 'prd/us');

    // The last change was of eu alone; us never had what that goes back to.
    ministack.proxy.log.length = 0;
    await done(world, 'rollback', '--env', 'prd', '--yes');
    push();
    expect([recorded(), await runs(world, 'prd/us')]).toEqual([['1.1.0', '1.0.1'], us]);
    expect(ministack.proxy.count('PublishLayerVersion')).toBe(0);

    // Each is brought to the next from where it was, and back to that.
    await to('prd', 'four', '1.3.0');
    expect([recorded(), await running()]).toEqual([
      ['1.3.0', '1.3.0'],
      ['inbox-core-prd:4', 'inbox-core-prd:2'],
    ]);
    for (const _ of [1, 2]) {
      await done(world, 'rollback', 'inbox-core', '--env', 'prd', '--yes');
      push();
      expect([recorded(), await running()]).toEqual([
        ['1.1.0', '1.0.1'],
        ['inbox-core-prd:2', 'inbox-core-prd:1'],
      ]);
    }
    expect(world.repo.git('log', '-1', '--format=%s')).toBe(
      'rollback: inbox-core 1.1.0 in prd/eu, inbox-core 1.0.1 in prd/us (prd)',
    );
    expect((await world.run('check')).code).toBe(0);
  });

  it('loses no record when it grows one target at a time, and none when targets are renamed or go', async () => {
    const world = await over();
    const write = (prd: object) => {
      const policy = JSON.parse(world.repo.read('.layerpolicyrc.json'));
      policy.environments.prd = prd;
      world.repo.commit('environments', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
      world.repo.git('push', '-q', 'origin', 'develop');
    };
    const { name: _, ...eu } = targets['prd/eu'];
    write(eu);
    await done(world, 'release', '--env', 'prd', '--yes');
    world.raise('two', '1.1.0');
    await done(world, 'release', '--env', 'prd', '--yes');
    const first = manifest(world).environments.prd;

    write(environments().prd);
    // Before anything is recorded anew, it is known what eu has.
    expect((await done(world, 'arn', 'inbox-core', '--env', 'prd/eu')).arn).toBe(first.arn);
    expect((await world.run('arn', 'inbox-core', '--env', 'prd/us')).failure).toBe('arn-unrecorded');
    const { layers } = await done(world, 'status', '--env', 'prd');
    expect(layers.map(({ manifest: one }: { manifest: { version: string } | null }) => one?.version)).toEqual([
      '1.1.0',
      undefined,
    ]);
    expect((await world.run('check')).code).toBe(0);

    await done(world, 'release', '--env', 'prd/us', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    const { aws_arn_prd, environments: grown } = manifest(world);
    expect([Object.keys(grown), grown['prd/eu'], aws_arn_prd]).toEqual([[...both], first, first.arn]);
    await done(world, 'rollback', 'inbox-core', '--env', 'prd/eu', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    expect(both.map((one) => manifest(world).environments[one].version)).toEqual(['1.0.0', '1.1.0']);

    // And back to one, under another name for a while.
    const { eu: paris } = environments().prd.targets;
    write({ target: 'aws', targets: { paris } });
    expect((await world.run('check')).code).toBe(0);
    await done(world, 'release', '--env', 'prd', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    expect(Object.keys(manifest(world).environments)).toEqual(['prd/paris']);
    write(eu);
    expect((await world.run('check')).code).toBe(0);
    expect((await done(world, 'arn', 'inbox-core', '--env', 'prd')).version).toBe('1.1.0');
    await done(world, 'rollback', 'inbox-core', '--env', 'prd', '--yes');
    expect(Object.keys(manifest(world).environments)).toEqual(['prd']);
  });

  it('nothing is promoted from where targets differ, but from one of them', async () => {
    const world = await over();
    const policy = JSON.parse(world.repo.read('.layerpolicyrc.json'));
    policy.environments.dev.promoteFrom = 'prd';
    world.repo.commit('the other way', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
    world.repo.git('push', '-q', 'origin', 'develop');
    await done(world, 'release', '--env', 'prd/us', '--yes');
    world.repo.git('push', '-q', 'origin', 'develop');
    const ran = await world.run('promote', '--from', 'prd', '--to', 'dev', '--yes');
    expect([ran.code, ran.failure]).toEqual([2, 'origin-differs']);
    expect(ran.stdout).toContain('prd/eu none, prd/us 1.0.0');
    await done(world, 'promote', '--from', 'prd/us', '--to', 'dev', '--yes');
    expect(manifest(world).environments.dev.version).toBe('1.0.0');
  });
});
