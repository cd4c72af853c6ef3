import { describe, expect, it } from 'vitest';
import { askedOf } from '../../../src/policy/facts/asked.js';
import { entriesIn } from '../../../src/policy/facts/entries.js';
import { facts } from '../../../src/policy/facts/index.js';
import { mergingOf } from '../../../src/policy/facts/merging.js';
import { some } from '../../../src/policy/facts/some.js';
import type { Look, Subject } from '../../../src/policy/subject.js';
import type { Change, Tree } from '../../../src/ports.js';
import { type FactId, nothing } from '../../../src/rule/facts.js';
import { wellKept } from '../../kit/memory-check.js';
import { core, deps, look, manifestOf, policy, readmeOf, setting, withRules } from '../../kit/memory-look.js';
import { exec, type MemoryRepo, memoryRepo, type Story, submodule, symlink } from '../../kit/memory-repo.js';

describe('whether a fact is asked for where this path changes', () => {
  it.each<[fact: FactId, asked: string[], not: string[]]>([
    [
      'bumps',
      ['VERSION', 'src/core/a.py', 'requirements.txt', 'requirements.lock', 'canon/a', 'src/ingest/handler.py'],
      ['docs/VERSION', 'src/core2/a', readmeOf('core')],
    ],
    [
      'majors',
      ['VERSION', readmeOf('core'), readmeOf('deps')],
      [readmeOf('gone'), '/README.md', 'README.md', 'docs/README.md', manifestOf('core'), 'src/core/a.py'],
    ],
    ['manifests', [manifestOf('core'), manifestOf('gone')], [readmeOf('core'), 'manifest.json']],
    [
      'requirements',
      ['requirements.txt', 'requirements.lock', 'more.txt', 'more.lock'],
      ['requirements.in', 'src/core', 'src/core.lock', 'docs/requirements.txt'],
    ],
    ['standIns', ['VERSION', 'src', 'src/core', 'src/core/a.py', manifestOf('core')], ['docs/a', 'src/core/a.pyc']],
    ['copies', ['a', 'src/core/a.py'], ['layer_management/active/core/a.py']],
    ['versionFile', ['VERSION'], ['docs/VERSION', 'VERSIONS']],
    ['hidden', ['.gitignore', '.build/.gitignore'], ['src/.gitignore', '/.gitignore', '.gitignores']],
    ['unignored', ['.gitignore', '.build/.gitignore'], ['src/.gitignore']],
    [
      'records',
      ['VERSION', manifestOf('core'), 'layer_management/archive/2026-01/a.zip'],
      ['layer_management/archive', readmeOf('core'), 'src/core/a.py'],
    ],
    [
      'layout',
      ['layer_management', 'layer_management/active', 'layer_management/active/a', 'layer_management/experimental/x'],
      ['layer_management/archive/a', 'layer_management/experimentals'],
    ],
    ['functionImports', ['src/core', 'src/core/a.py', 'src/ingest/a.py', 'more.txt'], ['src/corex', 'docs/a', 'src']],
  ])('%s', (fact, asked, not) => {
    const isAsked = (path: string) => facts[fact].dependsOn?.(path, policy);
    expect(asked.filter((path) => !isAsked(path))).toEqual([]);
    expect(not.filter(isAsked)).toEqual([]);
  });
});

describe('where nothing is wrong', () => {
  const ids = ['absent', 'artefacts', 'collisions', 'commitBumps', 'copies', 'documents', 'functionModules'] as const;
  const others = ['majors', 'releaseTags', 'rootTexts', 'standIns', 'weakenings', 'manifests', 'archive'] as const;
  const asked = withRules({ 'json-schema': setting('json-schema', { files: ['*.json'], schema: { type: 'object' } }) });
  const story = memoryRepo().commit(wellKept).commit({ 'docs/a.md': 'a' });
  it.each([...ids, ...others])('%s is nothing', async (id) => {
    expect(await facts[id].learn(look(story, {}, { policy: asked }))).toEqual(nothing[id]);
    if (id !== 'commitBumps' && id !== 'functionModules' && id !== 'rootTexts')
      expect(await facts[id].learn(look(story, { whole: true }, { policy: asked }))).toEqual(nothing[id]);
  });
});

it('what rules of a kind ask for, everywhere and at some paths', () => {
  const kinds = {
    a: setting('file-size', { n: 1 }, { n: 2 }),
    b: setting('json-schema', { n: 3 }),
    'file-size': setting('file-size', { n: 4 }),
  };
  expect(askedOf(withRules(kinds), 'file-size')).toEqual([{ n: 1 }, { n: 2 }, { n: 4 }]);
});

it.each([
  [['b', 'a', 'b'], 'a, b'],
  [['c', 'a', 'b'], 'a, b, c'],
  [['d', 'c', 'a', 'b', 'e'], 'a, b, c and 2 more'],
])('some of %j are told as %s', (names, told) => expect(some(names)).toBe(told));

it.each<[head: string | null, whole: boolean, merging: string[]]>([
  [null, false, ['side']],
  [null, true, []],
  ['a', false, []],
  ['a', true, []],
])('a merge that goes on counts for the index alone: %s, %s', async (head, whole, merging) => {
  const git = { merging: async () => ['side'] };
  expect(await mergingOf({ git, subject: { head, whole } } as unknown as Look)).toEqual(merging);
});

it.each<[folder: string, isIndex: boolean, asks: string[]]>([
  ['', true, ['names ', 'entry a', 'entry src', 'list src']],
  ['src', true, ['list src']],
  ['', false, ['list ']],
])('the entries in "%s" are told of an index without its listing: %s', async (folder, isIndex, asks) => {
  const story = memoryRepo().commit({ a: '1', 'src/b': '2', 'src/c/d': '3' });
  const tree = isIndex ? story.git.index() : story.git.tree(story.head());
  const asked: string[] = [];
  const told = <Answer>(question: string, answer: Answer): Answer => {
    asked.push(question);
    return answer;
  };
  const watched: Tree = {
    ...tree,
    entry: (path) => told(`entry ${path}`, tree.entry(path)),
    list: (path) => told(`list ${path}`, tree.list(path)),
    names: (path) => told(`names ${path}`, tree.names(path)),
  };
  const paths = (await entriesIn(watched, folder)).map(({ path }) => path).sort();
  expect(paths).toEqual((await tree.list(folder)).map(({ path }) => path));
  expect(asked).toEqual(asks);
});

describe('paths', () => {
  const changed = (path: string, mode: string, commit: string, more: Partial<Change> = {}): Change => ({
    ...{ path, mode, oid: 'a'.repeat(40), commit, status: 'A', before: null },
    ...more,
  });
  const of = async (...history: Change[]) => {
    const story = memoryRepo().commit({}).commit({});
    return [...(await facts.paths.learn(look(story, { history: async () => history })))];
  };
  it('are each told once as a file, a link and a submodule, by the first commit that has them', async () => {
    const told = await of(
      changed('a', '100644', '1'),
      changed('a', '100755', '2'),
      changed('a', '120000', '3'),
      changed('a', '160000', '4'),
      changed('a', '120000', '5'),
      changed('b', '100644', '6', { status: 'D' }),
    );
    expect(told).toStrictEqual([
      { path: 'a', mode: '100644', commit: '1' },
      { path: 'a', mode: '120000', commit: '3' },
      { path: 'a', mode: '160000', commit: '4' },
    ]);
  });
  it('of other bytes are others', async () => {
    const [a, b] = [
      changed('a', '100644', '1', { pathBytes: 'eA==' }),
      changed('a', '100644', '2', { pathBytes: 'eQ==' }),
    ];
    expect(await of(a, b, a, changed('a', '100644', '3'))).toStrictEqual([
      { path: 'a', pathBytes: 'eA==', mode: '100644', commit: '1' },
      { path: 'a', pathBytes: 'eQ==', mode: '100644', commit: '2' },
      { path: 'a', mode: '100644', commit: '3' },
    ]);
  });
  it('have their bytes wherever they are found', async () => {
    const story = memoryRepo()
      .commit(wellKept)
      .commit({ 'src/core/l': symlink('x'), 'events/x.json': '[]' });
    const [link, event] = [story.oid('src/core/l'), story.oid('events/x.json')];
    const changes = async () => [
      changed('src/core/l', '120000', '1', { pathBytes: 'eA==', oid: link }),
      changed('src/core/m', '120000', '1', { oid: link }),
      changed('events/x.json', '100644', '1', { pathBytes: 'eQ==', oid: event }),
      changed('events/y.json', '100644', '1', { oid: event }),
    ];
    const schema = { type: 'object' };
    const asked = withRules({ 'json-schema': setting('json-schema', { files: ['events/*'], schema }) });
    const there = look(story, { changes }, { policy: asked });
    const place = { kind: 'symlink', where: 'in the source of core', layer: 'core' };
    expect(await facts.standIns.learn(there)).toStrictEqual([
      { ...place, path: 'src/core/l', pathBytes: 'eA==' },
      { ...place, path: 'src/core/m' },
    ]);
    expect((await facts.documents.learn(there)).map(({ path, pathBytes }) => [path, pathBytes])).toEqual([
      ['events/x.json', 'eQ=='],
      ['events/y.json', undefined],
    ]);
  });
});

describe('what stands in place', () => {
  it('of the policy', async () => {
    const story = memoryRepo()
      .commit(wellKept)
      .commit({ '.layerpolicyrc.json': symlink('x') });
    expect(await facts.standIns.learn(look(story))).toEqual([
      { path: '.layerpolicyrc.json', kind: 'symlink', where: 'in place of the policy', layer: null },
    ]);
  });
});

describe('VERSION', () => {
  const of = async (content: Story) => facts.versionFile.learn(look(memoryRepo().commit(wellKept).commit(content)));
  it.each([
    ['a file', { VERSION: 'CORE_VERSION=1.0.0\nCANON=2\n' }, true, '1.0.0', []],
    ['a program', { VERSION: exec('CORE_VERSION=1.0.0\n') }, true, '1.0.0', ['CANON']],
    ['a link', { VERSION: symlink('x') }, false, null, ['CANON']],
    ['a submodule', { VERSION: submodule }, false, null, ['CANON']],
    ['nothing', { VERSION: null }, false, null, ['CANON']],
  ])('that is %s', async (_, content, exists, value, missingVersioned) => {
    const told = await of(content);
    expect(told).toMatchObject({ path: 'VERSION', exists, missingVersioned });
    expect(told.declared.map(({ name, key }) => `${name} ${key}`)).toEqual([
      ...['core CORE_VERSION', 'deps CORE_VERSION', 'more CORE_VERSION', 'ingest INGEST_VERSION'],
    ]);
    expect(told.declared[0]).toEqual({ name: 'core', key: 'CORE_VERSION', value, line: value === null ? null : 1 });
  });
});

describe('requirements', () => {
  const layers = { core, deps };
  const of = async (content: Story) =>
    (
      await facts.requirements.learn(
        look(memoryRepo().commit(content).commit({}), {}, { policy: { ...policy, layers } }),
      )
    ).map(
      ({ layer, path, exists, hasLock, requirements, requireHashes, problems }) =>
        `${layer} ${path} ${exists} ${hasLock} ${requirements.map(({ name }) => name)} ${requireHashes} ${problems.length}`,
    );
  it.each<[what: string, content: Story, told: string[]]>([
    ['and no lock', { 'requirements.txt': 'a==1\n' }, ['deps requirements.txt true false a false 0']],
    [
      'and their lock',
      { 'requirements.txt': 'a==1\n', 'requirements.lock': 'a==1\nb==2\n' },
      ['deps requirements.txt true true a false 0', 'deps requirements.lock true false a,b false 0'],
    ],
    ['that are not there', {}, ['deps requirements.txt false false  false 0']],
    [
      'that are not there, but their lock',
      { 'requirements.lock': 'b==2\n' },
      ['deps requirements.txt false true  false 0', 'deps requirements.lock true false b false 0'],
    ],
    ['that are a link', { 'requirements.txt': symlink('x') }, []],
    [
      'whose lock is a link',
      { 'requirements.txt': 'a==1\n', 'requirements.lock': symlink('x') },
      ['deps requirements.txt true true a false 0'],
    ],
  ])('%s', async (_, content, told) => expect(await of(content)).toEqual(told));
});

describe('a manifest that is no file to be read', () => {
  it.each<[what: string, content: Story[string], says: string]>([
    ['a link', symlink('x'), 'it is a symbolic link, not a file'],
    ['a submodule', submodule, 'it is a submodule, not a file'],
    ['too long', `{}${' '.repeat(1024 * 1024)}`, 'it is larger than 1 MiB'],
  ])('%s', async (_, content, what) => {
    const story = memoryRepo()
      .commit(wellKept)
      .commit({ [manifestOf('core')]: content, [readmeOf('core')]: '' });
    const problems = [{ kind: 'json', field: '', line: null, what }];
    expect(await facts.manifests.learn(look(story))).toEqual([
      { path: manifestOf('core'), layer: 'core', manifest: null, problems },
    ]);
  });
});

it('the layout of a layer: what it has, and what it has not', async () => {
  const story = memoryRepo().commit({
    [manifestOf('a')]: '{}',
    [readmeOf('b')]: '',
    'layer_management/active/c/x': '',
  });
  const none = { hasManifest: false, hasReadme: false, others: [] };
  expect((await facts.layout.learn(look(story, { whole: true }))).active).toEqual([
    { ...none, name: 'a', hasManifest: true },
    { ...none, name: 'b', hasReadme: true },
    { ...none, name: 'c', others: ['x'] },
  ]);
});

describe('texts of the root', () => {
  it('are those that are texts, with their content', async () => {
    const files = { 'a.txt': 'a', 'b.bin': 'b\0', 'c.txt': '', 'd.txt': 'd'.repeat(256 * 1024 + 1), 'e/f.txt': 'f' };
    const story = memoryRepo().commit({}).commit(files);
    expect(await facts.rootTexts.learn(look(story))).toEqual([{ path: 'a.txt', text: 'a' }]);
  });
});

describe('sizes', () => {
  it.each<[asked: string[][], told: string[]]>([
    [[['a*']], ['a 1']],
    [
      [['a*'], ['b*']],
      ['a 1', 'b 2'],
    ],
    [
      [['a*'], []],
      ['a 1', 'b 2', 'c 3'],
    ],
    [[], []],
  ])('of what is asked for: %j', async (asked, told) => {
    const rules = Object.fromEntries(asked.map((paths, i) => [`r${i}`, setting('file-size', { paths })]));
    const story = memoryRepo().commit({}).commit({ a: '1', b: '22', c: '333' });
    const found = await facts.sizes.learn(look(story, {}, { policy: withRules(rules) }));
    expect(found.map(({ path, bytes }) => `${path} ${bytes}`)).toEqual(told);
  });
});

describe('what a function carries', () => {
  const carried = async (files: Story) => {
    const story = memoryRepo()
      .commit(wellKept)
      .commit({ 'src/ingest/handler.py': null, ...files });
    const [found, ...others] = await facts.functionModules.learn(look(story));
    expect(others).toEqual([]);
    return found?.carries.map(({ kind, name, path }) => `${kind} ${name} ${path}`);
  };
  it.each<[what: string, files: Story, told: string[]]>([
    ['a module', { 'src/ingest/a.py': '' }, ['module a src/ingest/a.py']],
    ['a package', { 'src/ingest/a/b.py': '' }, ['module a src/ingest/a']],
    ['a folder called like a module', { 'src/ingest/a.py/b.py': '' }, ['module a.py src/ingest/a.py']],
    ['a file called like a distribution', { 'src/ingest/a-1.0.dist-info': '' }, []],
    ['a distribution', { 'src/ingest/a-1.0.dist-info/METADATA': '' }, ['distribution a src/ingest/a-1.0.dist-info']],
    ['a link', { 'src/ingest/a': symlink('x') }, ['module a src/ingest/a']],
  ])('%s', async (_, files, told) => expect(await carried(files)).toEqual(told));

  it('and what its layers provide, where they changed', async () => {
    const story = memoryRepo().commit(wellKept).commit({ 'requirements.txt': 'b==1\n' });
    const provided = async (given: MemoryRepo) => (await facts.functionModules.learn(look(given)))[0]?.provided;
    expect(await provided(story)).toEqual([
      { kind: 'distribution', name: 'b', layer: 'deps' },
      { kind: 'module', name: 'b', layer: 'deps' },
    ]);
    expect(await provided(story.commit({ 'src/core/a.py': '' }))).toEqual([
      { kind: 'module', name: 'core', layer: 'core' },
    ]);
    expect(await provided(story.commit({ 'requirements.txt': symlink('x') }))).toEqual([]);
    expect(await provided(story.commit({ 'docs/a': '' }))).toBeUndefined();
  });
});

describe('the release of a version', () => {
  const released = async (story: MemoryRepo) =>
    (await facts.bumps.learn(look(story, { whole: true }))).find(({ name }) => name === 'core')?.released;
  const begun = () => memoryRepo().commit({}).commit(wellKept).tag('core-v1.2.3');

  it('is told where its content is another', async () => {
    expect(await released(begun())).toBeNull();
    expect(await released(begun().commit({ 'src/core/a.py': 'a = 2\n' }))).toEqual({
      ...{ version: '1.2.3', content: expect.any(String), by: 'tag core-v1.2.3' },
    });
  });

  it('is not what a tag of its name leads to, where VERSION is another there', async () => {
    const story = begun().commit({ 'src/core/a.py': 'a = 2\n', VERSION: 'CORE_VERSION=1.2.4\n' });
    expect(await released(story.tag('core-v1.2.4', { at: 'HEAD~' }))).toBeNull();
  });
});

it('the archive at the hooks is what is added to it, and else all of it', async () => {
  const [old, fresh] = ['layer_management/archive/2020-01/a.zip', 'layer_management/archive/2026-01/b.zip'];
  const story = memoryRepo()
    .commit({ [old]: 'a' })
    .commit({ [fresh]: 'b', [`${fresh}.txt`]: '', 'docs/a': '' });
  const paths = async (stage: Subject['stage']) =>
    [...(await facts.archive.learn(look(story, { stage })))].map(({ path, commit }) => [path, commit]);
  const added = [fresh, `${fresh}.txt`].map((path) => [path, null]);
  expect(await paths('pre-commit')).toEqual(added);
  expect(await paths('pre-push')).toEqual(added);
  expect(await paths('ci')).toEqual([[old, null], ...added]);
});

it('a copy of a source is told by its highest folder, though not all in it is alike', async () => {
  const sub = Object.fromEntries(['b', 'c', 'd'].map((name) => [name, `${name} = 1\n`]));
  const at = (folder: string) =>
    Object.fromEntries(Object.entries(sub).map(([name, text]) => [`${folder}/${name}.py`, text]));
  const story = memoryRepo()
    .commit({ 'src/core/a.py': 'a = 1\n', ...at('src/core/sub') })
    .commit({ 'old/a.py': 'a = 0\n', ...at('old/sub'), 'requirements.txt': '' });
  expect(await facts.copies.learn(look(story, { whole: true }))).toEqual([
    { folder: 'old', layer: 'core', source: 'src/core', shared: expect.any(Number), all: 4 },
  ]);
});

describe('documents', () => {
  const learnt = (story: MemoryRepo, options: object, subject: Partial<Subject> = {}) => {
    const asked = withRules({ 'json-schema': setting('json-schema', options) });
    return facts.documents.learn(look(story, subject, { policy: asked }));
  };
  const schema = { type: 'object' };

  it('that nothing is said of are not judged, nor by nothing', async () => {
    const story = memoryRepo().commit({ 'a.json': '[]' });
    for (const options of [
      { files: ['*.json'], schema: '' },
      { files: [], schema: 'a.json' },
      { files: [], schema: '' },
    ])
      expect(await learnt(story, options, { whole: true })).toEqual([]);
    expect(await learnt(story, { files: ['*.json'], schema }, { whole: true })).toHaveLength(1);
  });

  it('that a change takes away are not judged', async () => {
    const story = memoryRepo().commit({ 'a.json': '[]', 'b.json': '[]' }).commit({ 'a.json': null, 'c.json': '{}' });
    expect(await learnt(story, { files: ['*.json'], schema })).toEqual([]);
  });

  it('that are too large are told so', async () => {
    const story = memoryRepo()
      .commit({})
      .commit({ 'a.json': `{}${' '.repeat(1024 * 1024)}` });
    const what = 'it is larger than 1 MiB';
    expect(await learnt(story, { files: ['*.json'], schema })).toEqual([
      { asked: expect.any(String), kind: 'unreadable', path: 'a.json', line: null, field: '', what },
    ]);
  });
});
