import { describe, expect, it } from 'vitest';
import { disappointments } from '../../src/layer/expectations.js';
import type { Invocation } from '../../src/ports.js';

const answer = (payload: unknown, more: Partial<Invocation> = {}): Invocation => ({
  functionError: null,
  payload: new TextEncoder().encode(JSON.stringify(payload)),
  log: null,
  durationMs: 40,
  initMs: 200,
  ...more,
});

describe('an answer', () => {
  it('without expectations only has to be one', () => {
    expect(disappointments(answer(null), {})).toEqual([]);
  });

  it.each([
    [{ statusCode: 200 }, []],
    [{ statusCode: 204 }, ['statusCode is 200, 204 expected']],
    [{ payload: { items: [{ id: 1 }] } }, []],
    [{ payload: { items: [] } }, ['items is [{"id":1,"x":2}], [] expected']],
    [{ payload: { items: [{ id: 2 }] } }, ['items[0].id is 1, 2 expected']],
    [{ payload: { other: null } }, ['other is missing, null expected']],
    [{ payload: { toString: 1 } }, ['toString is missing, 1 expected']],
    [{ payload: { items: null } }, ['items is [{"id":1,"x":2}], null expected']],
    [{ payload: { a: { '.b': 'x'.repeat(78) } } }, [`a is missing, {".b":"${'x'.repeat(70)}… expected`]],
    [
      { payload: 'x'.repeat(78) },
      [`the answer is {"statusCode":200,"items":[{"id":1,"x":2}]}, "${'x'.repeat(78)}" expected`],
    ],
    [{ payload: { items: [{ x: { '.y': 1 } }] } }, ['items[0].x is 2, {".y":1} expected']],
    [{ payload: 'ok' }, ['the answer is {"statusCode":200,"items":[{"id":1,"x":2}]}, "ok" expected']],
    [{ maxInitMs: 200, maxDurationMs: 40 }, []],
    [
      { maxInitMs: 199, maxDurationMs: 39 },
      ['its start took 200 ms, at most 199 expected', 'it took 40 ms, at most 39 expected'],
    ],
  ])('held against %j', (wanted, problems) => {
    expect(disappointments(answer({ statusCode: 200, items: [{ id: 1, x: 2 }] }), wanted)).toEqual(problems);
  });

  it('that is an error disappoints in its own words, whatever was expected', () => {
    const failed = answer({ errorType: 'KeyError', errorMessage: "'x'" }, { functionError: 'Unhandled' });
    expect(disappointments(failed, { statusCode: 200 })).toEqual(["KeyError: 'x'"]);
    const silent = answer({ errorType: 'Timeout', errorMessage: '' }, { functionError: 'Unhandled' });
    expect(disappointments(silent, {})).toEqual(['Timeout']);
    expect(disappointments(answer('?', { functionError: 'Unhandled' }), {})).toEqual(['it failed (Unhandled)']);
  });

  it('may be a list', () => {
    expect(disappointments(answer([{ a: 1 }]), { payload: [{ a: 2 }] })).toEqual(['[0].a is 1, 2 expected']);
  });

  it('that is no JSON has nothing in it', () => {
    const odd = answer(null, { payload: new TextEncoder().encode('<html>') });
    expect(disappointments(odd, { statusCode: 200 })).toEqual(['the answer is missing, {"statusCode":200} expected']);
  });

  it('of a function that runs already has no start to judge', () => {
    expect(disappointments(answer(1, { initMs: null }), { maxInitMs: 1 })).toEqual([]);
  });
});
