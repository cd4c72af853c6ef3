import fc from 'fast-check';
import { expect, it } from 'vitest';
import { queue } from '../../../src/io/git/queue.js';

it('gives back what was put in, in that order, as an array would', () => {
  const step = fc.oneof(fc.nat(), fc.constantFrom('shift', 'empty'));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const made = queue<number>();
      const like: number[] = [];
      for (const one of steps) {
        if (one === 'shift') expect(made.shift()).toBe(like.shift());
        else if (one === 'empty') expect(made.empty()).toEqual(like.splice(0));
        else {
          made.push(one);
          like.push(one);
        }
        expect(made.first()).toBe(like[0]);
      }
    }),
  );
});

it('forgets what it gave away', () => {
  const made = queue<number>();
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 3000; i++) made.push(i);
    for (let i = 0; i < 3000; i++) expect(made.shift()).toBe(i);
  }
  expect([made.shift(), made.first(), made.empty()]).toEqual([undefined, undefined, []]);
});
