import { CreateAliasCommand, PublishVersionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { awsFunctions } from '../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import { codeOf } from '../io/registry/contract.js';
import { bench } from './bench.js';
import { alias, type Fleet, fleet, functionName, functionNames, openAt, varsOf } from './fleet.js';
import { makeFunction, makeLayer } from './functions.js';
import { gate } from './proxy/faults.js';
import { awsAt } from './world.js';

const emulators = { moto: bench('moto'), ministack: bench('ministack') };
const { ministack } = emulators;

describe.each(['moto', 'ministack'] as const)('versions and aliases over %s', (name) => {
  async function world() {
    const { emulator, proxy, registry } = emulators[name];
    await registry();
    const direct = await awsAt(emulator.url);
    await makeFunction(direct, 'digest', 'def handler(event, context):\n    return {"said": "one"}\n');
    const aws = await awsAt(proxy.url);
    const functions = awsFunctions(aws, awsObjects(aws));
    const publish = async () => {
      const { codeSha256: sha256, revision } = await functions.settled('digest');
      return functions.publish('digest', { sha256, revision });
    };
    return { direct, functions, publish, proxy, layer: await makeLayer(direct, 'greet') };
  }

  it('a version keeps what it has, and without a change there is no second one', async () => {
    const { functions, publish, layer, proxy } = await world();
    const first = await publish();
    expect([first, await publish()]).toEqual(['1', '1']);
    await functions.setLayers('digest', [layer], (await functions.settled('digest')).revision);
    expect(await publish()).toBe('2');
    // Nor for a proxy that saw nothing of the first.
    proxy.reset();
    expect(await publish()).toBe('2');
    const versions = await functions.versions('digest');
    expect(versions.map(({ version, layers }) => [version, layers])).toEqual([
      ['2', [layer]],
      ['1', []],
    ]);
    expect(await functions.get('digest', '1')).toMatchObject({ version: '1', layers: [], status: 'ready' });
    expect(await functions.get('digest', '9')).toBeNull();
    const { codeSha256: sha256, revision } = await functions.settled('digest');
    proxy.strict.touch('digest');
    expect(await codeOf(functions.publish('digest', { sha256, revision }))).toBe('function-changed');
  });

  it('an alias is moved from the revision that was read, or not at all', async () => {
    const { direct, functions, publish, layer } = await world();
    await publish();
    expect(await functions.alias('digest', alias)).toBeNull();
    expect(await codeOf(functions.setAlias('digest', alias, '1', null))).toBe('alias-absent');
    await direct.clients.lambda.write.send(
      new CreateAliasCommand({ FunctionName: 'digest', Name: alias, FunctionVersion: '1' }),
    );
    const before = await functions.alias('digest', alias);
    expect(before).toMatchObject({ version: '1', others: [] });
    await functions.setLayers('digest', [layer], (await functions.settled('digest')).revision);
    const next = await publish();
    await functions.setAlias('digest', alias, next, before?.revision ?? '');
    expect((await functions.alias('digest', alias))?.version).toBe(next);
    expect(await functions.get('digest', alias)).toMatchObject({ version: next, layers: [layer] });
    expect(await codeOf(functions.setAlias('digest', alias, '1', before?.revision ?? ''))).toBe('function-changed');
    const answer = await functions.invoke('digest', new TextEncoder().encode('{}'), alias);
    expect(answer.functionError).toBeNull();
  });

  it('the answer to a move is lost: the alias itself tells', async () => {
    const { direct, functions, publish, layer, proxy } = await world();
    await publish();
    await direct.clients.lambda.write.send(
      new CreateAliasCommand({ FunctionName: 'digest', Name: alias, FunctionVersion: '1' }),
    );
    await functions.setLayers('digest', [layer], (await functions.settled('digest')).revision);
    await publish();
    const revision = (await functions.alias('digest', alias))?.revision ?? '';
    proxy.fault({ on: 'UpdateAlias', fault: { kind: 'drop-after' } });
    await functions.setAlias('digest', alias, '2', revision);
    proxy.fault({ on: 'UpdateAlias', fault: { kind: 'drop-before' } });
    const again = (await functions.alias('digest', alias))?.revision ?? '';
    expect(await codeOf(functions.setAlias('digest', alias, '1', again))).toBe('answer-unknown');
    expect(proxy.count('UpdateAlias')).toBe(2);
  });
});

const sends = (world: Fleet, command: object) => world.at.dev.aws.clients.lambda.write.send(command as never);

/** Both functions have the alias. */
const aliased = () => fleet(ministack.emulator, ministack.proxy, functionNames);

const leads = async (world: Fleet, name = 'normalize-score') =>
  (await world.at.dev.functions.alias(functionName('dev', name), alias))?.version;
const numbers = async (world: Fleet, name = 'normalize-score') =>
  (await world.at.dev.functions.versions(functionName('dev', name))).map(({ version }) => version);

async function done(world: Fleet, ...args: string[]) {
  const ran = await world.run(...args);
  expect(ran.code, `${args.join(' ')}\n${ran.stdout}\n${ran.stderr}`).toBe(0);
  return JSON.parse(ran.stdout);
}
const releasing = ['release', '--env', 'dev', '--yes'];
const says = async (world: Fleet) =>
  (await done(world, 'invoke', 'normalize-score', '--env', 'dev')).calls[0].payload.editions;
const flips = /^(PublishVersion|UpdateAlias|UpdateFunction|Invoke)/;
const flipped = () => ministack.proxy.log.map(({ name }) => name).filter((name) => flips.test(name));

describe('a function with an alias', () => {
  it('is published and the alias moved, tried by its alias, and led back by a rollback before anything else', async () => {
    const world = await aliased();
    await done(world, ...releasing);
    expect([await leads(world), await leads(world, 'rescore'), await says(world)]).toEqual(['2', '2', ['one', 'one']]);
    expect((await world.run('status', '--env', 'dev')).code).toBe(0);
    world.repo.git('push', '-q', 'origin', 'develop');

    world.raise('two', '1.1.0');
    ministack.proxy.log.length = 0;
    await done(world, ...releasing);
    expect([await leads(world), await leads(world, 'rescore'), await says(world)]).toEqual(['3', '3', ['two', 'two']]);
    expect(ministack.proxy.count('UpdateAlias')).toBe(2);
    expect(flipped().indexOf('UpdateAlias')).toBeGreaterThan(flipped().lastIndexOf('UpdateFunctionConfiguration'));

    // Nothing to do is nothing done.
    ministack.proxy.log.length = 0;
    await done(world, ...releasing);
    expect(flipped()).toEqual([]);

    ministack.proxy.log.length = 0;
    await done(world, 'rollback', '--env', 'dev', '--yes');
    expect([await leads(world), await leads(world, 'rescore'), await says(world)]).toEqual(['2', '2', ['one', 'one']]);
    expect(flipped().slice(0, 2)).toEqual(['UpdateAlias', 'UpdateAlias']);
    expect(ministack.proxy.count('PublishVersion')).toBe(0);
    expect(await numbers(world)).toEqual(['3', '2', '1']);
    // Only the versions of the source are ahead of what runs.
    const status = JSON.parse((await world.run('status', '--env', 'dev')).stdout);
    const kinds = status.functions.flatMap(({ drift }: { drift: { kind: string }[] }) => drift.map(({ kind }) => kind));
    expect(kinds).toEqual(['ahead']);
  }, 120_000);

  it('that disappoints: its alias leads where it led, and $LATEST is as it was', async () => {
    const world = await aliased();
    await done(world, ...releasing);
    world.repo.git('push', '-q', 'origin', 'develop');
    const before = await world.at.dev.functions.settled(functionName('dev'));
    const file = 'src_v2/lambdas/normalize_score/handler.py';
    world.raise('two', '1.1.0');
    world.repo.commit('it fails', { [file]: world.repo.read(file).replace('"statusCode": 200', '"statusCode": 500') });
    world.repo.git('push', '-q', 'origin', 'develop');
    const ran = await world.run(...releasing);
    expect([ran.code, ran.failure], ran.stderr).toEqual([1, 'smoke-restored']);
    expect([await leads(world), await leads(world, 'rescore')]).toEqual(['2', '2']);
    const after = await world.at.dev.functions.settled(functionName('dev'));
    expect([after.codeSha256, after.layers]).toEqual([before.codeSha256, before.layers]);
    expect(await says(world)).toEqual(['one', 'one']);
  }, 120_000);

  it.each([
    ['PublishVersion', 'before'],
    ['PublishVersion', 'after'],
    ['UpdateAlias', 'before'],
    ['UpdateAlias', 'after'],
  ] as const)(
    'killed %s %s: resume has one new version, and aliases that lead there',
    async (on, side) => {
      const world = await aliased();
      const held = gate();
      ministack.proxy.fault({ on, fault: { kind: `barrier-${side}`, gate: held } });
      const { ended, kill } = world.begin(...releasing);
      await Promise.race([held.reached, ended]);
      kill('SIGKILL');
      held.open();
      await ended;
      await done(world, 'resume');
      expect([await leads(world), await leads(world, 'rescore')]).toEqual(['2', '2']);
      expect([await numbers(world), await numbers(world, 'rescore')]).toEqual([
        ['2', '1'],
        ['2', '1'],
      ]);
      expect((await world.run('status', '--env', 'dev')).code).toBe(0);
      expect(await says(world)).toEqual(['one', 'one']);
    },
    120_000,
  );

  it('killed and given up: alias and function are as they were', async () => {
    const world = await aliased();
    await done(world, ...releasing);
    world.repo.git('push', '-q', 'origin', 'develop');
    const before = await world.at.dev.functions.settled(functionName('dev'));
    world.raise('two', '1.1.0');
    const held = gate();
    ministack.proxy.fault({ on: 'Invoke', fault: { kind: 'barrier-before', gate: held } });
    const { ended, kill } = world.begin(...releasing);
    await Promise.race([held.reached, ended.then((ran) => expect(ran).toBe('killed'))]);
    kill('SIGKILL');
    held.open();
    await ended;
    expect([await leads(world), await leads(world, 'rescore')]).toEqual(['3', '3']);
    await done(world, 'abort');
    expect([await leads(world), await leads(world, 'rescore')]).toEqual(['2', '2']);
    const after = await world.at.dev.functions.settled(functionName('dev'));
    expect([after.codeSha256, after.layers]).toEqual([before.codeSha256, before.layers]);
  }, 120_000);

  it('that somebody moves in between is left where he put it', async () => {
    const world = await aliased();
    const FunctionName = functionName('dev', 'rescore');
    // As it was before the release.
    await sends(world, new PublishVersionCommand({ FunctionName }));
    const held = gate();
    ministack.proxy.fault({ on: 'PublishVersion', fault: { kind: 'barrier-before', gate: held } });
    const { ended } = world.begin(...releasing, '--json');
    await held.reached;
    const { aws } = await openAt(varsOf(ministack.proxy.url), 'dev');
    const other = new UpdateAliasCommand({ FunctionName, Name: alias, FunctionVersion: '2' });
    await aws.clients.lambda.write.send(other);
    held.open();
    const ran = await ended;
    expect([ran.code, ran.failure], ran.stderr).toEqual([4, 'function-changed']);
    expect(JSON.parse(ran.stdout).error.message).toContain('inbox-rescore-dev:live');
    expect(await leads(world, 'rescore')).toBe('2');
  }, 120_000);

  it('that is not there, or shares its callers out, is told before anything is written', async () => {
    const world = await aliased();
    const FunctionName = functionName('dev', 'rescore');
    await sends(world, new PublishVersionCommand({ FunctionName }));
    const weights = { RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } };
    await sends(world, new UpdateAliasCommand({ FunctionName, Name: alias, FunctionVersion: '1', ...weights }));
    ministack.proxy.log.length = 0;
    const shared = await world.run(...releasing);
    expect([shared.code, shared.failure]).toEqual([4, 'alias-shared']);
    const policy = world.repo.read('.layerpolicyrc.json');
    world.repo.commit('another name', { '.layerpolicyrc.json': policy.replaceAll('"live"', '"online"') });
    world.repo.git('push', '-q', 'origin', 'develop');
    const absent = await world.run(...releasing);
    expect([absent.code, absent.failure]).toEqual([4, 'alias-absent']);
    expect(absent.stdout).toContain('aws lambda create-alias');
    expect(ministack.proxy.log.filter(({ name }) => /^(Put|Publish|Update|Invoke)/.test(name))).toEqual([]);
  }, 120_000);

  it('row 40: that leads to an old version by hand is drift, though $LATEST is new', async () => {
    const world = await aliased();
    await done(world, ...releasing);
    await sends(
      world,
      new UpdateAliasCommand({ FunctionName: functionName('dev'), Name: alias, FunctionVersion: '1' }),
    );
    const ran = await world.run('status', '--env', 'dev');
    expect(ran.code).toBe(1);
    const [{ drift }] = JSON.parse(ran.stdout).functions;
    expect(drift.map(({ kind }: { kind: string }) => kind)).toEqual(['other-code', 'other-layer']);
    expect(drift[0].problem).toContain('inbox-normalize-score-dev:live');
    // And the command it names mends it.
    world.repo.git('push', '-q', 'origin', 'develop');
    await done(world, ...drift[0].mend.replace('layer-policy ', '').split(' '), '--yes');
    expect(await leads(world)).toBe('2');
    expect((await world.run('status', '--env', 'dev')).code).toBe(0);
  }, 120_000);
});
