import { describe, expect, it } from 'vitest';
import { glibcFor, platformTags, rankOf, uvPlatform } from '../../../src/layer/packages/platforms.js';
import { isPure, parseWheelName } from '../../../src/layer/packages/wheel-name.js';

describe('the machine that wheels must suit', () => {
  it('has the glibc of the oldest runtime', () => {
    expect(glibcFor(['python3.12', 'python3.13'])).toBe(34);
    expect(glibcFor(['python3.12', 'python3.11'])).toBe(17);
  });

  it('takes manylinux of its glibc and older, under all names', () => {
    expect(platformTags(17, 'x86_64')).toEqual([
      ...['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux_2_16_x86_64', 'manylinux_2_15_x86_64'],
      ...['manylinux_2_14_x86_64', 'manylinux_2_13_x86_64', 'manylinux_2_12_x86_64', 'manylinux2010_x86_64'],
      ...['manylinux_2_11_x86_64', 'manylinux_2_10_x86_64', 'manylinux_2_9_x86_64', 'manylinux_2_8_x86_64'],
      ...['manylinux_2_7_x86_64', 'manylinux_2_6_x86_64', 'manylinux_2_5_x86_64', 'manylinux1_x86_64'],
      'linux_x86_64',
    ]);
    const newer = platformTags(34, 'arm64');
    expect(newer).toHaveLength(34);
    expect([newer[0], newer.at(-1)]).toEqual(['manylinux_2_34_aarch64', 'linux_aarch64']);
  });

  it('has one word in uv', () => {
    expect(uvPlatform(17, 'x86_64')).toBe('x86_64-manylinux2014');
    expect(uvPlatform(34, 'arm64')).toBe('aarch64-manylinux_2_34');
  });
});

describe('of two wheels the first is taken', () => {
  const suited = { runtime: 'python3.11', platforms: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'] };
  it.each([
    ['cp311-cp311-manylinux_2_17_x86_64', 'cp311-cp311-manylinux2014_x86_64'],
    ['cp311-cp311-manylinux2014_x86_64', 'cp311-abi3-manylinux_2_17_x86_64'],
    ['cp311-abi3-manylinux2014_x86_64', 'cp311-none-manylinux_2_17_x86_64'],
    ['cp311-none-manylinux2014_x86_64', 'cp310-abi3-manylinux_2_17_x86_64'],
    ['cp310-abi3-manylinux2014_x86_64', 'cp39-abi3-manylinux_2_17_x86_64'],
    ['cp33-abi3-manylinux2014_x86_64', 'cp32-abi3-manylinux_2_17_x86_64'],
    ['cp32-abi3-manylinux2014_x86_64', 'py311-none-manylinux_2_17_x86_64'],
    ['py311-none-manylinux2014_x86_64', 'py3-none-manylinux_2_17_x86_64'],
    ['py3-none-manylinux2014_x86_64', 'py310-none-manylinux_2_17_x86_64'],
    ['py30-none-manylinux2014_x86_64', 'cp311-none-any'],
    ['cp311-none-any', 'py311-none-any'],
    ['py311-none-any', 'py3-none-any'],
    ['py3-none-any', 'py310-none-any'],
    ['py31-none-any', 'py30-none-any'],
  ])('%s, %s', (better, worse) => {
    const [first, second] = [rankOf([better], suited), rankOf([worse], suited)];
    expect(second).toBe((first ?? Number.NaN) + 1);
    expect(rankOf([worse, 'cp27-cp27m-win32', better], suited)).toBe(first);
  });

  it.each([
    ['cp312-cp312-manylinux2014_x86_64', 'py312-none-any', 'cp31-abi3-manylinux2014_x86_64', 'cp310-none-any'],
    ['cp311-cp311-linux_aarch64', 'cp310-cp310-manylinux2014_x86_64', 'py3-none-macosx_10_9_x86_64', ''],
  ])('none of %s, %s, %s, %s', (...tags) => {
    expect(rankOf(tags, suited)).toBeNull();
  });

  it('without platforms none that is compiled', () => {
    const pure = { runtime: 'python3.11', platforms: [] };
    expect(rankOf(['cp311-none-any'], pure)).toBe(0);
    expect(rankOf(['cp311-cp311-manylinux2014_x86_64'], pure)).toBeNull();
  });
});

describe('the name of a wheel', () => {
  it('says package, version and tags', () => {
    expect(parseWheelName('PyYAML-6.0.3-cp311-cp311-manylinux2014_x86_64.whl')).toEqual({
      name: 'pyyaml',
      version: '6.0.3',
      tags: ['cp311-cp311-manylinux2014_x86_64'],
    });
    expect(parseWheelName('a_b.c-1!2.0_1+x-1build-py2.py3-none.abi3-any.linux_x86_64.whl')).toEqual({
      name: 'a-b-c',
      version: '1!2.0-1+x',
      tags: [
        ...['py2-none-any', 'py2-none-linux_x86_64', 'py2-abi3-any', 'py2-abi3-linux_x86_64'],
        ...['py3-none-any', 'py3-none-linux_x86_64', 'py3-abi3-any', 'py3-abi3-linux_x86_64'],
      ],
    });
    expect(parseWheelName('x-1-py3-none-any.whl')?.name).toBe('x');
  });

  it.each([
    'x-1-py3-none-any.zip',
    'x-1-py3-none-any.whl.exe',
    'x-1-py3-none.whl',
    'x-1-build-py3-none-any.whl',
    '-1-py3-none-any.whl',
    '_x-1-py3-none-any.whl',
    'x_-1-py3-none-any.whl',
    '/x-1-py3-none-any.whl',
    'x--py3-none-any.whl',
    `${'x'.repeat(290)}-1-py3-none-any.whl`,
    '',
  ])('%j is none', (file) => {
    expect(parseWheelName(file)).toBeNull();
  });

  it('holds some hundred tags at most', () => {
    const many = (letter: string) => Array.from({ length: 20 }, (_, at) => `${letter}${at}`).join('.');
    expect(parseWheelName(`x-1-${many('a')}-${many('b')}-any.whl`)?.tags).toHaveLength(200);
  });

  it('says whether it holds compiled code', () => {
    expect(isPure({ tags: ['py2-none-any', 'py3-none-any'] })).toBe(true);
    expect(isPure({ tags: ['py3-none-any', 'py3-none-linux_x86_64'] })).toBe(false);
    expect(isPure({ tags: ['cp311-abi3-any'] })).toBe(false);
  });
});
