import { describe, expect, it } from 'vitest';
import { parseJson, parseJsonBytes } from '../../src/layer/json.js';
import { judgeManifest, readManifest } from '../../src/layer/manifest.js';

describe('a manifest', () => {
  const bytes = (value: unknown) =>
    new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value, null, 1));
  const good = {
    layer_name: 'core-dev',
    version: '1.2.3',
    git_sha: 'a'.repeat(40),
    build_date: '2026-01-15T12:00:00Z',
    size_mb: 1,
    aws_arn_dev: null,
  };
  const problems = (value: unknown) =>
    readManifest('m.json', 'core', bytes(value)).problems.map(({ kind, field, line }) => `${kind} ${field} ${line}`);

  it('that is right has none, and is given', () => {
    expect(readManifest('m.json', 'core', bytes(good))).toEqual({
      path: 'm.json',
      layer: 'core',
      manifest: good,
      problems: [],
    });
  });
  it.each<[unknown, string[]]>([
    ['{', ['json  1']],
    ['', ['json  1']],
    ['{ "a": 1, "a": 2 }', [expect.stringMatching(/^json {2}1/) as unknown as string]],
    [{ ...good, version: 'x' }, ['schema /version 3']],
    [{ ...good, git_sha: 'to be updated' }, ['placeholder /git_sha 4']],
    [{ ...good, version: 'unknown', notes: 'unknown' }, ['placeholder /version 3']],
    [{ ...good, notes: 'todo' }, []],
    [{ ...good, 'x-team': 'tbd', 'x-a': { b: 'tbd' } }, []],
    [{ ...good, git_branch: 'todo-app' }, []],
    [{ ...good, git_branch: 'todo: later' }, ['placeholder /git_branch 8']],
    [{ ...good, git_branch: `${'a '.repeat(100)}to be done` }, []],
    [
      { ...good, dependencies: { notes: 'TBD', a: 'XXXX' } },
      ['placeholder /dependencies/notes 9', 'placeholder /dependencies/a 10'],
    ],
    [{ ...good, 'x-a': 1, environments: { 'prod/eu': { arn: 'TBD' } } }, ['placeholder /environments/prod~1eu/arn 11']],
  ])('%j: %j', (value, found) => expect(problems(value).slice(0, Math.max(found.length, 1))).toEqual(found));
  it('that is none has no value', () => {
    expect(judgeManifest('m', 'l', parseJsonBytes(bytes('{')))).toMatchObject({ manifest: null });
    expect(readManifest('m', 'l', bytes({ ...good, version: 1 })).manifest).toBeNull();
    const [placeholder] = readManifest('m', 'l', bytes({ ...good, git_branch: `<${'x'.repeat(190)}>` })).problems;
    expect(placeholder?.what).toBe(`<${'x'.repeat(190)}>`);
    expect(parseJson).toBeTypeOf('function');
  });
});
