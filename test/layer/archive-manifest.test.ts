import { describe, expect, it } from 'vitest';
import { archivedArtefact, isArchived, readArchiveManifest, withArchived } from '../../src/layer/archive-manifest.js';
import type { Manifest } from '../../src/layer/manifest.js';

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
