import { DeleteLayerVersionCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { bench } from './bench.js';
import { gate } from './proxy/faults.js';
import { layerName, releasing, scene } from './scene.js';

const moto = bench('moto');
const names = () => moto.proxy.log.map(({ name }) => name);

it('two layers of which nothing changed cost five reads and no write', async () => {
  const { repo, run } = await scene(moto.emulator, moto.proxy);
  const policy = JSON.parse(repo.read('.layerpolicyrc.json'));
  const more = {
    ...policy.layers['inbox-core'],
    source: 'src_v2/more',
    versionKey: 'MORE_VERSION',
    layerName: 'more-{env}',
  };
  policy.layers.more = more;
  repo.commit('a second layer', {
    '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n`,
    'src_v2/more/__init__.py': 'more = 1\n',
    VERSION: `${repo.read('VERSION')}MORE_VERSION=1.0.0\n`,
  });
  repo.git('push', '-q', 'origin', 'HEAD:refs/heads/two-layers');
  const release = () => run(...releasing, 'more');
  const first = await release();
  expect(first.code, first.stdout).toBe(0);
  moto.proxy.log.length = 0;
  expect((await release()).code).toBe(0);
  expect(names().sort()).toEqual([
    ...['GetCallerIdentity', 'GetLayerVersion', 'GetLayerVersion'],
    ...['HeadObject', 'HeadObject'],
  ]);
});

it('a rehearsal and a look write nothing', async () => {
  const world = await scene(moto.emulator, moto.proxy);
  expect((await world.run(...releasing, '--dry-run')).code).toBe(0);
  expect((await world.run('status', '--env', 'dev')).code).toBe(0);
  expect([...new Set(names())].sort()).toEqual([
    // Whether the account has room; and `status` asks for the functions.
    ...['GetAccountSettings', 'GetCallerIdentity', 'GetFunctionConfiguration'],
    ...['HeadBucket', 'HeadObject', 'ListLayerVersions'],
  ]);
});

it('row 38: a layer version that somebody deleted is told as drift', async () => {
  const world = await scene(moto.emulator, moto.proxy);
  expect((await world.release()).code).toBe(0);
  expect((await world.run('status', '--env', 'dev')).code).toBe(0);
  await world.aws.clients.lambda.write.send(new DeleteLayerVersionCommand({ LayerName: layerName, VersionNumber: 1 }));
  const status = await world.run('status', '--env', 'dev');
  expect(status.code).toBe(1);
  expect(status.stdout).toContain(`${layerName}:1`);
});

it('what another run holds is not given up beside it', async () => {
  const world = await scene(moto.emulator, moto.proxy);
  const held = gate();
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'barrier-after', gate: held } });
  const { ended, kill } = world.begin(...releasing);
  await held.reached;
  kill('SIGKILL');
  held.open();
  await ended;
  // From a clone of its own: it cannot tell that the other run is dead.
  const other = world.elsewhere();
  other.repo.write({ '.git/layer-policy/clone': 'another\n' });
  const told = await other.run('abort');
  expect([told.code, told.failure]).toEqual([6, 'locked']);
  const given = await world.run('abort');
  expect([given.code, JSON.parse(given.stdout).orphans.length], given.stdout).toEqual([0, 1]);
});
