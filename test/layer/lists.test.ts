import { describe, expect, it } from 'vitest';
import { layerOf, sameList, withLayers } from '../../src/layer/layer-list.js';
import { isLeftover } from '../../src/layer/leftover-folders.js';
import { once } from '../../src/layer/once.js';
import { firstPlace } from '../../src/layer/sorted.js';
import { sortedPaths } from '../../src/layer/sorted-paths.js';

describe("a function's layers", () => {
  it('are replaced where they stand, others kept, new ones last', () => {
    expect(withLayers(['x:core:1', 'y:other:7', 'x:deps:2'], ['x:deps:3', 'x:new:1', 'x:core:2'])).toEqual([
      ...['x:core:2', 'y:other:7', 'x:deps:3', 'x:new:1'],
    ]);
    expect(withLayers([], ['a:1'])).toEqual(['a:1']);
    expect(layerOf('arn:1:core:12')).toBe('arn:1:core');
    expect(layerOf('arn:12:core')).toBe('arn:12:core');
  });

  it.each<[string[], string[], boolean]>([
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
    [['a'], ['a', 'b'], false],
    [['a', 'b'], ['a'], false],
    [[], [], true],
  ])('%j and %j are the same: %s', (a, b, same) => expect(sameList(a, b)).toBe(same));
});

it.each<[string, boolean]>([
  ['layer_management/experimental', true],
  ['layer_management/experimental/a', false],
  ['layer_management/active', false],
  ['.build/workspace', true],
  ['.build/python', true],
  ['.build/layer_fix', true],
  ['.build/layers_x', true],
  ['.build/core-build', true],
  ['.build/-build', false],
  ['.build/layers', false],
  ['.build/python2', false],
  ['.build/layer_a/b', false],
  ['a/.build/workspace', false],
  ['.build/core-build.zip', false],
])('%s is left over: %s', (path, is) => expect(isLeftover(path)).toBe(is));

it('a value is made at its first use, once, whatever it is', () => {
  let made = 0;
  const value = once(() => {
    made += 1;
    return null;
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([null, null, 1]);
});

describe('looking up', () => {
  it('a place asks few, and says the end where nothing holds', () => {
    for (let end = 0; end < 9; end++)
      for (let from = 0; from <= end; from++) {
        const asked: number[] = [];
        const holds = (at: number) => {
          asked.push(at);
          return at >= from;
        };
        expect([end, firstPlace(0, end, holds)]).toEqual([end, from]);
        expect(asked.length).toBeLessThanOrEqual(4);
        expect(asked.every((at) => at >= 0 && at < end)).toBe(true);
      }
  });

  it('a path is by where it stands, and a folder by what lies in it', () => {
    const paths = ['a', 'a.b', 'a/b', 'a/c/d', 'a/c/e', 'a0', 'b'];
    let text = '\0';
    const starts = paths.map((path) => {
      const start = text.length;
      text += `${path}\0`;
      return start;
    });
    const { placeOf, placesIn } = sortedPaths({ text, starts });
    expect(paths.map(placeOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(['', 'A', 'a/', 'a/c', 'a/c/f', 'b0', 'c'].map(placeOf)).toEqual([-1, -1, -1, -1, -1, -1, -1]);
    expect([placesIn('a'), placesIn('a/c'), placesIn('b'), placesIn('c')]).toEqual([
      [2, 5],
      [3, 5],
      [7, 7],
      [7, 7],
    ]);
    const none = sortedPaths({ text: '\0', starts: [] });
    expect([none.placeOf('a'), none.placesIn('a')]).toEqual([-1, [0, 0]]);
  });
});
