import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../kit/emulators/start.js';
import { type Fault, gate } from '../proxy/faults.js';
import { type FaultProxy, startProxy } from '../proxy/start.js';
import { layerName, type Ran, releasing, type Scene, scene } from '../scene.js';

let emulator: Emulator;
let proxy: FaultProxy;
beforeAll(async () => {
  emulator = await startEmulator('moto');
  proxy = await startProxy(emulator.url);
}, 300_000);
afterAll(async () => {
  await proxy?.close();
  await emulator?.stop();
});

const publish = 'PublishLayerVersion';

/** All is published once, recorded and tagged, and there is nothing left to do. */
async function isReleased(world: Scene, ran: Ran, versions = 1): Promise<void> {
  expect([ran.code, ran.failure], ran.stderr).toEqual([0, null]);
  expect(await world.published()).toBe(versions);
  expect(world.recorded()?.arn).toMatch(new RegExp(`:layer:${layerName}:1$`));
  expect(world.repo.git('tag')).toBe('inbox-core-v1.0.0');
}

it('a release to AWS, and again: nothing is written, in few reads', async () => {
  const world = await scene(emulator, proxy);
  await isReleased(world, await world.release());
  expect(proxy.count(publish)).toBe(1);
  proxy.log.length = 0;
  await isReleased(world, await world.release());
  expect(proxy.log.map(({ name }) => name)).toEqual(['GetCallerIdentity', 'HeadObject', 'GetLayerVersion']);
});

it.each<[string, Fault]>([
  ['row 1: the answer to a publish is lost, so what is there is adopted', { kind: 'drop-after' }],
  ['row 3: a 500 after it was published', { kind: 'status-after', status: 500, code: 'ServiceException' }],
  ['row 3: a 503 after it was published', { kind: 'status-after', status: 503, code: 'ServiceUnavailable' }],
  ['row 3: a 504 after it was published', { kind: 'status-after', status: 504, code: 'GatewayTimeout' }],
  ['row 4: half of the answer to a publish', { kind: 'truncate' }],
])('%s', async (_, fault) => {
  const world = await scene(emulator, proxy);
  proxy.fault({ on: publish, fault });
  await isReleased(world, await world.release());
  expect(proxy.count(publish)).toBe(1);
});

it('row 2: and nobody can say what is there: told as it is, and resume adopts', async () => {
  const world = await scene(emulator, proxy);
  const down: Fault = { kind: 'status', status: 503, code: 'ServiceUnavailable' };
  proxy.fault({ on: publish, fault: { kind: 'drop-after' } });
  // Two are of before: what there is, and whether it is done.
  proxy.fault({ on: 'ListLayerVersions', fault: down, skip: 3, times: 1000 });
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'answer-unknown']);
  expect(ran.stdout).toContain('layer-policy resume');
  expect(world.recorded()).toBeNull();
  proxy.reset();
  const resumed = await world.run('resume');
  await isReleased(world, resumed);
  expect(proxy.count(publish)).toBe(0);
});

it('row 5: the connection ends before the service sees it: looked for in vain, then made once more', async () => {
  const world = await scene(emulator, proxy);
  proxy.fault({ on: publish, fault: { kind: 'drop-before' } });
  await isReleased(world, await world.release());
  expect(proxy.count(publish)).toBe(2);
});

it('row 5: nobody listens', async () => {
  const world = await scene(emulator, proxy);
  const ran = await world.with({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).release();
  expect([ran.code, ran.failure]).toEqual([4, 'aws-unreachable']);
});

it('row 6: the network brings it twice: one is recorded, the other told as an orphan', async () => {
  const world = await scene(emulator, proxy);
  proxy.fault({ on: publish, fault: { kind: 'dup' } });
  const ran = await world.release();
  await isReleased(world, ran, 2);
  expect(ran.stderr).toContain(`layer:${layerName}:2 holds the same`);
  const status = await world.run('status', '--env', 'dev');
  expect(JSON.parse(status.stdout).orphans).toMatchObject([{ version: '1.0.0' }]);
});

it('row 7: killed between the publish and the record: the next run adopts', async () => {
  const world = await scene(emulator, proxy);
  const held = gate();
  proxy.fault({ on: publish, fault: { kind: 'barrier-after', gate: held } });
  const { ended, kill } = world.begin(...releasing);
  await held.reached;
  kill('SIGKILL');
  held.open();
  expect((await ended).code).toBe(137);
  expect([await world.published(), world.recorded()]).toEqual([1, null]);
  await isReleased(world, await world.release());
  expect(proxy.count(publish)).toBe(1);
});

it('row 10: two of the same content: one publishes, the other is told who holds the environment, and then adopts', async () => {
  const world = await scene(emulator, proxy);
  const other = world.elsewhere();
  const held = gate();
  proxy.fault({ on: publish, fault: { kind: 'barrier-before', gate: held } });
  const first = world.release();
  await held.reached;
  const told = await other.release();
  expect([told.code, told.failure]).toEqual([6, 'locked']);
  expect(told.stdout).toMatch(/process \d+ on .*, since .*release inbox-core --env dev/);
  held.open();
  await isReleased(world, await first);
  await isReleased(other, await other.release());
  expect(proxy.count(publish)).toBe(1);
});

it('row 11: two of different content: the second is refused before it writes', async () => {
  const world = await scene(emulator, proxy);
  const other = world.elsewhere();
  other.repo.commit('more', { 'src_v2/inbox_core/more.py': 'more = 1\n' });
  other.repo.git('push', '-q', 'origin', 'HEAD:other');
  other.repo.git('fetch', '-q', 'origin');
  await isReleased(world, await world.release());
  const puts = proxy.count('PutObject');
  const told = await other.release();
  expect([told.code, told.failure]).toEqual([3, 'version-taken']);
  expect([proxy.count(publish), proxy.count('PutObject')]).toEqual([1, puts]);
});

it('row 13: asked to slow down, it waits as long as it is told', async () => {
  const world = await scene(emulator, proxy);
  const slower = { status: 429, code: 'TooManyRequestsException', headers: { 'retry-after': '1' } };
  proxy.fault({ on: publish, fault: { kind: 'status', ...slower }, times: 2 });
  const started = Date.now();
  await isReleased(world, await world.release());
  expect(Date.now() - started).toBeGreaterThan(2000);
  expect(proxy.count(publish)).toBe(3);
});

it('row 29: a version that is published never gets other bytes', async () => {
  const world = await scene(emulator, proxy);
  await isReleased(world, await world.release());
  world.repo.commit('more', { 'src_v2/inbox_core/more.py': 'more = 1\n' });
  world.repo.git('push', '-q', 'origin', 'HEAD:refs/heads/more');
  proxy.log.length = 0;
  const ran = await world.release();
  expect([ran.code, ran.failure, ran.stdout]).toEqual([1, null, expect.stringContaining('version-bump')]);
  expect([proxy.count(publish), proxy.count('PutObject')]).toEqual([0, 0]);
});
