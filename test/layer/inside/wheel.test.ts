import { describe, expect, it } from 'vitest';
import { fits, isWheelFile, readWheelTags } from '../../../src/layer/inside/wheel.js';

describe('a wheel', () => {
  it('says its tags in its WHEEL file', () => {
    const text =
      'Wheel-Version: 1.0\nGenerator: x\r\nTag: cp311-cp311-manylinux_2_17_x86_64\r\nTag: py2.py3-none-any\nTag: nonsense\n';
    expect(readWheelTags(text)).toEqual(['cp311-cp311-manylinux_2_17_x86_64', 'py2-none-any', 'py3-none-any']);
    expect(readWheelTags('\nTag: a.b.c-d.e-f\n'.repeat(1000))).toHaveLength(6);
    expect(readWheelTags(`Tag: ${'a.'.repeat(30_000)}-b-c`).length).toBeLessThan(100);
  });

  it.each([
    ['python/bs4-4.12.0.dist-info/WHEEL', true],
    ['bs4-4.12.0.dist-info/WHEEL', true],
    ['python\\pyyaml-6.0.1.dist-info\\WHEEL', true],
    ['python/bs4/WHEEL', false],
    ['python/a.dist-info/x/WHEEL', false],
  ])('keeps them at %s: %s', (path, expected) => expect(isWheelFile(path)).toBe(expected));

  it.each([
    ['py3-none-any', 'python3.11', 'x86_64', true],
    ['py3-none-any', 'python3.11', 'arm64', true],
    ['py2-none-any', 'python3.11', 'x86_64', false],
    ['py311-none-any', 'python3.12', 'x86_64', true],
    ['py313-none-any', 'python3.12', 'x86_64', false],
    ['cp311-none-any', 'python3.11', 'x86_64', true],
    ['cp311-none-any', 'python3.12', 'x86_64', false],
    ['cp311-cp311-manylinux2014_x86_64', 'python3.11', 'x86_64', true],
    ['cp311-cp311-manylinux2014_x86_64', 'python3.12', 'x86_64', false],
    ['cp311-cp311-manylinux2014_x86_64', 'python3.11', 'arm64', false],
    ['cp311-cp311-manylinux2014_aarch64', 'python3.11', 'arm64', true],
    ['cp39-abi3-manylinux_2_17_x86_64', 'python3.12', 'x86_64', true],
    ['cp312-abi3-manylinux_2_17_x86_64', 'python3.11', 'x86_64', false],
    ['cp312-cp312t-manylinux_2_17_x86_64', 'python3.12', 'x86_64', false],
    ['cp311-cp311-manylinux_2_26_x86_64', 'python3.11', 'x86_64', true],
    ['cp311-cp311-manylinux_2_28_x86_64', 'python3.11', 'x86_64', false],
    ['cp312-cp312-manylinux_2_28_x86_64', 'python3.12', 'x86_64', true],
    ['cp312-cp312-manylinux_2_34_x86_64', 'python3.12', 'x86_64', true],
    ['cp312-cp312-manylinux_2_35_x86_64', 'python3.12', 'x86_64', false],
    ['cp311-cp311-manylinux1_x86_64', 'python3.11', 'x86_64', true],
    ['cp311-cp311-manylinux2010_x86_64', 'python3.11', 'x86_64', true],
    ['cp311-cp311-linux_x86_64', 'python3.11', 'x86_64', true],
    ['cp311-cp311-musllinux_1_1_x86_64', 'python3.11', 'x86_64', false],
    ['cp311-cp311-win_amd64', 'python3.11', 'x86_64', false],
    ['cp311-cp311-macosx_11_0_x86_64', 'python3.11', 'x86_64', false],
    ['pp39-pypy39_pp73-manylinux_2_17_x86_64', 'python3.9', 'x86_64', false],
  ])('%s on %s, %s: %s', (tag, runtime, architecture, expected) => {
    expect(fits(tag, runtime, architecture)).toBe(expected);
  });
});
