import { describe, expect, it } from 'vitest';
import { entriesIn } from '../../../src/policy/facts/entries.js';
import { paths } from '../../../src/policy/facts/paths.js';
import { tipPaths } from '../../../src/policy/facts/tip-paths.js';
import { ruleFiles } from '../../../src/policy/policy.js';
import type { Look } from '../../../src/policy/subject.js';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { memoryRepo, type Story, submodule, symlink } from '../../kit/memory-repo.js';

describe('paths of a change', () => {
  const bytes = 'YQ==';
  const change = (status: string, path: string, commit: string, more: object = {}) => ({
    status,
    path,
    mode: '100644',
    commit,
    ...more,
  });
  const history = [
    change('A', 'a', '1'),
    change('M', 'a', '2', { mode: '100755' }),
    change('D', 'b', '2'),
    change('A', 'c', '2', { mode: '120000' }),
    change('M', 'c', '3'),
    change('A', 'd\\xff', '3', { pathBytes: bytes }),
    change('A', 'd\\xff', '4', { pathBytes: 'Yg==' }),
    change('A', 'd\\xff', '4'),
    change('M', 'd\\xff', '5', { pathBytes: bytes }),
  ];
  const look = {
    subject: { whole: false, history: async () => history, changes: async () => history },
  } as unknown as Look;

  it('are told once a kind, with the commit that brought them first', async () => {
    const found = [...(await paths.learn(look))].map((one) => ({ ...one }));
    expect(found).toEqual([
      { path: 'a', mode: '100644', commit: '1' },
      { path: 'c', mode: '120000', commit: '2' },
      { path: 'c', mode: '100644', commit: '3' },
      { path: 'd\\xff', pathBytes: bytes, mode: '100644', commit: '3' },
      { path: 'd\\xff', pathBytes: 'Yg==', mode: '100644', commit: '4' },
      { path: 'd\\xff', mode: '100644', commit: '4' },
    ]);
  });

  it('as they are at its end are all but those that are gone', async () => {
    const found = [...(await tipPaths.learn(look))];
    expect(found.map(({ path, commit }) => `${path} ${commit}`)).toEqual(
      history.filter(({ status }) => status !== 'D').map(({ path, commit }) => `${path} ${commit}`),
    );
    expect(found[3]).toEqual({ path: 'c', mode: '100644', commit: '3' });
  });

  it('that a policy forbids count at its end, or at any time', async () => {
    const of = (history: boolean) =>
      policyFile({ rules: { 'forbidden-paths': ['error', { paths: ['*.pem'], history }] } });
    for (const history of [true, false]) {
      const story = memoryRepo()
        .commit({ ...wellKept, ...of(history), 'old.pem': '' })
        .branch('feature');
      story.commit({ 'a.pem': '', 'b.pem': '' }).commit({ 'a.pem': null });
      const files = async (stage: string) =>
        (await checked(story, { stage, rule: ['forbidden-paths'] })).findings.map(({ file }) => file);
      expect(await files('ci')).toEqual(history ? ['a.pem', 'b.pem'] : ['b.pem']);
      expect(await files('all')).toEqual(['b.pem', 'old.pem']);
    }
  });
});

it('entries of a folder, or of all there is, in a commit and in the index', async () => {
  const story = memoryRepo().commit({ a: '1', 'b/c': '2', 'b/d/e': '3' });
  for (const tree of [story.git.index(), story.git.tree(story.head())]) {
    expect((await entriesIn(tree, '')).map(({ path }) => path).sort()).toEqual(['a', 'b/c', 'b/d/e']);
    expect((await entriesIn(tree, 'b')).map(({ path }) => path).sort()).toEqual(['b/c', 'b/d/e']);
    expect(await entriesIn(tree, 'x')).toEqual([]);
  }
});

describe('a manifest that is none', () => {
  const manifest = 'layer_management/active/core/manifest.json';
  const readme = { 'layer_management/active/core/README.md': '' };
  it.each<[content: Story[string], says: string]>([
    [symlink('x'), 'it is a symbolic link, not a file'],
    [submodule, 'it is a submodule, not a file'],
    [' '.repeat(1024 * 1024 + 1), 'it is larger than 1 MiB'],
  ])('%#: %s', async (content, says) => {
    const story = memoryRepo().commit({ ...wellKept, ...readme, [manifest]: content });
    const { findings } = await checked(story, { stage: 'all', rule: ['manifest-schema'] });
    expect(findings).toMatchObject([{ file: manifest, line: null, message: expect.stringContaining(says) }]);
  });
});

it('of plugins those that are files of the repository are part of what is judged', () => {
  const kinds = { a: { rule: {} }, 'b/x': { rule: {}, plugin: './policy/b.mjs' }, 'c/x': { rule: {}, plugin: 'acme' } };
  expect(ruleFiles({ kinds } as never)).toEqual(['policy/b.mjs']);
});
