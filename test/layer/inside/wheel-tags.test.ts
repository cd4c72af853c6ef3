import { describe, expect, it } from 'vitest';
import { fits, isWheelFile, readWheelTags } from '../../../src/layer/inside/wheel.js';

const _bytes = (text: string) => new TextEncoder().encode(text);

describe('the tags of a wheel', () => {
  it.each([
    ['Tag: py3-none-any\n', ['py3-none-any']],
    [
      'Wheel-Version: 1.0\r\nTag:cp311-cp311-linux_x86_64 \r\nTag:\tpy3-none-any\t\r\n',
      ['cp311-cp311-linux_x86_64', 'py3-none-any'],
    ],
    ['Tag: py2.py3-none-any', ['py2-none-any', 'py3-none-any']],
    ['Tag: cp39-abi3.none-a.b', ['cp39-abi3-a', 'cp39-abi3-b', 'cp39-none-a', 'cp39-none-b']],
    ['Tag: py3-none-any\nTag: py3-none-any', ['py3-none-any']],
    ['Not-Tag: py3-none-any\n Tag: py3-none-any\nTag: py3-none\nTag: py3-none-any x', []],
    [`${' '.repeat(65_536)}\nTag: py3-none-any`, []],
    [
      `Tag: ${Array.from({ length: 12 }, (_, i) => `p${i}`).join('.')}-none-any`,
      Array.from({ length: 10 }, (_, i) => `p${i}-none-any`),
    ],
  ])('%j', (text, tags) => expect(readWheelTags(text)).toEqual(tags));
  it('are a hundred lines at most', () => {
    expect(readWheelTags(Array.from({ length: 150 }, (_, i) => `Tag: py3-none-p${i}`).join('\n'))).toHaveLength(100);
  });

  it.each([
    ['a-1.0.dist-info/WHEEL', true],
    ['python/a-1.0.dist-info/WHEEL', true],
    ['.dist-info/WHEEL', false],
    ['a.dist-info/WHEELS', false],
    ['a.dist-info/x/WHEEL', false],
    ['WHEEL', false],
  ])('are in %s: %s', (path, is) => expect(isWheelFile(path)).toBe(is));

  it.each<[tag: string, fits: boolean, architecture?: string, runtime?: string]>([
    ['py3-none-any', true],
    ['py2-none-any', false],
    ['py312-none-any', true],
    ['py313-none-any', false],
    ['py3-abi3-any', false],
    ['cp312-cp312-any', true],
    ['cp311-cp311-any', false],
    ['cp312-none-any', true],
    ['cp312-cp311-any', false],
    ['cp38-abi3-any', true],
    ['cp312-abi3-any', true],
    ['cp313-abi3-any', false],
    ['xcp312-none-any', false],
    ['cp312x-none-any', false],
    ['pp312-none-any', false],
    ['py3-none-linux_x86_64', true],
    ['py3-none-linux_aarch64', false],
    ['py3-none-linux_aarch64', true, 'arm64'],
    ['py3-none-manylinux1_x86_64', true],
    ['py3-none-manylinux2014_x86_64', true],
    ['py3-none-manylinux_2_34_x86_64', true],
    ['py3-none-manylinux_2_35_x86_64', false],
    ['py3-none-manylinux_2_27_x86_64', false, 'x86_64', 'python3.9'],
    ['py3-none-manylinux_2_26_x86_64', true, 'x86_64', 'python3.9'],
    ['py3-none-xmanylinux_2_17_x86_64', false],
    ['py3-none-manylinux_2_17x_x86_64', false],
    ['py3-none-musllinux_1_2_x86_64', false],
    ['py3-none-win_amd64', false],
    ['py3-none-anyx86_64', false],
    ['py3', false],
    ['py3-none-manylinux2014_ppc64le', false, 'arm64'],
    ['py3-none-manylinux2014_armv7l', false],
    ['xy3-none-any', false],
  ])('%s may be used: %s', (tag, may, architecture = 'x86_64', runtime = 'python3.12') => {
    expect(fits(tag, runtime, architecture)).toBe(may);
  });
});
