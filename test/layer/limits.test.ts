import { expect, it } from 'vitest';
import { toMB } from '../../src/layer/limits.js';

it('megabytes are of 1,048,576 bytes, with two decimals', () => {
  const MB = 1_048_576;
  expect([toMB(MB), toMB(1.5 * MB), toMB(12_345_678), toMB(1)]).toEqual([1, 1.5, 11.77, 0]);
});
