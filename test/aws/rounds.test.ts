import { expect, it } from 'vitest';
import { bench } from './bench.js';
import { scene } from './scene.js';

const emulators = { moto: bench('moto'), ministack: bench('ministack') };
/** As many as are asked for, `ROUNDS=50 npx vitest run test/aws/rounds.test.ts`; in a run of all tests a few. */
const rounds = Number(process.env.ROUNDS ?? 2);

it.each(['moto', 'ministack'] as const)(
  'two releasers at once over %s: one publishes, the other adopts or is told who holds the lock',
  async (name) => {
    const { emulator, proxy } = emulators[name];
    const ends: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const world = await scene(emulator, proxy);
      const both = [world, world.elsewhere()];
      const ran = await Promise.all(both.map((one) => one.release()));
      for (const { code, failure, stderr } of ran) expect([0, 6], `${failure} ${stderr}`).toContain(code);
      expect(ran.map(({ code }) => code)).toContain(0);
      for (const one of both) {
        expect((await one.release()).code).toBe(0);
        expect(one.recorded()?.arn).toMatch(/:layer:inbox-core-dev:1$/);
      }
      expect([await world.published(), proxy.count('PublishLayerVersion')]).toEqual([1, 1]);
      ends.push(ran.map(({ failure }) => failure ?? 'done').join(' and '));
    }
    expect(ends).toHaveLength(rounds);
  },
  rounds * 60_000,
);
