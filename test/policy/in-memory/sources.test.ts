import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story, submodule, symlink } from '../../kit/memory-repo.js';

const started = (files: Story = {}) => memoryRepo().commit({ ...wellKept, ...files });
type Stage = 'all' | 'ci' | 'pre-commit';
const says = async (story: MemoryRepo, rule: string, stage: Stage = 'all') =>
  (await checked(story, { stage, rule: [rule] })).says;
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;

describe('what stands in place of a file', () => {
  const changes: [what: string, change: Story, says: string[]][] = [
    [
      'a link in a source',
      { 'src/core/l.py': symlink('a.py') },
      ['src/core/l.py: a symbolic link in the source of core'],
    ],
    ['a link that is not packed', { 'src/core/l.pyc': symlink('a.py') }, []],
    ['a submodule in a source', { 'src/core/sub': submodule }, ['src/core/sub: a submodule in the source of core']],
    [
      'a pointer in a source',
      { 'src/core/l.py': pointer },
      ['src/core/l.py: a Git LFS pointer, not the file, in the source of core'],
    ],
    [
      'a pointer in a function',
      { 'src/ingest/m.py': pointer },
      ['src/ingest/m.py: a Git LFS pointer, not the file, in the source of ingest'],
    ],
    ['a pointer beside all sources', { 'docs/m.py': pointer }, []],
    [
      'a link for the source',
      { 'src/core': symlink('x') },
      ['src/core: a symbolic link in place of the source of core'],
    ],
    ['a link for the folder above', { src: symlink('x') }, ['src: a symbolic link in place of the source of core']],
    ['a link for VERSION', { VERSION: symlink('x') }, ['VERSION: a symbolic link in place of VERSION']],
    [
      'a link for a manifest',
      { 'layer_management/active/core/manifest.json': symlink('x') },
      ['layer_management/active/core/manifest.json: a symbolic link in place of the manifest of core'],
    ],
    ['a link elsewhere', { 'docs/l': symlink('x') }, []],
    ['a text that speaks of Git LFS', { 'src/core/l.py': `# ${pointer}` }, []],
    ['a long text that begins as a pointer', { 'src/core/l.py': pointer + '#'.repeat(2000) }, []],
  ];
  it.each(changes)('%s', async (_, change, said) => {
    expect(await says(started(change), 'layer-source')).toEqual(said);
    const story = started().branch('feature').stage(change);
    expect(await says(story, 'layer-source', 'pre-commit')).toEqual(said);
    expect(await says(story.commit(), 'layer-source', 'ci')).toEqual(said);
  });

  it('was there before is not the doing of a change, unless that declares it', async () => {
    const story = started({ 'lib/l.py': symlink('a.py'), 'src/core/l.py': symlink('a.py') }).branch('feature');
    expect(await says(story.commit({ 'src/core/b.py': '' }), 'layer-source', 'ci')).toEqual([]);
    expect(await says(story.commit({ 'src/core/l.py': null }), 'layer-source', 'ci')).toEqual([]);
    const layers = { core: { build: 'source', source: 'lib', versionKey: 'CORE_VERSION', layerName: 'core-{env}' } };
    expect(await says(story.commit(policyFile({ layers, functions: {} })), 'layer-source', 'ci')).toEqual([
      'lib/l.py: a symbolic link in the source of core',
    ]);
  });
});

describe('what a function carries beside its layers', () => {
  const provided = { 'src/core/__init__.py': 'core = 1\n' };
  const changes: [what: string, change: Story, says: string[]][] = [
    [
      'the package of a layer',
      { 'src/ingest/core/__init__.py': '' },
      ['src/ingest/core: ingest carries its own "core", so it never imports that of its layer core'],
    ],
    [
      'a module of its name',
      { 'src/ingest/core.py': '' },
      ['src/ingest/core.py: ingest carries its own "core", so it never imports that of its layer core'],
    ],
    ['a folder of data of its name', { 'src/ingest/core/data.json': '' }, []],
    ['a file of its name', { 'src/ingest/core.json': '' }, []],
    [
      'a link of its name',
      { 'src/ingest/core': symlink('x') },
      ['src/ingest/core: ingest carries its own "core", so it never imports that of its layer core'],
    ],
    [
      'a submodule of its name',
      { 'src/ingest/core': submodule },
      ['src/ingest/core: ingest carries its own "core", so it never imports that of its layer core'],
    ],
    ['it deeper down', { 'src/ingest/lib/core/__init__.py': '' }, []],
    [
      'an installed distribution',
      { 'src/ingest/requests-2.32.3.dist-info/METADATA': '' },
      ['src/ingest/requests-2.32.3.dist-info: ingest carries an installed "requests", which its layer deps provides'],
    ],
    [
      'a required package',
      { 'src/ingest/requests/__init__.py': '' },
      ['src/ingest/requests: ingest carries its own "requests", so it never imports that of its layer deps'],
    ],
    ['another package', { 'src/ingest/other/__init__.py': '' }, []],
    [
      'compiled code of its name',
      { 'src/ingest/core.cpython-311-x86_64-linux-gnu.so': '' },
      [
        'src/ingest/core.cpython-311-x86_64-linux-gnu.so: ingest carries its own "core", so it never imports that of its layer core',
      ],
    ],
  ];
  it.each(changes)('%s', async (_, change, said) => {
    expect(await says(started({ ...provided, ...change }), 'handler-shadow')).toEqual(said);
    const story = started(provided).branch('feature').stage(change);
    expect(await says(story, 'handler-shadow', 'pre-commit')).toEqual(said);
    expect(await says(story.commit(), 'handler-shadow', 'ci')).toEqual(said);
  });

  it('is asked for where the layer changes, or the policy', async () => {
    const story = started({ 'src/ingest/extra/__init__.py': '' }).branch('feature').commit({ 'docs/x': '' });
    expect(await says(story, 'handler-shadow', 'ci')).toEqual([]);
    expect(await says(story.commit({ 'requirements.txt': 'extra==1.0\n' }), 'handler-shadow', 'ci')).toEqual([
      'src/ingest/extra: ingest carries its own "extra", so it never imports that of its layer deps',
    ]);
    const again = started({ 'src/ingest/core/__init__.py': '' }).branch('feature');
    expect(await says(again.commit({ 'src/ingest/x.py': '' }), 'handler-shadow', 'ci')).toHaveLength(1);
    const only = started({ 'src/ingest/core/__init__.py': '', 'src/ingest/requests/__init__.py': '' }).branch(
      'feature',
    );
    expect(await says(only.commit({ 'requirements.txt': 'requests==2.33.0\n' }), 'handler-shadow', 'ci')).toHaveLength(
      1,
    );
    expect(await says(only.commit(policyFile({ archive: { prefix: 'x/' } })), 'handler-shadow', 'ci')).toHaveLength(2);
  });

  it('is nothing where its layers are none that are declared, or their requirements no file', async () => {
    const files = { 'src/ingest/requests/__init__.py': '', 'requirements.txt': symlink('x') };
    expect(await says(started(files), 'handler-shadow')).toEqual([]);
    const alone = policyFile({
      functions: { ingest: { source: 'src/ingest', versionKey: 'I', functionName: 'i-{env}' } },
    });
    expect(await says(started({ 'src/ingest/core/__init__.py': '', ...alone }), 'handler-shadow')).toEqual([]);
  });

  it('may be one file', async () => {
    const functions = { ingest: { source: 'src/core.py', versionKey: 'I', functionName: 'i-{env}', layers: ['core'] } };
    expect(
      await says(started({ ...provided, ...policyFile({ functions }), 'src/core.py': '' }), 'handler-shadow'),
    ).toEqual(['src/core.py: ingest carries its own "core", so it never imports that of its layer core']);
  });
});

describe('requirements', () => {
  const changes: [what: string, text: Story[string], count: number][] = [
    ['pinned', 'requests==2.32.3\n', 0],
    ['not pinned', 'requests>=2\n', 1],
    ['gone', null, 1],
    ['a link', symlink('x'), 0],
  ];
  it.each(changes)('%s', async (_, text, count) => {
    const found = await says(started({ 'requirements.txt': text }), 'pinned-requirements');
    expect(found).toHaveLength(count);
    const story = started({ 'requirements.txt': 'a==1\n' })
      .branch('feature')
      .stage({ 'requirements.txt': text, 'other.txt': 'a>1' });
    expect(await says(story, 'pinned-requirements', 'pre-commit')).toEqual(found);
  });
  it('that a change does not touch are not read', async () => {
    const story = started({ 'requirements.txt': 'requests>=2\n' }).branch('feature').commit({ 'other.txt': '' });
    expect(await says(story, 'pinned-requirements', 'ci')).toEqual([]);
    expect(
      await says(story.commit(policyFile({ archive: { prefix: 'x/' } })), 'pinned-requirements', 'ci'),
    ).toHaveLength(1);
  });
  it('are those of the layers built from them, and named by the layer', async () => {
    const { findings } = await checked(started({ 'requirements.txt': 'x\n', 'src/core/requirements.txt': 'x\n' }), {
      stage: 'all',
      rule: ['pinned-requirements'],
    });
    expect(findings).toMatchObject([{ file: 'requirements.txt', layer: 'deps', line: 1 }]);
  });
});

describe('copies of a source', () => {
  const copy = (folder: string): Story => ({ [`${folder}/__init__.py`]: 'core = 1\n', [`${folder}/a.py`]: 'a = 1\n' });
  it.each<[what: string, files: Story, says: string[]]>([
    ['beside it', copy('old/core'), ['old/core: a copy of src/core, the source of core: 2 of its 2 files']],
    ['half of it', { 'old/a.py': 'a = 1\n' }, []],
    ['in the archive', copy('layer_management/archive/core'), []],
    ['with other contents', { 'old/core/__init__.py': '1', 'old/core/a.py': '2' }, []],
  ])('%s', async (_, files, said) => {
    expect(await says(started(files), 'no-layer-copies')).toEqual(said);
    expect(await says(started().branch('feature').commit(files), 'no-layer-copies', 'ci')).toEqual(said);
  });
  it('are looked for where something changes that could be one', async () => {
    const story = started(copy('old')).branch('feature').commit({ 'layer_management/README.md': '' });
    expect(await says(story, 'no-layer-copies', 'ci')).toEqual([]);
    expect(await says(story.commit({ 'README.md': '' }), 'no-layer-copies', 'ci')).toHaveLength(1);
    expect(
      await says(started({ ...copy('old'), ...policyFile({ layers: {}, functions: {} }) }), 'no-layer-copies'),
    ).toEqual([]);
  });
});

describe('paths that some system reads as another', () => {
  const rule = 'safe-paths';
  const cases: [what: string, before: Story, change: Story, count: number][] = [
    ['a name in another case', { 'docs/a.md': '' }, { 'docs/A.md': '' }, 1],
    ['a folder in another case', { 'docs/a.md': '' }, { 'Docs/b.md': '' }, 1],
    ['a name in the root', { 'a.md': '' }, { 'A.md': '' }, 1],
    ['two new ones', {}, { 'x/b.md': '', 'x/B.md': '' }, 2],
    ['another folder', { 'docs/a.md': '' }, { 'doc/A.md': '' }, 0],
    ['in place of the other', { 'docs/a.md': '' }, { 'docs/a.md': null, 'docs/A.md': '' }, 0],
    ['accents in another form', { 'é.md': '' }, { 'e\u0301.md': '' }, 1],
    ['what was there before', { 'a.md': '', 'A.md': '' }, { 'a.md': 'x' }, 0],
    ['a folder and a file', { 'docs/a.md': '' }, { DOCS: '' }, 1],
  ];
  it.each(cases)('%s', async (_, before, change, count) => {
    const story = started(before).branch('feature').stage(change);
    const { findings } = await checked(story, { stage: 'pre-commit', rule: [rule] });
    expect(findings).toHaveLength(count);
    expect((await checked(story.commit(), { stage: 'ci', rule: [rule] })).findings).toHaveLength(count);
    const whole = (await checked(story, { stage: 'all', rule: [rule] })).findings;
    expect(whole.length > 0).toBe(count > 0 || _ === 'what was there before');
  });

  it('are told once, with the first commit that brought them', async () => {
    const story = started().branch('feature').commit({ 'con.txt': '1' }).commit({ 'con.txt': '2' });
    const { findings } = await checked(story, { stage: 'ci', rule: [rule] });
    expect(findings).toMatchObject([{ file: 'con.txt', commit: story.head('HEAD~') }]);
    story.commit({ 'con.txt': null });
    expect((await checked(story, { stage: 'ci', rule: [rule] })).findings).toHaveLength(1);
  });

  it('are told again where they become another kind', async () => {
    const story = started()
      .branch('feature')
      .commit({ '.build': symlink('x') })
      .commit({ '.build': null, '.build/x': '' });
    const { findings } = await checked(story, { stage: 'ci', rule: ['no-build-commits'] });
    expect(findings.map(({ file }) => file)).toEqual(['.build', '.build/x']);
  });
});

describe('required and forbidden paths', () => {
  const required = (paths: string[], when: string[] = []) =>
    policyFile({ rules: { 'required-paths': ['error', { paths, when }] } });
  it.each<[what: string, policy: Story, files: Story, says: string[]]>([
    ['a file that is there', required(['README.md']), { 'README.md': '' }, []],
    ['a folder that is there', required(['docs']), { 'docs/a.md': '' }, []],
    [
      'one that is not',
      required(['README.md']),
      {},
      ['README.md: there is nothing at README.md, which this repository must have'],
    ],
    ['a glob that fits', required(['docs/**/*.md']), { 'docs/x/a.md': '' }, []],
    [
      'a glob that does not',
      required(['docs/**/*.md']),
      { 'docs/x/a.txt': '' },
      ['docs/**/*.md: nothing fits docs/**/*.md, and something must'],
    ],
    ['a glob of the root', required(['*.md']), { 'a.md': '' }, []],
    ['one that only counts beside another', required(['README.md'], ['docs/**']), {}, []],
    [
      'and where that is there',
      required(['README.md'], ['docs/**']),
      { 'docs/a': '' },
      ['README.md: there is nothing at README.md, which this repository must have'],
    ],
  ])('%s', async (_, policy, files, said) => {
    expect(await says(started({ ...policy, ...files }), 'required-paths')).toEqual(said);
    const story = started()
      .branch('feature')
      .stage({ ...policy, ...files });
    expect(await says(story, 'required-paths', 'pre-commit')).toEqual(said);
    expect(await says(story.commit(), 'required-paths', 'ci')).toEqual(said);
  });

  it('absent before a change are not its doing', async () => {
    const story = started(required(['README.md', 'docs/**'])).branch('feature');
    expect(await says(story.stage({ 'src/x.py': '' }), 'required-paths', 'pre-commit')).toEqual([]);
    expect(await says(story.stage({ 'docs/x': '' }), 'required-paths', 'pre-commit')).toHaveLength(1);
  });

  it('that a change takes away are', async () => {
    const story = started({ ...required(['README.md', 'docs']), 'README.md': '', 'docs/a': '' }).branch('feature');
    expect(await says(story.stage({ 'README.md': null }), 'required-paths', 'pre-commit')).toHaveLength(1);
    expect(await says(story.stage({ 'docs/a': null }), 'required-paths', 'pre-commit')).toHaveLength(2);
  });
});
