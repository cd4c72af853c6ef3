import { expect, it } from 'vitest';
import { bench } from '../bench.js';
import { gate } from '../proxy/faults.js';
import { releasing, scene } from '../scene.js';

const moto = bench('moto');

/** A release's writes in their order: the lease, the zip, the layer version, and the lease given back. */
const writes: [on: string, skip: number][] = [
  ['PutObject', 0],
  ['PutObject', 1],
  ['PublishLayerVersion', 0],
  ['PutObject', 2],
];

it.each(
  writes.flatMap(([on, skip]) => (['before', 'after'] as const).map((side) => [side, on, skip] as const)),
)('row 8: killed %s %s %i, twice, and run again: once published, recorded and tagged', async (side, on, skip) => {
  const world = await scene(moto.emulator, moto.proxy);
  for (const again of [false, true]) {
    const held = gate();
    // The second run has less to do: it is killed at its first write.
    moto.proxy.fault({
      on: again ? 'PutObject' : on,
      skip: again ? 0 : skip,
      fault: { kind: `barrier-${side}`, gate: held },
    });
    const { ended, kill } = world.begin(...releasing);
    await Promise.race([held.reached, ended]);
    kill('SIGKILL');
    held.open();
    await ended;
    moto.proxy.reset();
  }
  const last = await world.release();
  expect([last.code, last.failure], last.stderr).toEqual([0, null]);
  expect([await world.published(), world.repo.git('tag')]).toEqual([1, 'inbox-core-v1.0.0']);
  expect(world.recorded()?.arn).toMatch(/:layer:inbox-core-dev:1$/);
  const nothing = await world.release();
  expect(JSON.parse(nothing.stdout)).toMatchObject({ ok: true, released: [] });
  expect((await world.run('status', '--env', 'dev')).code).toBe(0);
});
