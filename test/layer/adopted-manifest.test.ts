import { expect, it } from 'vitest';
import { type Adopted, adoptedManifest } from '../../src/layer/adopted-manifest.js';
import type { Manifest } from '../../src/layer/manifest.js';
import type { Version } from '../../src/layer/version.js';

const published = {
  ...{ layerName: 'core-dev', version: 4, arn: 'arn:core-dev:4', description: '', sha256: 'new', size: 1_500_000 },
  createdAt: '2026-01-02T00:00:00Z',
};
const adopted = (version: string, before: Manifest | null, more: Partial<Adopted> = {}): Manifest =>
  adoptedManifest(
    {
      ...{ layer: { name: 'core', layerName: '{name}-{env}' }, version: version as Version, published, before },
      ...{ gitSha: null, buildDate: null, ...more },
    },
    'stage',
    ['dev', 'stage'],
  );
const before: Manifest = {
  ...{ layer_name: 'core-dev', version: '1.1.0', git_sha: null, build_date: 'then', sha256: 'old', size_bytes: 1 },
  ...{ size_mb: 0, notes: 'by hand', git_tag: 'core-1.1.0', aws_arn_dev: 'arn:core-dev:3', 'x-team': 'us' },
  environments: {
    dev: {
      version: '1.1.0',
      arn: 'arn:core-dev:3',
      sha256: 'old',
      git_sha: null,
      published_at: 'then',
      previous: null,
    },
  },
};
const stage = {
  ...{ arn: 'arn:core-dev:4', sha256: 'new', published_at: '2026-01-02T00:00:00Z', previous: null },
};

it('what nobody recorded is null, and the rest is what runs', () => {
  expect(adopted('1.1.0', null)).toEqual({
    ...{ layer_name: 'core-dev', version: '1.1.0', git_sha: null, git_tag: null, git_branch: null, build_date: null },
    ...{ build_user: null, sha256: 'new', size_bytes: 1_500_000, size_mb: expect.any(Number), notes: null },
    aws_arn_dev: null,
    aws_arn_stage: 'arn:core-dev:4',
    environments: { stage: { ...stage, version: '1.1.0', git_sha: null } },
  });
});

it('of the recorded release only the zip is new, and what was not known', () => {
  const { size_mb, ...rest } = adopted('1.1.0', before, { gitSha: 'g' as never, buildDate: 'now' });
  expect(rest).toMatchObject({ git_sha: 'g', build_date: 'then', sha256: 'new', size_bytes: 1_500_000 });
  expect(rest).toMatchObject({ notes: 'by hand', git_tag: 'core-1.1.0', 'x-team': 'us' });
  expect(Object.keys(rest.environments ?? {})).toEqual(['dev', 'stage']);
  expect(adopted('1.1.0', { ...before, git_sha: 'h', build_date: null }, { buildDate: 'now' })).toMatchObject({
    ...{ git_sha: 'h', build_date: 'now' },
  });
});

it('of a later one than is recorded all is new but environments and what is people s own', () => {
  const { aws_arn_dev, aws_arn_stage, environments, ...rest } = adopted('1.10.0', before, { gitSha: 'g' as never });
  expect(rest).toEqual({
    ...{ layer_name: 'core-dev', version: '1.10.0', git_sha: 'g', git_tag: null, git_branch: null, build_date: null },
    ...{ build_user: null, sha256: 'new', size_bytes: 1_500_000, size_mb: expect.any(Number), notes: null },
    'x-team': 'us',
  });
  expect([aws_arn_dev, aws_arn_stage]).toEqual(['arn:core-dev:3', 'arn:core-dev:4']);
  expect(environments).toEqual({ ...before.environments, stage: { ...stage, version: '1.10.0', git_sha: 'g' } });
});

it('of an earlier one only the environment is told', () => {
  const { environments, aws_arn_stage, ...rest } = adopted('1.0.0', before);
  const { environments: _, ...same } = before;
  expect(rest).toEqual(same);
  expect([environments?.stage?.version, aws_arn_stage]).toEqual(['1.0.0', 'arn:core-dev:4']);
});
