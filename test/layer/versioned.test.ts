import { describe, expect, it } from 'vitest';
import { blobUpTo } from '../../src/layer/blob.js';
import { recordedRelease } from '../../src/layer/manifest-version.js';
import { commonFolder, readVersionFile, treeOf, versionedThings, versionsIn } from '../../src/layer/versioned.js';
import type { Git, Tree } from '../../src/ports.js';
import { examplePolicy } from '../../src/rule/examples.js';
import { type MemoryRepo, memoryRepo as repo, symlink } from '../kit/memory-repo.js';

const manifest = 'layer_management/active/inbox-core/manifest.json';
const policy = { ...examplePolicy, versioned: { CANONICAL: ['canonical/**/*.yaml', 'canonical/x.json'] } };
const { all, at } = versionedThings(policy);
const files = {
  VERSION: 'INBOX_CORE_VERSION=1.2.3\nCANONICAL=1.1\n',
  'src_v2/inbox_core/a.py': 'a\n',
  'src_v2/lambdas/ingest/handler.py': 'h\n',
  'canonical/deep/a.yaml': 'a: 1\n',
  'canonical/notes.md': 'n\n',
};

const reading = <Answer>({ git, head }: MemoryRepo, ask: (git: Git, head: Tree) => Promise<Answer>): Promise<Answer> =>
  ask(git, git.tree(head()));

/** Which of all the versioned things have another content, and which another place, after a change. */
async function changed(change: Record<string, string | null>) {
  const story = repo().commit('init', files);
  const before = story.head();
  story.commit('change', change);
  return reading(story, async (git, head) => {
    const told = { content: [] as string[], place: [] as string[] };
    for (const thing of all) {
      if ((await thing.content(git.tree(before))) !== (await thing.content(head))) told.content.push(thing.name);
      if ((await thing.place(git.tree(before))) !== (await thing.place(head))) told.place.push(thing.name);
    }
    return told;
  });
}

describe('versioned things', () => {
  it('are the layers, the functions and the free keys', () => {
    expect(all.map(({ name, key, tag }) => ({ name, key, tag }))).toEqual([
      { name: 'inbox-core', key: 'INBOX_CORE_VERSION', tag: 'inbox-core-v{version}' },
      { name: 'ingest', key: 'INGEST_VERSION', tag: 'ingest-v{version}' },
      { name: 'CANONICAL', key: 'CANONICAL', tag: null },
    ]);
    expect(versionedThings(policy).all).toBe(all);
  });

  it.each([
    ['src_v2/inbox_core/a/b.py', ['inbox-core']],
    ['src_v2/inbox_core', ['inbox-core']],
    ['src_v2/inbox_core2/a.py', []],
    ['src_v2/a.py', []],
    ['canonical/a.yaml', ['CANONICAL']],
    ['canonical/x.json', ['CANONICAL']],
    ['canonical/y.json', []],
  ])('%s is part of %j', (path, names) => expect(at(path).map(({ name }) => name)).toEqual(names));

  it('may share a source', () => {
    const layers = { ...policy.layers, twin: { ...policy.layers['inbox-core'], name: 'twin' } } as typeof policy.layers;
    const shared = versionedThings({ ...policy, layers });
    expect(shared.at('src_v2/inbox_core/a.py').map(({ name }) => name)).toEqual(['inbox-core', 'twin']);
    expect(shared.all).toHaveLength(4);
  });

  it.each<[string, Record<string, string | null>, { content: string[]; place: string[] }]>([
    ['a file of a layer', { 'src_v2/inbox_core/a.py': 'b\n' }, { content: ['inbox-core'], place: ['inbox-core'] }],
    ['a file of a function', { 'src_v2/lambdas/ingest/x.py': '' }, { content: ['ingest'], place: ['ingest'] }],
    ['what is not packed', { 'src_v2/inbox_core/a.bak': 'x' }, { content: [], place: ['inbox-core'] }],
    ['what the globs name', { 'canonical/deep/a.yaml': 'a: 2\n' }, { content: ['CANONICAL'], place: ['CANONICAL'] }],
    ['what lies beside it', { 'canonical/notes.md': 'm\n' }, { content: [], place: ['CANONICAL'] }],
    ['anything else', { 'README.md': 'r\n' }, { content: [], place: [] }],
  ])('tell by content and place of a change of %s', async (_, change, expected) => {
    expect(await changed(change)).toEqual(expected);
  });

  it('have neither where they are not', async () => {
    const story = repo().commit('init', { 'README.md': 'r\n', 'canonical/notes.md': 'n\n' });
    await reading(story, async (_, head) => {
      const [core, , canonical] = all;
      expect([await core?.place(head), await core?.content(head)]).toEqual([null, null]);
      expect(await canonical?.content(head)).toBeNull();
    });
    await reading(repo().commit('init', { 'README.md': 'r\n' }), async (_, head) => {
      expect(await all[2]?.place(head)).toBeNull();
    });
  });

  it('of one file are that file', async () => {
    const source = 'src_v2/requirements.txt';
    const layers = { deps: { ...policy.layers['inbox-core'], name: 'deps', source } } as typeof policy.layers;
    const [deps] = versionedThings({ ...policy, layers }).all;
    const story = repo().commit('init', { [source]: 'a==1\n' });
    const oid = story.oid(source);
    expect(await reading(story, async (_, head) => deps?.content(head))).toBe(`100644 ${source}\0${oid}\n`);
  });
});

describe('the folder that globs share', () => {
  it.each([
    [['canonical/**'], 'canonical'],
    [['canonical/a.yaml'], 'canonical'],
    [['a/b/c*/d', 'a/b/e/*'], 'a/b'],
    [['a/b/*', 'a/c/*'], 'a'],
    [['a/b/*', 'a/b/c/d/*'], 'a/b'],
    [['a/b/c/d/*', 'a/b/*'], 'a/b'],
    [['a/*', 'b/*'], ''],
    [['**/x'], ''],
    [['a/{b,c}/d'], 'a'],
    [['a/[b]/d'], 'a'],
    [['a/b?/d'], 'a'],
    [['a/\\b/d'], 'a'],
    [[], ''],
  ])('of %j is %j', (globs, folder) => expect(commonFolder(globs)).toBe(folder));
});

describe('VERSION in a tree', () => {
  it('is read', async () => {
    const values = await reading(repo().commit('init', files), (git, head) => versionsIn(git, head, 'VERSION'));
    expect([...values]).toEqual([
      ['INBOX_CORE_VERSION', '1.2.3'],
      ['CANONICAL', '1.1'],
    ]);
  });

  it.each([
    ['absent', {}],
    ['a folder', { 'VERSION/a': 'A=1.2.3\n' }],
    ['a link', { VERSION: symlink('other'), other: 'A=1.2.3\n' }],
  ])('that is %s says nothing', async (_, story) => {
    const file = await reading(repo().commit('init', { 'README.md': '', ...story }), async (git, head) =>
      readVersionFile(git, await head.entry('VERSION')),
    );
    expect(file).toEqual({ values: new Map(), lines: new Map(), problems: [] });
  });

  it('that is too large is not read', async () => {
    const story = repo().commit('init', { VERSION: `A=1.2.3\n${'#\n'.repeat(40_000)}` });
    const file = await reading(story, async (git, head) => readVersionFile(git, await head.entry('VERSION')));
    expect(file.values.size).toBe(0);
    expect(file.problems).toEqual([expect.objectContaining({ problem: 'too-large' })]);
  });
});

describe('a blob', () => {
  it('beyond the limit is null; what is no blob is a failure still', async () => {
    const story = repo().commit('init', { a: '12345' });
    const oid = story.oid('a');
    await reading(story, async (git) => {
      expect(await blobUpTo(git, oid, 5)).toHaveLength(5);
      expect(await blobUpTo(git, oid, 4)).toBeNull();
      await expect(blobUpTo(git, 'f'.repeat(40), 5)).rejects.toMatchObject({ code: 'object-missing' });
      await expect(blobUpTo({ blob: async () => Promise.reject(new Error('disk')) }, oid, 5)).rejects.toThrow('disk');
    });
  });

  it('of no commit has no tree', async () => {
    await reading(repo().commit('init', { a: '' }), async (git, head) => {
      expect(treeOf(git, null)).toBeNull();
      expect(treeOf(git, head.commit)?.commit).toBe(head.commit);
    });
  });
});

describe('the release that a manifest records', () => {
  const commit = 'a'.repeat(40);
  const recorded = (content: string | ReturnType<typeof symlink> | null) =>
    reading(
      repo().commit('init', { 'README.md': '', target: '{}', ...(content !== null && { [manifest]: content }) }),
      (git, head) => recordedRelease(git, head, 'inbox-core'),
    );

  it.each([
    ['in forty digits', commit],
    ['in sixty-four', 'b'.repeat(64)],
  ])('is its version and commit, %s', async (_, git_sha) => {
    expect(await recorded(JSON.stringify({ version: '1.2.3', git_sha }))).toEqual({
      version: '1.2.3',
      commit: git_sha,
    });
  });

  it.each([
    ['is absent', null],
    ['is a link', symlink('../../../target')],
    ['is no JSON', '{'],
    ['is null', 'null'],
    ['names no version', JSON.stringify({ git_sha: commit })],
    ['names a version that is no text', JSON.stringify({ version: 1, git_sha: commit })],
    ['names no commit', JSON.stringify({ version: '1.2.3' })],
    ['names a commit that is no text', JSON.stringify({ version: '1.2.3', git_sha: [commit] })],
    ['names half a commit', JSON.stringify({ version: '1.2.3', git_sha: commit.slice(1) })],
    ['names more than a commit', JSON.stringify({ version: '1.2.3', git_sha: `${commit}a` })],
    ['names something around a commit', JSON.stringify({ version: '1.2.3', git_sha: ` ${commit}` })],
    ['is larger than a manifest', JSON.stringify({ version: '1.2.3', git_sha: commit }) + ' '.repeat(1024 * 1024)],
  ])('is nothing where it %s', async (_, content) => expect(await recorded(content)).toBeNull());
});
