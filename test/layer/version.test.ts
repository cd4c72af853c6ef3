import { describe, expect, it } from 'vitest';
import { compareVersions, isCount, isMajorRise, isVersion, type Level, raise } from '../../src/layer/version.js';

describe('a version', () => {
  it.each(['0.0.0', '1.2.3', '10.20.30', '999999999.999999999.999999999'])('is %s', (text) => {
    expect(isVersion(text)).toBe(true);
    expect(isCount(text)).toBe(true);
  });

  it.each([
    ...['', 'v1.2.3', '1.2.3-rc.1', '1.2.3+b', ' 1.2.3', '1.2.3 ', '1.2.3\n', '01.2.3', '1.02.3', '1.2.03', '1.2.3.4'],
    ...['1234567890.0.0', '0.1234567890.0', '0.0.1234567890', '1..3', '1,2,3', '1x2x3'],
  ])('is not %j', (text) => {
    expect(isVersion(text)).toBe(false);
    expect(isCount(text)).toBe(false);
  });

  it.each(['0', '7', '1.1', '10.0', '999999999.0'])('of two numbers or one is a count: %s', (text) => {
    expect(isVersion(text)).toBe(false);
    expect(isCount(text)).toBe(true);
  });

  it.each(['01', '1.', '.1', '1.01', '1.1234567890', '1.x', 'x1', '1.1x'])('is no count: %j', (text) => {
    expect(isCount(text)).toBe(false);
  });
});

describe('two versions', () => {
  it.each([
    ['1.2.3', '1.2.3', 0],
    ['1.2.4', '1.2.3', 1],
    ['1.3.0', '1.2.9', 1],
    ['2.0.0', '1.9.9', 1],
    ['1.10.0', '1.9.0', 1],
    ['1.1', '1.1.0', 0],
    ['1.1', '1.0.9', 1],
    ['2', '1.9', 1],
  ])('%s and %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});

describe('a raise', () => {
  it.each<[string, Level, string]>([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['1.9.9', 'patch', '1.9.10'],
    ['1.1', 'minor', '1.2'],
    ['1.1', 'major', '2.0'],
    ['1.1', 'patch', '1.1.1'],
    ['7', 'major', '8'],
    ['7', 'patch', '7.0.1'],
  ])('of %s by %s is %s', (version, level, expected) => expect(raise(version, level)).toBe(expected));

  it.each([
    ['1.4.2', '2.0.0', true],
    ['1.4.2', '3.1.0', true],
    ['1.4.2', '1.5.0', false],
    ['1.4.2', '1.4.2', false],
    ['2.0.0', '1.9.9', false],
  ])('from %s to %s is a major one: %s', (from, to, expected) => expect(isMajorRise(from, to)).toBe(expected));
});
