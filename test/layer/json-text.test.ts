import { describe, expect, it } from 'vitest';
import { harmlessJson } from '../../src/layer/json-text.js';

describe('JSON that a terminal may show', () => {
  it.each([
    ['{"a": "b c"}\n', '{"a": "b c"}\n'],
    ['"\u001b[31m"', '"\\u001b[31m"'],
    ['"\u009b"', '"\\u009b"'],
    ['"\u202e"', '"\\u202e"'],
    ['"##[error]"', '"##\\u005berror]"'],
    ['"#[x]"', '"#[x]"'],
  ])('%j', (json, shown) => {
    expect(harmlessJson(json)).toBe(shown);
    expect(JSON.parse(shown.replace('\n', ''))).toEqual(
      JSON.parse(json.replace(/[\u001b]/g, '\\u001b').replace('\n', '')),
    );
  });
});
