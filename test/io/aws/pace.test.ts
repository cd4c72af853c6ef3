import { expect, it } from 'vitest';
import { pacer } from '../../../src/io/aws/pace.js';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

it('runs at most so many at once, in the order they came', async () => {
  const paced = pacer({ perSecond: 1000, atOnce: 3 }, pause);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      paced(async () => {
        order.push(at);
        most = Math.max(most, ++running);
        await pause(2);
        running -= 1;
      }),
    ),
  );
  expect([most, running, order]).toEqual([3, 0, Array.from({ length: 20 }, (_, at) => at)]);
});

it('begins at most so many in any second', async () => {
  const paced = pacer({ perSecond: 4, atOnce: 100 }, pause);
  const begun: number[] = [];
  await Promise.all(Array.from({ length: 9 }, () => paced(async () => begun.push(performance.now()))));
  const gaps = begun.slice(4).map((at, i) => at - (begun[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(990);
});

it('one that fails makes room', async () => {
  const paced = pacer({ perSecond: 1000, atOnce: 1 }, pause);
  await expect(paced(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await paced(async () => 'yes')).toBe('yes');
});
