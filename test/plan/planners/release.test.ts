import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/errors.js';
import { describeLayer } from '../../../src/layer/description.js';
import type { Manifest } from '../../../src/layer/manifest.js';
import type { Request } from '../../../src/plan/plan.js';
import { planRelease } from '../../../src/plan/planners/release.js';
import type { ArtefactState, InTarget, ReleaseState } from '../../../src/plan/state.js';
import type { PublishedVersion } from '../../../src/ports.js';

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
const [sha, other] = ['1'.repeat(64), '2'.repeat(64)];
const arn = (number: number) => `arn:aws:lambda:local:000000000000:layer:core-local:${number}`;

const published = (sha256 = sha, number = 1, version = '1.1.0'): PublishedVersion => ({
  layerName: 'core-local',
  version: number,
  arn: arn(number),
  description: describeLayer({ name: 'core', version, gitSha: a, sha256 }),
  sha256,
  size: 100,
  createdAt: '2026-01-20T10:00:00.000Z',
});

const recorded = (version: string, sha256: string, number: number): Manifest => ({
  layer_name: 'core-dev',
  version,
  git_sha: b,
  build_date: '2026-01-10T00:00:00Z',
  size_mb: 0,
  size_bytes: 90,
  sha256,
  environments: {
    local: { version, arn: arn(number), sha256, git_sha: b, published_at: '2026-01-10T00:00:00Z', previous: null },
  },
});

/** An artefact for an environment of one target. */
type Simple = Omit<ArtefactState, 'there'> & Omit<InTarget, 'target'>;

const layer = (more: Partial<Simple> = {}): Simple => ({
  declared: {
    name: 'core',
    build: 'source',
    source: 'src/core',
    versionKey: 'CORE',
    tag: 'v{version}',
    layerName: 'core-{env}',
    runtimes: ['python3.12'],
    architectures: ['x86_64'],
    natives: 'forbid',
    maxZipMB: 50,
  },
  artefact: {
    name: 'core',
    version: '1.1.0',
    file: 'core-1.1.0.zip',
    sha256: sha,
    size: 100,
    dependencies: {},
    contentDigest: '3'.repeat(64),
    gitSha: a,
    buildDate: '2026-01-15T00:00:00Z',
  },
  provenance: '{}\n',
  inputs: null,
  measured: { zipped: 100, unzipped: 100, hasPythonRoot: true, natives: [] },
  object: null,
  versions: [],
  manifest: null,
  hasReadme: true,
  tagged: null,
  previous: null,
  ...more,
});

const state = (layers: Simple[], more: Partial<ReleaseState> = {}): ReleaseState => ({
  commit: a,
  commitTime: 1_768_500_000,
  branch: 'develop',
  date: '2026-01-31T23:59:59.999Z',
  user: 'kit',
  environment: 'local',
  targets: ['local'],
  environments: ['dev', 'local'],
  settled: [],
  artefacts: layers.map(({ object, versions, ...one }) => ({ ...one, there: [{ target: 'local', object, versions }] })),
  functions: [],
  archiveMonth: null,
  ...more,
});

const request: Request = {
  ...{ environment: 'local', from: null, names: [], all: false, record: true, commit: true, tag: true },
  ...{ attach: true, emergency: null },
};
const kinds = (of: ReleaseState, asked: Partial<Request> = {}) =>
  planRelease(of, { ...request, ...asked }).steps.map(({ kind }) => kind);
const refusal = (one: Simple, asked: Partial<Request> = {}) => {
  try {
    planRelease(state([one]), { ...request, ...asked });
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
  return null;
};
const object = { key: 'layers/core-1.1.0.zip', sha256: sha, size: 100 };
const whole = ['write-build', 'put-object', 'publish-version', 'record', 'tag'];

describe('the release planner', () => {
  it('orders what a new release needs, the tag last', () => {
    expect(kinds(state([layer()]))).toEqual(whole);
  });

  it('records several layers in one commit, and tags them after it', () => {
    const extra = layer({
      declared: { ...layer().declared, name: 'extra', tag: 'extra-v{version}' },
      artefact: { ...layer().artefact, name: 'extra' },
    });
    expect(kinds(state([layer(), extra]))).toEqual([
      'write-build',
      'put-object',
      'publish-version',
      'put-object',
      'publish-version',
      'record',
      'tag',
      'tag',
    ]);
  });

  it('leaves git out of a rehearsal', () => {
    expect(kinds(state([layer()]), { record: false })).toEqual(['write-build', 'put-object', 'publish-version']);
    expect(kinds(state([layer()], { branch: null }), { record: false })).toEqual([
      'write-build',
      'put-object',
      'publish-version',
    ]);
  });

  it('has nothing to do where all is done', () => {
    const tagged = { name: 'v1.1.0', commit: a, annotated: true };
    const done = layer({ object, versions: [published()], manifest: recorded('1.1.0', sha, 1), tagged });
    expect(kinds(state([done]))).toEqual([]);
    expect(kinds(state([done]), { record: false })).toEqual([]);
    expect(kinds(state([{ ...done, tagged: null }]))).toEqual(['write-build', 'put-object', 'publish-version', 'tag']);
    expect(kinds(state([{ ...done, tagged: null }]), { tag: false })).toEqual([]);
    expect(kinds(state([{ ...done, object: null }]))).toEqual(['write-build', 'put-object', 'publish-version', 'tag']);
    expect(kinds(state([{ ...done, hasReadme: false }]))).toEqual(whole);
    expect(kinds(state([{ ...done, versions: [published(sha, 2)] }])), 'another ARN than recorded').toEqual(whole);
  });

  it('is the same for the same world, to the last byte', () => {
    const of = () => JSON.stringify(planRelease(state([layer({ versions: [published(other, 1, '1.0.0')] })]), request));
    expect(of()).toBe(of());
  });

  it('archives by the UTC month of the plan', () => {
    const superseding = layer({
      manifest: recorded('1.0.0', other, 1),
      previous: { version: '1.0.0', sha256: other, size: 90, archivedAs: null },
    });
    const step = planRelease(state([superseding]), request).steps.find(({ kind }) => kind === 'record');
    if (step?.kind !== 'record') throw new Error('no record');
    expect(step.contents.archived).toEqual([
      {
        path: 'layer_management/archive/2026-01/core-1.0.0.zip',
        artefact: { name: 'core', version: '1.0.0', sha256: other, gitSha: b },
      },
    ]);
    expect(step.contents.texts.map(({ path }) => path)).toEqual(['layer_management/archive/2026-01/manifest.json']);
    expect(step.date).toBe(Date.parse('2026-01-31T23:59:59Z') / 1000);
    const archived = layer({
      ...superseding,
      previous: {
        version: '1.0.0',
        sha256: other,
        size: 90,
        archivedAs: 'layer_management/archive/2025-12/core-1.0.0.zip',
      },
    });
    const again = planRelease(state([archived]), request).steps.find(({ kind }) => kind === 'record');
    expect(again?.kind === 'record' && [again.contents.archived, again.contents.texts]).toEqual([[], []]);
  });

  it.each<[string, Simple, Partial<Request>, string | null]>([
    ['other bytes under its key', layer({ object: { ...object, sha256: other } }), {}, 'object-conflict'],
    [
      'other bytes under its key, in a rehearsal',
      layer({ object: { ...object, sha256: other } }),
      { record: false },
      'object-conflict',
    ],
    ['its version published with other bytes', layer({ versions: [published(other)] }), {}, 'version-taken'],
    ['its version recorded with other bytes', layer({ manifest: recorded('1.1.0', other, 1) }), {}, 'version-taken'],
    ['a later version recorded', layer({ manifest: recorded('1.2.0', other, 1) }), {}, 'version-backwards'],
    [
      'a later version recorded, in a rehearsal',
      layer({ manifest: recorded('1.2.0', other, 1) }),
      { record: false },
      null,
    ],
    ['its tag on another commit', layer({ tagged: { name: 'v1.1.0', commit: b, annotated: true } }), {}, 'tag-taken'],
    [
      'its tag on another commit, and no tag wanted',
      layer({ tagged: { name: 'v1.1.0', commit: b, annotated: true } }),
      { tag: false },
      null,
    ],
    ['its tag on its commit', layer({ tagged: { name: 'v1.1.0', commit: a, annotated: true } }), {}, null],
    [
      'a layer version of another tool',
      layer({ versions: [{ ...published(other), description: 'made by hand' }] }),
      {},
      null,
    ],
  ])('%s', (_, one, asked, code) => {
    expect(refusal(one, asked)).toBe(code);
  });

  it('wants a branch for a commit, and none without', () => {
    expect(() => planRelease(state([layer()], { branch: null }), request)).toThrow(/detached/);
    expect(kinds(state([layer()], { branch: null }), { commit: false })).toEqual([
      'write-build',
      'put-object',
      'publish-version',
      'write-record',
      'tag',
    ]);
  });
});
