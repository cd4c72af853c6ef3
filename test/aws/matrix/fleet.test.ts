import { expect, it } from 'vitest';
import { awsFunctions } from '../../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../../src/io/registry/aws-objects.js';
import type { Functions } from '../../../src/ports.js';
import { bench } from '../bench.js';
import { makeFunction, makeLayer } from '../functions.js';
import { type Scene, scene } from '../scene.js';

const moto = bench('moto');
const names = ['one', 'two', 'three', 'four', 'five'];
const functionName = (name: string) => `inbox-${name}-dev`;
const releasing = ['release', 'inbox-core', '--env', 'dev', '--yes'];
const writes = /^(Put|Publish|Update|Invoke|Delete|Create)/;

interface Five extends Scene {
  functions: Functions;
  make(...names: string[]): Promise<void>;
  /** Layers by name and number, in their order, of all five. */
  run5(): Promise<string[]>;
  raise(): void;
}

/** One layer and five functions that use it; each runs with a layer of somebody else's. */
async function five(...made: string[]): Promise<Five> {
  const world = await scene(moto.emulator, moto.proxy);
  const { repo, aws } = world;
  const functions = awsFunctions(aws, awsObjects(aws));
  const policy = JSON.parse(repo.read('.layerpolicyrc.json'));
  const declared = (name: string) => ({
    source: `src_v2/lambdas/${name}`,
    versionKey: name.toUpperCase(),
    functionName: `inbox-${name}-{env}`,
    layers: ['inbox-core'],
  });
  policy.layers = { 'inbox-core': policy.layers['inbox-core'] };
  policy.functions = Object.fromEntries(names.map((name) => [name, declared(name)]));
  repo.git('rm', '-rq', 'layer_management/active/common-deps');
  repo.commit('five functions', {
    '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n`,
    VERSION: `${repo.read('VERSION')}${names.map((name) => `${name.toUpperCase()}=1.0.0\n`).join('')}`,
    ...Object.fromEntries(
      names.map((name) => [`src_v2/lambdas/${name}/handler.py`, 'def lambda_handler(e, c): ...\n']),
    ),
  });
  const push = () => repo.git('push', '-q', '-f', 'origin', 'HEAD:refs/heads/five');
  push();
  const audit = await makeLayer(aws, 'audit');
  const make = async (...some: string[]) => {
    for (const name of some.map(functionName)) {
      await makeFunction(aws, name, 'def handler(event, context): ...\n');
      await functions.setLayers(name, [audit], (await functions.settled(name)).revision);
    }
  };
  await make(...made);
  return {
    ...world,
    functions,
    make,
    run5: () => Promise.all(names.map(async (name) => briefly((await functions.settled(functionName(name))).layers))),
    raise() {
      repo.commit('1.1.0', {
        VERSION: repo.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.1.0'),
        'src_v2/inbox_core/__init__.py': 'edition = "two"\n',
      });
      push();
    },
  };
}

const briefly = (layers: readonly string[]) => layers.map((arn) => arn.split(':').slice(-2).join(':')).join(' ');

/** Somebody else changes the layers of a function. */
async function byHand({ functions }: Five, name: string, change: (layers: string[]) => string[]): Promise<void> {
  const { layers, revision } = await functions.settled(functionName(name));
  await functions.setLayers(functionName(name), change(layers), revision);
}

it('row 34: a function that is not there is told before anything is changed', async () => {
  const world = await five('one', 'two', 'four', 'five');
  const tip = world.repo.head();
  const ran = await world.run(...releasing);
  expect([ran.code, ran.failure]).toEqual([4, 'function-absent']);
  expect(ran.stdout).toContain('inbox-three-dev');
  expect(moto.proxy.log.map(({ name }) => name).filter((name) => writes.test(name))).toEqual([]);
  expect([world.repo.head(), world.repo.git('tag'), await world.published()]).toEqual([tip, '', 0]);
  await world.make('three');
  expect((await world.run(...releasing)).code).toBe(0);
  expect(await world.run5()).toEqual(Array(5).fill('audit:1 inbox-core-dev:1'));
});

it.each([
  ['resume', ['audit:1 inbox-core-dev:2', 'audit:1 inbox-core-dev:2 tracing:1'], ':2'],
  ['abort', ['audit:1 inbox-core-dev:1', 'audit:1 inbox-core-dev:1 tracing:1'], ':1'],
])('row 35: where the third of five functions fails, %s leaves no mixed fleet', async (word, [all, second], number) => {
  const world = await five(...names);
  expect((await world.run(...releasing)).code).toBe(0);
  const tracing = await makeLayer(world.aws, 'tracing');
  await byHand(world, 'two', (layers) => [...layers, tracing]);
  world.raise();
  const tip = world.repo.head();
  moto.proxy.reset();
  const message = 'Layers consume more than the available size of 262144000 bytes';
  const refused = { kind: 'status', status: 400, code: 'InvalidParameterValueException', message } as const;
  moto.proxy.fault({ on: 'UpdateFunctionConfiguration', of: functionName('three'), times: 9, fault: refused });
  const ran = await world.run(...releasing);
  expect([ran.code, ran.failure]).toEqual([4, 'function-refused']);
  expect(ran.stdout).toMatch(/inbox-three-dev.*262144000/);
  expect(ran.stderr).toContain('Go on: layer-policy resume. Give up: layer-policy abort');
  const [first, , third] = await world.run5();
  expect([first, third]).toEqual(['audit:1 inbox-core-dev:2', 'audit:1 inbox-core-dev:1']);
  expect([world.repo.head(), world.recorded()?.arn.endsWith(':1')]).toEqual([tip, true]);
  // Nothing else begins as long as that is so.
  expect((await world.run('rollback', '--env', 'dev', '--yes')).code).toBe(7);
  moto.proxy.reset();
  const ended = await world.run(word);
  expect(ended.code, ended.stderr).toBe(0);
  expect(await world.run5()).toEqual([all, second, all, all, all]);
  expect([await world.published(), moto.proxy.count('PublishLayerVersion')]).toEqual([2, 0]);
  expect(world.recorded()?.arn.endsWith(number)).toBe(true);
});

it('row 39: what others made of the layers of functions is told, and kept when the next version comes', async () => {
  const world = await five(...names);
  expect((await world.run(...releasing)).code).toBe(0);
  expect((await world.run('status', '--env', 'dev')).code).toBe(0);
  const tracing = await makeLayer(world.aws, 'tracing');
  await byHand(world, 'two', (layers) => [tracing, ...layers.slice(0, 1)]);
  await byHand(world, 'three', (layers) => [...layers.reverse(), tracing]);
  const told = JSON.parse((await world.run('status', '--env', 'dev')).stdout);
  const [, two, three] = told.functions;
  const [audit] = two.runs.layers.slice(1);
  const recorded = world.recorded()?.arn;
  expect([told.ok, two.runs.layers, two.drift]).toEqual([
    false,
    [tracing, audit],
    [
      {
        kind: 'other-layer',
        problem: `inbox-two-dev runs with ${tracing}, ${audit}; recorded is ${recorded}`,
        mend: 'layer-policy release inbox-core --env dev',
      },
    ],
  ]);
  expect([three.runs.layers, three.drift]).toEqual([[recorded, audit, tracing], []]);
  expect((await world.run(...two.drift[0].mend.split(' ').slice(1), '--yes')).code).toBe(0);
  expect((await world.run('status', '--env', 'dev')).code).toBe(0);
  expect((await world.run5())[1]).toBe('tracing:1 audit:1 inbox-core-dev:1');
  world.raise();
  moto.proxy.reset();
  const unasked = await world.run(...releasing.filter((word) => word !== '--yes'));
  expect([unasked.code, unasked.failure, moto.proxy.count('UpdateFunctionConfiguration')]).toEqual([2, 'needs-yes', 0]);
  expect((await world.run(...releasing)).code).toBe(0);
  const usual = 'audit:1 inbox-core-dev:2';
  expect(await world.run5()).toEqual([
    usual,
    'tracing:1 audit:1 inbox-core-dev:2',
    'inbox-core-dev:2 audit:1 tracing:1',
    usual,
    usual,
  ]);
});
