import { describe, expect, it } from 'vitest';
import { archivedArtefact, isArchived, readArchiveManifest, withArchived } from '../../src/layer/archive-manifest.js';
import { localArn, parseLayerArn } from '../../src/layer/arn.js';
import { readingOf, unzippedSize } from '../../src/layer/inside/reading.js';
import { parseJson, parseJsonBytes } from '../../src/layer/json.js';
import { harmlessJson } from '../../src/layer/json-text.js';
import { judgeManifest, type Manifest, readManifest } from '../../src/layer/manifest.js';
import { measure } from '../../src/layer/measured.js';
import { byUtf8 } from '../../src/layer/order.js';
import { demandsOf, unserved } from '../../src/layer/problems/demands.js';
import { likelyModules } from '../../src/layer/required-names.js';
import { examplePolicy } from '../../src/rule/index.js';
import { elf, reading } from './problems/reading.js';

describe('an ARN of a layer version', () => {
  const arn = 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:7';
  it('is taken apart', () => {
    const parts = { partition: 'aws', region: 'eu-west-3', account: '123456789012', layerName: 'core-dev', version: 7 };
    expect(parseLayerArn(arn)).toEqual(parts);
    expect(parseLayerArn(arn.replace('aws:', 'aws-us-gov:').replace('eu-west-3', 'us-gov-west-1'))?.partition).toBe(
      'aws-us-gov',
    );
    expect(parseLayerArn(localArn('core', 3))).toMatchObject({ region: 'local', account: '000000000000', version: 3 });
    expect(parseLayerArn(arn.replace('core-dev', 'x'.repeat(140)))?.layerName).toHaveLength(140);
  });
  it.each([
    '',
    arn.replace(':7', ''),
    arn.replace(':7', ':0'),
    `${arn}x`,
    ` ${arn}`,
    arn.replace('layer', 'function'),
    arn.replace('123456789012', '12345'),
    arn.replace('core-dev', ''),
    arn.replace('core-dev', 'x'.repeat(141)),
    arn.replace('eu-west-3', ''),
    arn.replace(':7', ':1234567890'),
  ])('%j is none', (text) => expect(parseLayerArn(text)).toBeNull());
});

describe('the manifest of a month of the archive', () => {
  const manifest = {
    ...{ version: '1.2.3', git_sha: 'a'.repeat(40), build_date: '2026-01-15T12:00:00Z' },
    environments: { dev: { version: '1.2.3', arn: 'arn:dev' }, stage: { version: '1.2.2', arn: 'arn:stage' } },
  } as unknown as Manifest;
  const about = {
    name: 'core',
    sha256: 'b'.repeat(64),
    size: 10,
    supersededBy: '1.3.0',
    at: '2026-02-01T00:00:00Z',
  } as const;
  const entry = archivedArtefact(manifest, about);

  it('has of each release what it takes to go back to it', () => {
    expect(entry).toEqual({
      ...{ name: 'core', version: '1.2.3', sha256: about.sha256, size_bytes: 10, git_sha: manifest.git_sha },
      ...{ build_date: manifest.build_date, superseded_by: '1.3.0', archived_at: about.at, arns: { dev: 'arn:dev' } },
    });
    expect(archivedArtefact({ ...manifest, environments: undefined } as never, about).arns).toEqual({});
    expect(isArchived(entry)).toBe(true);
  });

  it('is sorted by file, and a release is in it once', () => {
    const first = withArchived(null, '2026-01', [entry, { ...entry, name: 'b' }, { ...entry, name: 'x' }]);
    const again = withArchived(first, '2026-01', [
      { ...entry, name: 'a' },
      { ...entry, size_bytes: 11 },
    ]);
    expect(Object.keys(first.artefacts)).toEqual(['b-1.2.3.zip', 'core-1.2.3.zip', 'x-1.2.3.zip']);
    expect(Object.keys(again.artefacts)).toEqual(['a-1.2.3.zip', 'b-1.2.3.zip', 'core-1.2.3.zip', 'x-1.2.3.zip']);
    expect(again.artefacts['core-1.2.3.zip']?.size_bytes).toBe(11);
    expect(readArchiveManifest(new TextEncoder().encode(JSON.stringify(again)))).toEqual(again);
  });

  it.each([
    '{',
    'null',
    '[]',
    '{ "schema": 2, "artefacts": {} }',
    '{ "schema": 1 }',
    '{ "schema": 1, "artefacts": null }',
  ])('that is %s is none', (text) => expect(readArchiveManifest(new TextEncoder().encode(text))).toBeNull());

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['without a name', { ...entry, name: undefined }],
    ['with a version that is none', { ...entry, version: '1.2' }],
    ['superseded by none', { ...entry, superseded_by: 3 }],
    ['with a size below nothing', { ...entry, size_bytes: -1 }],
    ['with half a byte', { ...entry, size_bytes: 0.5 }],
    ['with an ARN that is no text', { ...entry, arns: { dev: 1 } }],
  ])('an entry that is %s is none', (_, one) => expect(isArchived(one)).toBe(false));
  it('an entry may say nothing of ARNs, and be empty', () => {
    expect(isArchived({ ...entry, arns: undefined, size_bytes: 0 })).toBe(true);
  });
});

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

describe('what a zip is, measured', () => {
  it('in bytes, by its root and its libraries', () => {
    const zip = reading({ 'python/a.py': {}, 'python/b.so': elf() }, { size: 77 });
    expect(measure(zip)).toEqual({ zipped: 77, unzipped: 200, hasPythonRoot: true, natives: ['python/b.so'] });
    expect(measure(reading({ 'python/a.py': {}, 'b.py': {} })).hasPythonRoot).toBe(false);
    expect(measure(reading({})).hasPythonRoot).toBe(false);
    expect(unzippedSize({ files: [] })).toBe(0);
  });
  it('is its reading, and nothing imported yet', () => {
    const walked = { size: 5, files: [{ path: 'a', size: 1, seen: null, crc: 9 }], problems: [] } as never;
    expect(readingOf('x.zip', { name: 'core', version: '1.2.3' }, walked)).toEqual({
      ...{ file: 'x.zip', name: 'core', version: '1.2.3', size: 5, problems: [], imports: [] },
      files: [{ path: 'a', size: 1, seen: null }],
    });
  });
});

describe('what an artefact has to be', () => {
  const core = examplePolicy.layers['inbox-core'] ?? expect.fail();
  const ingest = examplePolicy.functions.ingest ?? expect.fail();
  const layers = {
    core: { ...core, runtimes: ['python3.11', 'python3.12'], architectures: ['x86_64', 'arm64'] },
    deps: {
      ...core,
      build: 'requirements' as const,
      runtimes: ['python3.12'],
      architectures: ['arm64'],
      natives: 'allow' as const,
      maxZipMB: 15,
    },
  };
  const functions = {
    ingest: { ...ingest, layers: ['core', 'deps'] },
    alone: { ...ingest, layers: [] },
    lost: { ...ingest, layers: ['gone'] },
  };
  const demands = (name: string | null) => demandsOf(name, { layers, functions });

  it('is what its declaration says', () => {
    expect(demands('core')).toMatchObject({
      layout: 'layer',
      isDeclared: true,
      natives: 'forbid',
      maxZipMB: 10,
      isOwnCode: true,
      architectures: ['x86_64', 'arm64'],
    });
    expect(demands('deps')).toMatchObject({
      layout: 'layer',
      isDeclared: true,
      natives: 'allow',
      maxZipMB: 15,
      isOwnCode: false,
      runtimes: ['python3.12'],
    });
    expect(demands('ingest')).toMatchObject({
      layout: 'function',
      isDeclared: true,
      natives: 'allow',
      maxZipMB: 1,
      isOwnCode: true,
      runtimes: ['python3.12'],
      architectures: ['arm64'],
    });
  });
  it.each(['alone', 'lost'])('of a function without layers is to suit one place that Lambda has: %s', (name) => {
    const any = demands(null);
    expect(demands(name)).toEqual({ ...any, layout: 'function', maxZipMB: 1 });
    expect(any.runtimes.length).toBeGreaterThan(1);
  });
  it.each([null, 'other', 'toString', 'null'])('of %s is what holds of any layer', (name) => {
    expect(demands(name)).toMatchObject({
      layout: 'layer',
      isDeclared: false,
      natives: 'allow',
      maxZipMB: null,
      isOwnCode: true,
    });
  });
  it('that is declared has to serve every place, and else one', () => {
    const on = (isDeclared: boolean) => ({ ...demands('core'), isDeclared });
    const intel = { runtime: 'python3.11', architecture: 'x86_64' };
    expect(unserved(on(true), () => true)).toBeNull();
    expect(unserved(on(true), (place) => place.runtime !== 'python3.12')).toEqual({
      runtime: 'python3.12',
      architecture: 'x86_64',
    });
    expect(unserved(on(false), (place) => place.architecture === 'x86_64')).toBeNull();
    expect(unserved(on(false), () => false)).toEqual(intel);
  });
});

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
  ])('%j: %j', (value, found) => expect(problems(value).slice(0, Math.max(found.length, 1))).toEqual(found));
  it('that is none has no value', () => {
    expect(judgeManifest('m', 'l', parseJsonBytes(bytes('{')))).toMatchObject({ manifest: null });
    expect(readManifest('m', 'l', bytes({ ...good, version: 1 })).manifest).toBeNull();
    const [placeholder] = readManifest('m', 'l', bytes({ ...good, git_branch: `<${'x'.repeat(190)}>` })).problems;
    expect(placeholder?.what).toBe(`<${'x'.repeat(190)}>`);
    expect(parseJson).toBeTypeOf('function');
  });
});

describe('order and names', () => {
  it.each([
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'a', 0],
    ['a', 'ab', -1],
    ['ab', 'a', 1],
    ['\uff5e', '\u{1f600}', -1],
    ['\u{1f600}', '\uff5e', 1],
    ['\u{1f600}', '\u{1f601}', -1],
    ['\ud7ff', '\u{10000}', -1],
    ['\ue000', '\u{10ffff}', -1],
    ['\uffff', '\ud800', -1],
    ['\uffff', '\udfff', -1],
  ])('%j before %j: %i', (a, b, sign) => expect(Math.sign(byUtf8(a, b))).toBe(sign));

  it.each([
    ['requests', ['requests']],
    ['PyYAML', ['yaml', '_yaml']],
    ['typing-extensions', ['typing_extensions']],
    ['Flask-Login', ['flask_login', 'Flask_Login']],
    ['zope.interface', ['zope_interface']],
    ['Pillow', ['PIL']],
    ['toString', expect.anything()],
  ])('%s is imported as %j', (name, modules) => expect(likelyModules(name)).toEqual(modules));
});
