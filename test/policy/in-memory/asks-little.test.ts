import { describe, expect, it } from 'vitest';
import type { Git, Tree } from '../../../src/ports.js';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story } from '../../kit/memory-repo.js';

const names = Array.from({ length: 20 }, (_, i) => `l${i}`);
const layers = Object.fromEntries(
  names.map((name) => [
    name,
    { build: 'source', source: `src/${name}`, versionKey: `${name.toUpperCase()}_VERSION`, layerName: `${name}-{env}` },
  ]),
);
const versions = (more: Record<string, string> = {}) =>
  names.map((name) => `${name.toUpperCase()}_VERSION=${more[name] ?? '1.0.0'}\n`).join('');
const many = (policy: object = {}): Story => ({
  ...wellKept,
  ...policyFile({ layers, functions: {}, ...policy }),
  VERSION: versions(),
  ...Object.fromEntries(names.map((name) => [`src/${name}/a.py`, `${name}\n`])),
});

/** What one rule asks git for, each once: `list src/l7`. */
async function asked(story: MemoryRepo, rule: string, stage: 'ci' | 'pre-commit'): Promise<string[]> {
  const found = new Set<string>();
  const told = <Answer>(question: string, answer: Answer): Answer => {
    found.add(question);
    return answer;
  };
  const watched = (tree: Tree): Tree => ({
    ...tree,
    list: (folder) => told(`list ${folder}`, tree.list(folder)),
    folder: (path) => told(`folder ${path}`, tree.folder(path)),
    names: (folder) => told(`names ${folder}`, tree.names(folder)),
  });
  const trees = new Map<string, Tree>();
  const git: Git = {
    ...story.git,
    index: () => watched(story.git.index()),
    tree(commit) {
      const tree = trees.get(commit) ?? watched(story.git.tree(commit));
      trees.set(commit, tree);
      return tree;
    },
  };
  await checked({ ...story, git }, { stage, rule: [rule] });
  return [...found].sort();
}

describe('of twenty layers', () => {
  const perCommit = { rules: { 'version-bump': ['error', { per: 'commit' }] } };
  it.each<[what: string, change: Story, asks: string[]]>([
    ['a change of one', { 'src/l7/a.py': 'x' }, ['folder src/l7', 'list src/l7']],
    ['a raise of one', { VERSION: versions({ l7: '1.0.1' }) }, ['folder src/l7']],
    ['a comment beside the versions', { VERSION: `# all\n${versions()}` }, []],
    ['a change of none', { 'docs/a.md': 'x' }, []],
  ])('%s looks at that one alone', async (_, change, asks) => {
    for (const policy of [{}, perCommit]) {
      const story = memoryRepo().commit(many(policy)).branch('feature').stage(change);
      expect(await asked(story, 'version-bump', 'pre-commit')).toEqual(asks);
      expect(await asked(story.commit(), 'version-bump', 'ci')).toEqual(asks);
    }
  });
});

describe('of required paths', () => {
  const required = policyFile({
    rules: { 'required-paths': ['error', { paths: ['docs/**/*.md', 'VERSION', 'src/l*'] }] },
  });
  it.each<[what: string, change: Story, asks: string[]]>([
    ['nothing, where none is touched', { 'a.md': '' }, []],
    [
      'no folder whose file the change brings',
      { 'docs/x/b.md': '', VERSION: 'A=1\n', 'src/lx': '' },
      ['list docs/**/*.md', 'list src/l*'],
    ],
    [
      'the folder whose file it takes away',
      { 'docs/x/a.md': null, 'src/lx': '' },
      ['list docs', 'list docs/**/*.md', 'list src/l*'],
    ],
  ])('%s', async (_, change, asks) => {
    const story = memoryRepo()
      .commit({ ...many(), ...required, 'docs/x/a.md': '' })
      .branch('feature')
      .stage(change);
    expect(await asked(story, 'required-paths', 'pre-commit')).toEqual(asks);
  });
});

describe('of a large tree', () => {
  it.each<[rule: string, change: Story, asks: string[]]>([
    ['safe-paths', { 'docs/x/a.md': 'x' }, ['names ', 'names docs', 'names docs/x']],
    ['safe-paths', { 'src/l7/a.py': null }, []],
    ['layer-layout', { 'docs/a.md': 'x' }, []],
    ['layer-source', { 'src/l7/b.py': 'x' }, []],
    ['manifest-schema', { 'docs/a.md': 'x' }, []],
    ['archive-age', { 'docs/a.md': 'x' }, []],
    ['no-stray-zips', { 'docs/a.zip': 'x' }, []],
    ['version-file', { 'docs/a.md': 'x' }, []],
  ])('%s looks where something changed: %j', async (rule, change, asks) => {
    const story = memoryRepo().commit(many()).branch('feature').stage(change);
    expect(await asked(story, rule, 'pre-commit')).toEqual(asks);
  });
});
