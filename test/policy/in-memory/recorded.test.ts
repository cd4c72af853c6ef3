import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/errors.js';
import { zippedLimit } from '../../../src/layer/limits.js';
import { facts } from '../../../src/policy/facts/index.js';
import type { Subject } from '../../../src/policy/subject.js';
import { checked, wellKept } from '../../kit/memory-check.js';
import { look, manifestOf, policy, readmeOf } from '../../kit/memory-look.js';
import { type MemoryRepo, memoryRepo } from '../../kit/memory-repo.js';

describe('records', () => {
  const said = (story: MemoryRepo, more: object = {}) =>
    JSON.stringify(
      {
        ...{ layer_name: 'core-dev', version: '1.2.3', git_sha: story.head(), build_date: '2026-01-15T12:00:00Z' },
        ...{ size_mb: 0.01, sha256: 'a'.repeat(64), size_bytes: 10_486, aws_arn_dev: null, ...more },
      },
      null,
      1,
    );
  const environment = (story: MemoryRepo, more: object = {}) => ({
    ...{ version: '1.0.0', arn: 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:1', sha256: 'b'.repeat(64) },
    ...{ git_sha: story.head(), published_at: '2026-01-15T12:00:00Z', previous: null, ...more },
  });

  it('of a new manifest, with its lines', async () => {
    const story = memoryRepo().commit(wellKept);
    const commit = story.head();
    story.commit({ [manifestOf('core')]: said(story, { environments: { dev: environment(story) } }) });
    const place = { layer: 'core', key: 'CORE_VERSION', file: manifestOf('core'), gitSha: commit, standing: 'before' };
    const versions = { versionThere: '1.2.3', versionNow: '1.2.3', tags: [], contradictions: [] };
    expect(await facts.records.learn(look(story))).toEqual({
      releases: [
        {
          ...place,
          ...versions,
          at: '',
          version: '1.2.3',
          lines: { version: 3, git_sha: 4, sha256: 7, size_bytes: 8, size_mb: 6 },
        },
        {
          ...place,
          ...versions,
          at: 'environments.dev.',
          version: '1.0.0',
          lines: { version: 12, git_sha: 15, sha256: 14 },
        },
      ],
      removed: [],
    });
  });

  it('of a manifest that goes, with what it recorded', async () => {
    const story = memoryRepo().commit(wellKept);
    story.commit({ [manifestOf('core')]: said(story), [readmeOf('core')]: 'x' });
    const base = story.head();
    story.commit({ [manifestOf('core')]: null, [readmeOf('core')]: 'y' });
    expect(await facts.records.learn(look(story))).toEqual({
      releases: [],
      removed: [{ file: manifestOf('core'), layer: 'core', version: '1.2.3', base }],
    });
  });

  it('are held against the manifest they replace, and not against that of another layer', async () => {
    const story = memoryRepo().commit(wellKept);
    const both = (more: object) => ({
      [manifestOf('core')]: said(story, more),
      [manifestOf('deps')]: said(story, { ...more, size_bytes: 20_000 }),
    });
    story.commit(both({ build_date: '2026-01-15T12:00:00Z' }));
    const base = story.head().slice(0, 7);
    story.commit(both({ sha256: 'c'.repeat(64) }));
    const { releases } = await facts.records.learn(look(story));
    const by = `the manifest in ${base}`;
    expect(releases.map(({ contradictions }) => contradictions.map(({ field, by }) => `${field} ${by}`))).toEqual([
      [`sha256 ${by}`],
      [`sha256 ${by}`],
    ]);
  });

  it('go by the tag that the manifest names for its latest release alone', async () => {
    const story = memoryRepo().commit(wellKept).tag('final').tag('core-v1.0.0');
    story.commit({
      [manifestOf('core')]: said(story, { git_tag: 'final', environments: { dev: environment(story) } }),
    });
    const { releases } = await facts.records.learn(look(story));
    expect(releases.map(({ at, tags }) => [at, ...tags.map(({ name }) => name)])).toEqual([
      ['', 'final'],
      ['environments.dev.', 'core-v1.0.0'],
    ]);
  });

  it('are part of an index, whatever they name', async () => {
    const story = memoryRepo().commit(wellKept).branch('side').commit({ x: '' });
    const side = said(story);
    story.branch('develop').commit({ [manifestOf('core')]: side });
    const standing = async (subject: Partial<Subject>) =>
      (await facts.records.learn(look(story, subject))).releases.map((one) => one.standing);
    expect([await standing({}), await standing({ head: null })]).toEqual([['beside'], ['before']]);
  });

  it('that are cut off are told by their layers, and no others', async () => {
    const story = memoryRepo().commit(wellKept);
    const gone = said(story);
    story.commit({ x: '1' });
    const kept = said(story);
    story.commit({ [manifestOf('core')]: gone, [manifestOf('deps')]: kept }).cut('HEAD~');
    const notes: string[] = [];
    const { releases } = await facts.records.learn(look(story, { whole: true }, {}, notes));
    expect(releases.map(({ layer, standing }) => `${layer} ${standing}`)).toEqual(['core unknown', 'deps before']);
    expect(notes).toEqual([
      'Where history is cut off, whether a release is part of it is not judged: core. Run: git fetch --unshallow',
    ]);
  });

  it('whose VERSION is not in this clone are not compared with it, and that is said', async () => {
    const story = memoryRepo().commit(wellKept);
    const [commit, lost] = [story.head(), story.oid('VERSION')];
    story.commit({ [manifestOf('core')]: said(story), VERSION: 'CORE_VERSION=1.2.4\n' }).lose(lost);
    const notes: string[] = [];
    const [one] = (await facts.records.learn(look(story, {}, {}, notes))).releases;
    expect([one?.versionThere, one?.versionNow, one?.standing]).toEqual([undefined, '1.2.4', 'before']);
    expect(notes).toEqual([
      `VERSION of ${commit.slice(0, 12)} is not in this clone, so core was not compared with it.`,
    ]);
  });

  it.each([
    ['of the disk', new Error('no disk')],
    ['that is told as ours', failure('no-commit', {})],
  ])('fail where VERSION cannot be read for a reason %s', async (_, reason) => {
    const story = memoryRepo().commit(wellKept);
    const old = story.oid('VERSION');
    story.commit({ [manifestOf('core')]: said(story), VERSION: 'CORE_VERSION=1.2.4\n' });
    const blob: typeof story.git.blob = (oid, limit) =>
      oid === old ? Promise.reject(reason) : story.git.blob(oid, limit);
    await expect(facts.records.learn(look(story, {}, { git: { ...story.git, blob } }))).rejects.toBe(reason);
  });

  it('may name no commit, and may not forget one', async () => {
    const story = memoryRepo().commit(wellKept);
    const commit = story.head();
    story.commit({ [manifestOf('core')]: said(story) });
    const base = story.head().slice(0, 7);
    story.commit({ [manifestOf('core')]: said(story, { git_sha: null }) });
    const [forgotten] = (await facts.records.learn(look(story))).releases;
    expect(forgotten).toMatchObject({ gitSha: null, standing: 'unnamed', versionThere: undefined });
    expect(forgotten?.contradictions).toEqual([
      { field: 'git_sha', here: 'null', there: commit, by: `the manifest in ${base}` },
    ]);
    story.commit({ [manifestOf('core')]: said(story, { git_sha: null, build_date: '2026-01-16T12:00:00Z' }) });
    expect((await facts.records.learn(look(story))).releases[0]?.contradictions).toEqual([]);
    story.commit({ [manifestOf('core')]: said(story, { git_sha: commit }) });
    expect((await facts.records.learn(look(story))).releases[0]?.contradictions).toEqual([]);
  });

  it('of which several things cannot be told say so in one order', async () => {
    const zip = 'layer_management/archive/2026-01/core-1.2.3.zip';
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
    const story = memoryRepo().commit(wellKept);
    story.commit({ [manifestOf('core')]: said(story, { git_tag: 'final' }), [zip]: pointer });
    expect((await checked(story, { stage: 'all', rule: ['manifest-truth'] })).notices).toEqual([
      'Tags that manifests name and this clone does not have were not compared: final. Run: git fetch --tags',
      `${zip} was not compared with its manifest: it is in Git LFS.`,
    ]);
  });

  it('of a zip that is too large are not compared with it, and that is said', async () => {
    const story = memoryRepo().commit(wellKept);
    const zip = 'layer_management/archive/2026-01/core-1.2.3.zip';
    story.commit({ [manifestOf('core')]: said(story), [zip]: new Uint8Array(zippedLimit + 1) });
    const notes: string[] = [];
    const [one] = (await facts.records.learn(look(story, {}, {}, notes))).releases;
    expect([one?.contradictions, notes]).toEqual([
      [],
      [`${zip} was not compared with its manifest: it is larger than 50 MB.`],
    ]);
  });
});

describe('a tag', () => {
  const of = async (story: MemoryRepo, oid: string | null, subject: object = {}) => {
    const tags = [{ name: 'core-v1.2.3', oid, was: null, isGuess: false, ...subject }];
    const [found] = await facts.releaseTags.learn(look(story, { tags }));
    return found;
  };
  const story = memoryRepo().commit({ x: '' }).commit(wellKept).tag('core-v1.2.3');

  it.each<[what: string, oid: () => Promise<string | null>, form: string]>([
    ['an annotated one', async () => (await story.git.object('refs/tags/core-v1.2.3'))?.oid ?? '', 'annotated'],
    ['a commit', async () => story.head(), 'plain'],
    ['a blob', async () => story.oid('VERSION'), 'blob'],
    ['a folder', async () => (await story.git.tree(story.head()).folder('')) ?? '', 'tree'],
    ['nothing', async () => null, 'deleted'],
  ])('that is %s', async (_, oid, form) => {
    expect(await of(story, await oid())).toMatchObject({ tag: 'core-v1.2.3', name: 'core', version: '1.2.3', form });
  });

  it('that may have been an annotated one', async () => {
    expect((await of(story, story.head(), { isGuess: true }))?.form).toBe('unknown');
  });

  it('of what nobody declares there has the key it has by now', async () => {
    const git = { ...story.git };
    const before = { ...policy, layers: {} };
    const tags = [{ name: 'core-v1.2.3', oid: story.head(), was: null, isGuess: false }];
    const [found] = await facts.releaseTags.learn(look(story, { tags }, { git, policyAt: async () => before }));
    expect(found).toMatchObject({ key: 'CORE_VERSION', found: '1.2.3', file: 'VERSION' });
  });

  it('that leads to something that leads to no commit is a blob', async () => {
    const git = { ...story.git, object: async () => ({ oid: 'x', type: 'tag' }), commit: async () => null };
    const tags = [{ name: 'core-v1.2.3', oid: 'x', was: null, isGuess: false }];
    const [found] = await facts.releaseTags.learn(look(story, { tags }, { git }));
    expect(found).toMatchObject({ commit: null, found: null, form: 'blob', key: 'CORE_VERSION' });
  });
});
