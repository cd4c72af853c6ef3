import { describe, expect, it } from 'vitest';
import { archivedArtefact, readArchiveManifest, withArchived } from '../../src/layer/archive-manifest.js';
import { describeArtefact, isoDate } from '../../src/layer/artefact.js';
import { builtArtefact } from '../../src/layer/build-manifest.js';
import { describeLayer, parseDescription, publishedAs } from '../../src/layer/description.js';
import type { Manifest } from '../../src/layer/manifest.js';
import { readmeText } from '../../src/layer/readme.js';
import {
  type Facts,
  jsonText,
  type Published,
  type ReleaseFacts,
  recordedManifest,
} from '../../src/layer/released-manifest.js';
import { examplePolicy } from '../../src/rule/examples.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const layer = examplePolicy.layers['inbox-core'] ?? expect.fail('the example has no layer');
const gitSha = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';
const arn = (env: string, version: number) =>
  `arn:aws:lambda:eu-west-3:123456789012:layer:acme-inbox-core-${env}:${version}`;

const facts: ReleaseFacts = {
  ...{ name: 'inbox-core', version: '1.2.3', gitSha, gitTag: 'inbox-core-v1.2.3', gitBranch: 'develop' },
  ...{ buildDate: '2026-01-15T12:00:00Z', buildUser: 'kit', sha256: 'a'.repeat(64), contentDigest: 'b'.repeat(64) },
  ...{ size: 81_920, environment: 'dev', environments: ['dev', 'stage', 'local'], layer, dependencies: {} },
  ...{ inPlace: 'layer', at: '2026-01-15T12:02:00.000Z', emergency: null },
};
/** Of an environment that is one target. */
const record = (before: Manifest | null, of: Facts, one: Published | null) =>
  recordedManifest(before, of, new Map(one === null ? [] : [[of.environment, one]]));
const first = record(null, facts, { arn: arn('dev', 1), createdAt: '2026-01-15T12:01:00Z' });

describe('the manifest of a release', () => {
  it('says all of the first one', () => {
    expect(first).toEqual({
      layer_name: 'acme-inbox-core-dev',
      version: '1.2.3',
      git_sha: gitSha,
      git_tag: 'inbox-core-v1.2.3',
      git_branch: 'develop',
      build_date: '2026-01-15T12:00:00Z',
      build_user: 'kit',
      aws_arn_dev: arn('dev', 1),
      size_mb: 0.08,
      dependencies: {},
      source_path: 'src_v2/inbox_core/',
      compatible_runtimes: ['python3.11', 'python3.12'],
      notes: null,
      sha256: 'a'.repeat(64),
      content_digest: 'b'.repeat(64),
      size_bytes: 81_920,
      compatible_architectures: ['x86_64'],
      environments: {
        dev: {
          ...{ version: '1.2.3', arn: arn('dev', 1), sha256: 'a'.repeat(64), git_sha: gitSha },
          ...{ published_at: '2026-01-15T12:01:00Z', previous: null },
        },
      },
    });
  });

  it('names a file of requirements as it is, and an environment that is not reached yet as null', () => {
    const requirements = { ...layer, build: 'requirements', source: 'src_v2/requirements.txt' } as const;
    const stage = { ...facts, environment: 'stage', layer: requirements };
    const manifest = record(null, stage, { arn: arn('stage', 1), createdAt: '' });
    expect(manifest).toMatchObject({ source_path: 'src_v2/requirements.txt', aws_arn_dev: null });
    expect(Object.keys(manifest).filter((key) => key.startsWith('aws_arn_'))).toEqual(['aws_arn_dev', 'aws_arn_stage']);
    expect(record(null, { ...stage, environments: [] }, { arn: 'a', createdAt: '' }).layer_name).toBe(
      'acme-inbox-core-stage',
    );
  });

  it('keeps the others’ environments in the declared order, and what this one had before', () => {
    const before: Manifest = {
      ...first,
      aws_arn_old: arn('old', 9),
      'x-team': { chat: '#inbox' },
      notes: 'first of all',
      environments: { gone: { ...entryOf(first), arn: arn('gone', 3) }, ...first.environments },
    };
    const next = { ...facts, version: '1.3.0', environment: 'dev' };
    const manifest = record(before, next, { arn: arn('dev', 2), createdAt: 'later' });
    expect(Object.keys(manifest.environments ?? {})).toEqual(['dev', 'gone']);
    expect(manifest.environments?.dev).toMatchObject({
      version: '1.3.0',
      previous: { version: '1.2.3', arn: arn('dev', 1) },
    });
    expect(manifest).toMatchObject({ 'x-team': { chat: '#inbox' }, notes: null, aws_arn_gone: arn('gone', 3) });

    const again = record(manifest, next, { arn: arn('dev', 3), createdAt: 'again' });
    expect(again.environments?.dev?.previous).toEqual({ version: '1.2.3', arn: arn('dev', 1) });
    expect(record({ ...manifest, notes: 'kept' }, next, { arn: 'a', createdAt: '' }).notes).toBe('kept');
    const { notes: _, ...silent } = manifest;
    expect(record(silent, next, { arn: 'a', createdAt: '' }).notes).toBeNull();
  });

  it('keeps an ARN that only the mirror has, as older manifests do', () => {
    const { environments: _, ...older } = first;
    const next = { ...facts, environment: 'stage' };
    const manifest = record(older, next, { arn: arn('stage', 1), createdAt: '' });
    expect(manifest).toMatchObject({ aws_arn_dev: arn('dev', 1), aws_arn_stage: arn('stage', 1) });
  });

  it('has an entry for each target of an environment, and the ARN of the first beside them', () => {
    const at = (region: string, version: number) => `arn:aws:lambda:${region}:123456789012:layer:core-prod:${version}`;
    const [eu, us] = ['eu-west-3', 'us-east-1'];
    const named = { environment: 'prod', environments: ['dev', 'prod/eu', 'prod/us', 'local'] };
    const to = (...ones: [string, string][]) =>
      new Map(ones.map(([target, arn]) => [target, { arn, createdAt: 'then' }]));
    const both = recordedManifest(first, { ...facts, ...named }, to(['prod/us', at(us, 4)], ['prod/eu', at(eu, 7)]));
    expect(Object.keys(both.environments ?? {})).toEqual(['dev', 'prod/eu', 'prod/us']);
    expect(both).toMatchObject({ aws_arn_dev: arn('dev', 1), aws_arn_prod: at(eu, 7) });

    // One is brought forward by itself.
    const next = { ...facts, ...named, version: '1.3.0', environment: 'prod/us' };
    const one = recordedManifest(both, next, to(['prod/us', at(us, 5)]));
    expect(one).toMatchObject({ aws_arn_prod: at(eu, 7) });
    expect(one.environments?.['prod/us']).toMatchObject({
      version: '1.3.0',
      previous: { version: '1.2.3', arn: at(us, 4) },
    });
    expect(one.environments?.['prod/eu']).toEqual(both.environments?.['prod/eu']);
  });

  it('tells of an emergency until the gate was passed for what it was about, or for more', () => {
    const to = (environment: string, reason?: string): Facts => ({
      ...{ ...facts, environment, environments: ['dev', 'prod/eu', 'prod/us', 'production'] },
      emergency: reason === undefined ? null : { reason, by: 'kit' },
    });
    const left = (...all: Facts[]) => {
      const last = all.reduce<Manifest | null>((before, one) => recordedManifest(before, one, new Map()), null);
      return Object.keys(last?.['x-emergency'] ?? {});
    };
    const night = [to('prod', 'a'), to('prod/us', 'b'), to('production', 'c')];
    expect(left(...night)).toEqual(['prod', 'prod/us', 'production']);
    expect(left(...night, to('prod'))).toEqual(['production']);
    expect(left(...night, to('prod/us'))).toEqual(['prod', 'production']);
    expect(left(...night, to('prod/eu'))).toEqual(['prod', 'prod/us', 'production']);
    expect(left(...night, to('prod', 'd'))).toEqual(['production', 'prod']);
  });

  it('is written with two blanks and a final newline', () =>
    expect(jsonText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n'));
});

function entryOf({ environments }: Manifest) {
  return environments?.dev ?? expect.fail('not published in dev');
}

describe('a month of the archive', () => {
  const about = {
    name: 'inbox-core',
    sha256: 'c'.repeat(64),
    dependencies: {},
    size: 7,
    supersededBy: '1.3.0',
    at: '2026-01-31T00:00:00Z',
  };
  const stage = { ...entryOf(first), version: '1.2.2', arn: arn('stage', 1) };
  const archived = archivedArtefact({ ...first, environments: { ...first.environments, stage } }, about);

  it('tells of an artefact what is needed to go back, and where it was published', () => {
    expect(archived).toEqual({
      ...{ name: 'inbox-core', version: '1.2.3', sha256: 'c'.repeat(64), size_bytes: 7, git_sha: gitSha },
      ...{ build_date: '2026-01-15T12:00:00Z', superseded_by: '1.3.0', archived_at: '2026-01-31T00:00:00Z' },
      arns: { dev: arn('dev', 1) },
    });
    const { environments: _, ...older } = first;
    expect(archivedArtefact(older, about).arns).toEqual({});
  });

  it('is sorted by file, keeps what it had, and takes the newer word', () => {
    const one = { ...archived, name: 'b' };
    const before = withArchived(null, '2026-01', [one, { ...archived, name: 'c' }]);
    const after = withArchived(before, '2026-01', [
      { ...archived, name: 'a' },
      { ...one, size_bytes: 8 },
    ]);
    expect(after).toMatchObject({ schema: 1, month: '2026-01' });
    expect(Object.keys(after.artefacts)).toEqual(['a-1.2.3.zip', 'b-1.2.3.zip', 'c-1.2.3.zip']);
    expect(after.artefacts['b-1.2.3.zip']?.size_bytes).toBe(8);
    expect(before.artefacts['b-1.2.3.zip']?.size_bytes).toBe(7);
    expect(readArchiveManifest(bytes(jsonText(after)))).toEqual(after);
  });

  it.each([
    '',
    'null',
    '1',
    '[]',
    '{"schema":2,"artefacts":{}}',
    '{"artefacts":{}}',
    '{"schema":1}',
    '{"schema":1,"artefacts":null}',
    '{"schema":1,"artefacts":"x"}',
    '{"schema":1,"schema":1,"artefacts":{}}',
  ])('is not read from %s', (text) => expect(readArchiveManifest(bytes(text))).toBeNull());
});

describe('a finished artefact', () => {
  const sha256 = (content: Uint8Array | string) => `sha of ${typeof content === 'string' ? content : content.length}`;

  it('is described by its bytes, and so is each file', () => {
    const made = describeArtefact(
      {
        ...{ name: 'inbox-core', version: '1.2.3', gitSha, time: 1_768_478_400, left: ['a.pyc'], bytes: bytes('zip') },
        entries: [{ path: 'python/a.py', mode: 0o644, bytes: bytes('x = 1') }],
      },
      sha256,
    );
    expect(made).toEqual({
      ...{ name: 'inbox-core', version: '1.2.3', file: 'inbox-core-1.2.3.zip', gitSha, left: ['a.pyc'] },
      ...{ bytes: bytes('zip'), sha256: 'sha of 3', size: 3, buildDate: '2026-01-15T12:00:00Z' },
      contentDigest: 'sha of 0644 python/a.py\0sha of 5\n',
      dependencies: {},
      files: [{ path: 'python/a.py', mode: 0o644, sha256: 'sha of 5', size: 5 }],
    });
    expect(builtArtefact(made)).toEqual({
      ...{ version: '1.2.3', file: 'inbox-core-1.2.3.zip', sha256: 'sha of 3', size_bytes: 3, git_sha: gitSha },
      content_digest: 'sha of 0644 python/a.py\0sha of 5\n',
    });
    expect(isoDate(0)).toBe('1970-01-01T00:00:00Z');
  });
});

describe('what a layer version says of itself', () => {
  const about = { name: 'inbox-core', version: '1.2.3', gitSha, sha256: 'a'.repeat(64) };
  const said = `inbox-core 1.2.3 git:85bbcf0ddc0f sha256:${'a'.repeat(16)} lp1`;

  it('is read again', () => {
    expect(describeLayer(about)).toBe(said);
    expect(parseDescription(said)).toEqual({
      ...{ name: 'inbox-core', version: '1.2.3', git12: '85bbcf0ddc0f', sha16: 'a'.repeat(16) },
    });
    expect(parseDescription(said.replace('1.2.3', '10.20.30'))?.version).toBe('10.20.30');
  });

  it.each([
    ['', 'nothing'],
    [`x ${said}`, 'a word in front'],
    [`${said} x`, 'a word behind'],
    [said.replace('lp1', 'lp2'), 'another form'],
    [said.replace('1.2.3', '1.2'), 'two numbers'],
    [said.replace('git:8', 'git:X'), 'no commit'],
    [said.replace('git:8', 'git:'), 'a short commit'],
    [said.replace('sha256:a', 'sha256:'), 'a short digest'],
  ])('%j is none: %s', (text) => expect(parseDescription(text)).toBeNull());

  it('is a claim that the bytes confirm', () => {
    const version = (number: number, description: string, sha256 = about.sha256) => ({
      ...{ layerName: 'l', version: number, arn: `${number}`, description, sha256, size: 1, createdAt: '' },
    });
    const versions = [
      version(5, said.replace('1.2.3', '1.2.4')),
      version(4, said.replace('inbox-core', 'other')),
      version(3, said),
      version(2, said, 'b'.repeat(64)),
      version(1, said),
      version(6, 'by hand'),
    ];
    const { same, other } = publishedAs(versions, about);
    expect(same.map((one) => one.version)).toEqual([1, 3]);
    expect(other.map((one) => one.version)).toEqual([2]);
  });
});

it('a README says what the layer is made of until somebody writes one', () => {
  const text = readmeText({ ...layer, layerName: 'acme-{name}-{env}', architectures: ['x86_64', 'arm64'] });
  expect(text).toMatch(/^# inbox-core\n\n/);
  expect(text).toContain('built from `src_v2/inbox_core`; its version is `INBOX_CORE_VERSION` in VERSION.\n');
  expect(text).toContain('Published as `acme-inbox-core-{env}`, for python3.11, python3.12 on x86_64, arm64.\n');
  expect(text).toContain('`manifest.json`');
  expect(text).toContain('`layer_management/archive/`');
  expect(text).toMatch(/\n\n## What it is for\n\n.+\n$/);
});
