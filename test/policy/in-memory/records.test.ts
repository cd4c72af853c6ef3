import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story, symlink } from '../../kit/memory-repo.js';

const place = 'layer_management/active/core/manifest.json';
const digest = (digit: string) => digit.repeat(64);

function manifest(story: MemoryRepo, more: Record<string, unknown> = {}, at = place): Story {
  const said = {
    ...{ layer_name: 'core-dev', version: '1.2.3', git_sha: story.head(), build_date: '2026-01-15T12:00:00Z' },
    ...{ size_mb: 0.01, sha256: digest('a'), size_bytes: 10_486, aws_arn_dev: null },
  };
  return { [at]: JSON.stringify({ ...said, ...more }) };
}

const started = () => memoryRepo().commit(wellKept);
const told = async (story: MemoryRepo, stage: 'all' | 'ci' | 'pre-push' = 'all') => {
  const { says, notices } = await checked(story, { stage, rule: ['manifest-truth'] });
  return [...says.map((one) => one.replace(`${place}: `, '')), ...notices];
};

describe('a manifest of the latest release', () => {
  it.each<[what: string, tell: (story: MemoryRepo) => Story, says: (string | RegExp)[]]>([
    ['as it is', (story) => manifest(story), []],
    [
      'with a version that VERSION did not have there',
      (story) => manifest(story, { version: '1.2.0' }),
      [/^version is 1\.2\.0, and CORE_VERSION is 1\.2\.3 at its commit [0-9a-f]{12}$/],
    ],
    [
      'with a version above VERSION',
      (story) => manifest(story, { version: '1.2.4' }),
      ['version is 1.2.4, and CORE_VERSION is 1.2.3', /^version is 1\.2\.4, and CORE_VERSION is 1\.2\.3 at/],
    ],
    [
      'of a commit that is none of this repository',
      (story) => manifest(story, { git_sha: 'e'.repeat(40) }),
      ['git_sha eeeeeeeeeeee is no object of this repository'],
    ],
    [
      'of a blob',
      (story) => manifest(story, { git_sha: story.oid('VERSION') }),
      [/^git_sha [0-9a-f]{12} is a blob, not a commit$/],
    ],
    [
      'with a tag that is not here',
      (story) => manifest(story, { git_tag: 'core-v1.2.3' }),
      ['Tags that manifests name and this clone does not have were not compared: core-v1.2.3. Run: git fetch --tags'],
    ],
    [
      'of a layer that nobody declares',
      (story) => manifest(story, { version: '9.0.0' }, 'layer_management/active/gone/manifest.json'),
      [],
    ],
    ['that breaks its schema', (story) => manifest(story, { version: 'new' }), []],
  ])('%s', async (_, tell, says) => {
    const story = started();
    const expected = says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one)));
    expect(await told(story.commit(tell(story)))).toEqual(expected);
  });

  it('of a commit beside the judged history', async () => {
    const story = started().branch('side').commit({ 'src/core/s.py': '' });
    const side = manifest(story);
    expect(await told(story.branch('develop').commit(side))).toEqual([
      expect.stringMatching(/^git_sha [0-9a-f]{12} is no part of this history$/),
    ]);
  });

  it.each([
    ['by the template of the layer', {}, 'core-v1.2.3'],
    ['by its own word', { git_tag: 'final' }, 'final'],
  ])('whose tag, %s, is elsewhere', async (_, more, tag) => {
    const story = started();
    story.commit(manifest(story, more)).tag(tag);
    expect(await told(story)).toEqual([
      `tag ${tag} is on ${story.head().slice(0, 12)}, and git_sha of 1.2.3 is ${story.head('HEAD~').slice(0, 12)}`,
    ]);
    expect(await told(story.tag(tag, { at: 'HEAD~' }))).toEqual([]);
  });

  it('names many tags that are not here in a few words', async () => {
    const story = started();
    const layers = Object.fromEntries(
      ['l1', 'l2', 'l3', 'l4', 'l5'].map((name) => [
        name,
        { build: 'source', source: `src/${name}`, versionKey: 'CORE_VERSION', layerName: `${name}-{env}` },
      ]),
    );
    story.commit(policyFile({ layers, functions: {} }));
    for (const name of Object.keys(layers)) {
      story.stage(
        manifest(
          story,
          { git_tag: `t-${name}`, layer_name: `${name}-dev` },
          `layer_management/active/${name}/manifest.json`,
        ),
      );
    }
    expect(await told(story.commit())).toEqual([
      'Tags that manifests name and this clone does not have were not compared: t-l1, t-l2, t-l3 and 2 more. Run: git fetch --tags',
    ]);
  });
});

describe('a manifest and what else tells of its release', () => {
  const environment = (story: MemoryRepo, more: Record<string, unknown> = {}) => ({
    environments: {
      dev: {
        ...{ version: '1.2.3', arn: 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:1', sha256: digest('a') },
        ...{ git_sha: story.head(), published_at: '2026-01-15T12:00:00Z', previous: null },
        ...more,
      },
    },
  });

  it.each<[what: string, more: Record<string, unknown>, says: (string | RegExp)[]]>([
    ['the same', {}, []],
    [
      'another digest',
      { sha256: digest('b') },
      [/^environments\.dev\.sha256 of 1\.2\.3 is b{12,64}.*, and its latest release has a/],
    ],
    [
      'an earlier version that VERSION never had',
      { version: '1.0.0', sha256: digest('b') },
      [/^environments\.dev\.version is 1\.0\.0, and CORE_VERSION is 1\.2\.3 at its commit/],
    ],
    [
      'a commit that is not here',
      { git_sha: 'e'.repeat(40) },
      ['environments.dev.git_sha eeeeeeeeeeee is no object of this repository'],
    ],
  ])('an environment has %s', async (_, more, says) => {
    const story = started();
    const arn = { aws_arn_dev: 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:1' };
    story.commit(manifest(story, { ...arn, ...environment(story, more) }));
    expect(await told(story)).toEqual(says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
  });

  it.each<[what: string, more: Record<string, unknown>, says: (string | RegExp)[]]>([
    ['the same', {}, []],
    ['another digest', { sha256: digest('b') }, [/^sha256 of 1\.2\.3 is b/]],
    ['another size', { size_bytes: 10_487 }, ['size_bytes of 1.2.3 is 10487, and the manifest in BASE has 10486']],
    ['another size in MB', { size_mb: 0.02 }, ['size_mb of 1.2.3 is 0.02, and the manifest in BASE has 0.01']],
  ])('the manifest it replaces has %s', async (_, more, says) => {
    const story = started();
    const first = manifest(story);
    const again = manifest(story, more);
    story
      .commit(first)
      .branch('feature')
      .commit({ ...again, 'README.md': '' });
    const base = story.head('develop').slice(0, 7);
    const expected = says.map((one) =>
      typeof one === 'string' ? one.replace('BASE', base) : expect.stringMatching(one),
    );
    expect(await told(story, 'ci')).toEqual(expected);
  });

  it('the record of a declared layer is gone', async () => {
    const story = started();
    story
      .commit(manifest(story))
      .branch('feature')
      .commit({ [place]: null });
    expect(await told(story, 'ci')).toEqual(['the record of 1.2.3 is gone, and core is still declared']);
    expect(await told(story.commit(policyFile({ layers: {}, functions: {} })), 'ci')).toEqual([]);
  });

  const zipped = 'layer_management/archive/2026-01/core-1.2.3.zip';
  it.each<[what: string, zip: Story, says: (string | RegExp)[]]>([
    [
      'another zip',
      { [zipped]: 'PK' },
      [
        /^sha256 of 1\.2\.3 is a+, and .*core-1\.2\.3\.zip has [0-9a-f]+$/,
        `size_bytes of 1.2.3 is 10486, and ${zipped} has 2`,
      ],
    ],
    ['a zip of another version', { 'layer_management/archive/2026-01/core-1.2.4.zip': 'PK' }, []],
    ['a link', { [zipped]: symlink('x') }, []],
    [
      'a pointer of Git LFS',
      { [zipped]: `version https://git-lfs.github.com/spec/v1\noid sha256:${digest('a')}\nsize 12345\n` },
      [`${zipped} was not compared with its manifest: it is in Git LFS.`],
    ],
    ['nothing but a note', { 'layer_management/archive/2026-01/README.md': 'x' }, []],
  ])('the archive has %s', async (_, zip, says) => {
    const story = started();
    story.commit({ ...manifest(story), ...zip });
    const expected = says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one)));
    expect((await told(story)).sort()).toEqual(expected);
  });

  it('a zip that the manifest tells of', async () => {
    const story = started();
    const zip = { sha256: createHash('sha256').update('PK').digest('hex'), size_bytes: 2, size_mb: 0 };
    expect(await told(story.commit({ ...manifest(story, zip), [zipped]: 'PK' }))).toEqual([]);
  });
});

describe('what a clone does not have', () => {
  it('is no fault of the manifest where history is cut off', async () => {
    const story = started();
    const before = manifest(story);
    story.commit(before).cut();
    expect(await told(story)).toEqual([
      'Where history is cut off, whether a release is part of it is not judged: core. Run: git fetch --unshallow',
    ]);
  });

  it('is nothing to tell of where it is not needed', async () => {
    const story = started().commit({ 'README.md': '' }).cut();
    story.commit(manifest(story));
    expect(await told(story)).toEqual([]);
  });
});

it('a change that touches no manifest, no VERSION and no archive is not asked', async () => {
  const story = started();
  story
    .commit(manifest(story, { version: '1.2.0' }))
    .branch('feature')
    .commit({ 'README.md': '' });
  expect(await told(story, 'ci')).toEqual([]);
  expect(await told(story.commit({ VERSION: `${story.read('VERSION')}# more\n` }), 'ci')).toHaveLength(1);
  story.branch('other', 'develop').commit({ 'layer_management/archive/2026-01/README.md': '' });
  expect(await told(story, 'ci')).toHaveLength(1);
});
