import { expect, it } from 'vitest';
import { awsRegistry } from '../../src/io/registry/aws.js';
import { bench } from './bench.js';
import { key, layerName, scene } from './scene.js';

const moto = bench('moto');

it('gc asks, deletes what nothing references, and nothing else', async () => {
  const on = await scene(moto.emulator, moto.proxy);
  expect((await on.release()).code).toBe(0);
  const registry = awsRegistry(on.aws);
  const stored = await registry.head(key);
  const { sha256, size } = stored ?? { sha256: '', size: 0 };
  const request = { layerName, key, sha256, size, runtimes: ['python3.11'], architectures: ['x86_64'] };
  for (const description of ['by hand', 'by hand again']) await registry.publish({ ...request, description });

  expect((await on.run('gc', '--env', 'dev', '--delete')).failure).toBe('deletes-needs-yes');
  expect(moto.proxy.count('DeleteLayerVersion')).toBe(0);
  // The answer is lost: asked again, it is done once.
  moto.proxy.fault({ on: 'DeleteLayerVersion', fault: { kind: 'drop-after' } });
  const ran = await on.run('gc', '--env', 'dev', '--delete', '--yes');
  expect([ran.code, JSON.parse(ran.stdout).unused], ran.stderr).toEqual([0, 1]);
  // 1 is recorded, 3 the newest.
  expect((await registry.versions(layerName)).map(({ version }) => version)).toEqual([3, 1]);
});
