import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { exec, type MemoryRepo, memoryRepo, type Story } from '../../kit/memory-repo.js';

const versions = (core: string, more = '') => `CORE_VERSION=${core}\nDEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n${more}`;
const started = (files: Story = {}) =>
  memoryRepo()
    .commit({ ...wellKept, ...files })
    .branch('feature');
const says = async (story: MemoryRepo, stage: 'ci' | 'pre-commit' | 'all' = 'ci') =>
  (await checked(story, { stage, rule: ['version-bump'] })).says;

const asBefore = 'VERSION: core changed, but CORE_VERSION is 1.2.3 as before';

describe('a change of what has a version', () => {
  it.each<[what: string, change: Story, says: string[]]>([
    ['a file of a source', { 'src/core/a.py': 'a = 2\n' }, [asBefore]],
    ['a mode of a file of a source', { 'src/core/a.py': exec('a = 1\n') }, [asBefore]],
    ['a new file in a source', { 'src/core/b.py': 'b = 1\n' }, [asBefore]],
    ['a file taken out of a source', { 'src/core/a.py': null }, [asBefore]],
    [
      'requirements',
      { 'requirements.txt': 'requests==2.32.4\n' },
      ['VERSION: deps changed, but DEPS_VERSION is 2.0.0 as before'],
    ],
    ['a function', { 'src/ingest/handler.py': '' }, ['VERSION: ingest changed, but INGEST_VERSION is 0.1.0 as before']],
    ['what is not packed', { 'src/core/a.pyc': 'x', 'src/core/__pycache__/b.pyc': 'x' }, []],
    ['a neighbour of a source', { 'src/core2/a.py': 'a = 2\n', 'src/other.py': '' }, []],
    ['a source and its version', { 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') }, []],
    ['a version alone', { VERSION: versions('1.3.0') }, []],
    ['a comment beside the versions', { VERSION: `# all of them\n${versions('1.2.3')}` }, []],
    ['a version that falls', { VERSION: versions('1.2.2') }, ['VERSION: CORE_VERSION fell from 1.2.3 to 1.2.2']],
    [
      'a version that falls with its source',
      { VERSION: versions('1.1.9'), 'src/core/a.py': '' },
      ['VERSION: CORE_VERSION fell from 1.2.3 to 1.1.9'],
    ],
    ['a source that is given up', { 'src/core/a.py': null, 'src/core/__init__.py': null }, []],
    ['a version that is given up', { VERSION: 'DEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n', 'src/core/a.py': '' }, []],
  ])('%s, at the hook and in CI', async (_, change, said) => {
    const story = started().stage(change);
    expect(await says(story, 'pre-commit')).toEqual(said);
    expect(await says(story.commit())).toEqual(said);
  });

  it('has what it needs said: who raises it, and by what', async () => {
    const { findings } = await checked(started().commit({ 'src/core/a.py': '' }), {
      stage: 'ci',
      rule: ['version-bump'],
    });
    expect(findings).toMatchObject([{ layer: 'core', file: 'VERSION', line: null, commit: null, severity: 'error' }]);
    expect(findings[0]?.hint).toBe('Run: layer-policy bump core patch && git add -- :/VERSION');
  });
});

describe('what is compared', () => {
  it('a raise that a later commit takes back is none', async () => {
    const story = started().commit({ 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') });
    story.commit({ VERSION: versions('1.2.3') });
    expect(await says(story)).toEqual([asBefore]);
  });

  it('a source that moves with its policy, whatever else is committed', async () => {
    const layers = {
      core: { build: 'source', source: 'lib/core', versionKey: 'CORE_VERSION', layerName: 'core-{env}' },
    };
    const moved = { ...policyFile({ layers, functions: {} }), 'docs/a.md': '' };
    const story = started({ 'lib/core/a.py': 'a = 9\n' }).stage(moved);
    expect(await says(story, 'pre-commit')).toEqual([asBefore]);
    expect(await says(story.commit())).toEqual([asBefore]);
  });

  it('a merge that keeps what the branch had is compared with the tip, though the merge itself changes nothing', async () => {
    const own = { 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') };
    const story = started().commit(own);
    story
      .branch('develop')
      .commit({ 'src/core/a.py': 'a = 3\n', VERSION: versions('1.3.0') })
      .branch('feature')
      .merging('develop')
      .stage(own);
    expect(await says(story, 'pre-commit')).toEqual(['VERSION: CORE_VERSION fell from 1.3.0 to 1.2.4']);
    expect(await says(story.commit())).toEqual(['VERSION: CORE_VERSION fell from 1.3.0 to 1.2.4']);
  });

  it('a hook sees the same when the raise is taken back in the index', async () => {
    const story = started().commit({ 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') });
    expect(await says(story.stage({ VERSION: versions('1.2.3') }), 'pre-commit')).toEqual([asBefore]);
  });

  it('the base branch is above, with another content', async () => {
    const story = started().commit({ 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') });
    story
      .branch('develop')
      .commit({ 'src/core/a.py': 'a = 3\n', VERSION: versions('1.3.0') })
      .branch('feature');
    const taken = 'VERSION: core 1.2.4 does not rise above 1.3.0, which the base branch has with another content';
    expect(await says(story)).toEqual([taken]);
    expect(await says(story.stage({ 'src/core/b.py': '' }), 'pre-commit')).toEqual([taken]);
  });

  it('the base branch has the very same by now', async () => {
    const same = { 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') };
    const story = started().commit(same).branch('develop').commit(same).branch('feature');
    expect(await says(story)).toEqual([]);
  });

  it('the base branch went on elsewhere', async () => {
    const story = started().commit({ 'README.md': 'mine\n' });
    story
      .branch('develop')
      .commit({ 'src/core/a.py': 'a = 3\n', VERSION: versions('1.3.0') })
      .branch('feature');
    expect(await says(story)).toEqual([]);
  });

  it('a merge of the base branch begins at its tip', async () => {
    const story = started().commit({ 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') });
    story
      .branch('develop')
      .commit({ 'src/core/b.py': 'b = 3\n', VERSION: versions('1.3.0') })
      .branch('feature');
    story.merging('develop');
    expect(await says(story.stage({ VERSION: versions('1.3.0') }), 'pre-commit')).toEqual([
      'VERSION: core changed, but CORE_VERSION is 1.3.0 as before',
    ]);
    expect(await says(story.stage({ VERSION: versions('1.4.0') }), 'pre-commit')).toEqual([]);
    expect(await says(story.commit())).toEqual([]);
  });

  it('the first commit of all has nothing to be compared with', async () => {
    expect(await says(memoryRepo().stage(wellKept), 'pre-commit')).toEqual([]);
  });
});

describe('a key of its own for paths', () => {
  const free = policyFile({ versioned: { CANON_VERSION: ['canon/**', 'shared/*.json'] } });
  const withCanon = (value: string) => versions('1.2.3', `CANON_VERSION=${value}\n`);
  const begun = (value = '1.1') =>
    started({ ...free, VERSION: withCanon(value), 'canon/a/b.txt': '1', 'shared/a.json': '1' });

  it.each<[what: string, change: Story, says: string[]]>([
    [
      'a path it stands for',
      { 'canon/a/b.txt': '2' },
      ['VERSION: what it stands for changed, but CANON_VERSION is 1.1 as before'],
    ],
    [
      'another of its globs',
      { 'shared/a.json': '2' },
      ['VERSION: what it stands for changed, but CANON_VERSION is 1.1 as before'],
    ],
    ['a path beside it', { 'shared/a/b.json': '2', 'canonical/x': '1' }, []],
    ['with another value', { 'canon/a/b.txt': '2', VERSION: withCanon('one') }, []],
    ['a value that falls, since it has no order', { 'canon/a/b.txt': '2', VERSION: withCanon('1.0') }, []],
  ])('%s', async (_, change, said) => {
    expect(await says(begun().commit(change))).toEqual(said);
  });

  it.each([
    ['1.1', 'minor'],
    ['2026-01', '1.0'],
    ['1.1.0', 'patch'],
  ])('%s is raised by %s', async (value, raise) => {
    const { findings } = await checked(begun(value).commit({ 'canon/a/b.txt': '2' }), { stage: 'ci' });
    expect(findings.map(({ hint }) => hint)).toEqual([
      `Run: layer-policy bump CANON_VERSION ${raise} && git add -- :/VERSION`,
    ]);
  });
});

describe('what is released already', () => {
  const manifest = (commit: string) => ({
    'layer_management/active/core/manifest.json': JSON.stringify({ version: '1.2.3', git_sha: commit }),
  });
  const released = (by: string) => [`VERSION: core 1.2.3 is released with another content (${by})`];

  it.each(['all', 'ci'] as const)('by its tag, at %s', async (stage) => {
    const story = started().tag('core-v1.2.3').commit({ 'src/core/a.py': 'a = 2\n' });
    story.ref('refs/heads/develop', 'HEAD').commit({ 'src/core/c.py': 'c = 2\n' });
    expect(await says(story, stage)).toEqual(stage === 'all' ? released('tag core-v1.2.3') : [asBefore]);
  });

  it('by its manifest, where there is no tag', async () => {
    const story = started();
    story.commit({ ...manifest(story.head()), 'src/core/a.py': 'a = 2\n' });
    expect(await says(story, 'all')).toEqual(released('layer_management/active/core/manifest.json'));
  });

  it.each<[what: string, tell: (story: MemoryRepo) => MemoryRepo]>([
    ['with this very content', (story) => story.tag('core-v1.2.3').commit({ 'README.md': '' })],
    [
      'as another version',
      (story) => story.tag('core-v1.2.3').commit({ 'src/core/a.py': '', VERSION: versions('1.2.4') }),
    ],
    [
      'under a tag that stands for something else',
      (story) => story.tag('core-v1.2.4').commit({ 'src/core/a.py': '', VERSION: versions('1.2.4') }),
    ],
    [
      'by a manifest of another version',
      (story) => story.commit({ ...manifest(story.head()), 'src/core/a.py': '', VERSION: versions('1.3.0') }),
    ],
    [
      'by a manifest whose commit is not here',
      (story) => story.commit({ ...manifest('1'.repeat(40)), 'src/core/a.py': '' }),
    ],
    [
      'by a manifest that is no file',
      (story) =>
        story.commit({
          'layer_management/active/core/manifest.json': { mode: '120000', content: 'x' },
          'src/core/a.py': '',
        }),
    ],
    [
      'and given up since',
      (story) => story.tag('core-v1.2.3').commit({ 'src/core/a.py': null, 'src/core/__init__.py': null }),
    ],
  ])('%s: nothing to say', async (_, tell) => {
    expect(await says(tell(started()), 'all')).toEqual([]);
  });
});

it('a key of its own that is called like a layer is held apart from it', async () => {
  const story = started({
    ...policyFile({ versioned: { core: ['canon/**'] } }),
    ...{ VERSION: versions('1.2.3', 'core=1.0\n'), 'canon/a': '1' },
  });
  expect(await says(story.stage({ 'src/core/a.py': 'a = 2\n' }), 'pre-commit')).toEqual([asBefore]);
  expect(await says(story.stage({ 'src/core/a.py': 'a = 1\n', 'canon/a': '2' }), 'pre-commit')).toEqual([
    'VERSION: what it stands for changed, but core is 1.0 as before',
  ]);
});

describe('per commit', () => {
  const perCommit = { ...policyFile({ rules: { 'version-bump': ['error', { per: 'commit' }] } }) };

  it('each is compared with its parent, and one that forgot the raise is named', async () => {
    const story = started(perCommit).commit({ 'src/core/a.py': 'a = 2\n' });
    const forgot = story.head();
    story.commit({ VERSION: versions('1.2.4') }).commit({ 'README.md': '' });
    const { findings } = await checked(story, { stage: 'ci', rule: ['version-bump'] });
    expect(findings).toMatchObject([{ message: asBefore.slice('VERSION: '.length), commit: forgot }]);
  });

  it('each is judged for all that it changes', async () => {
    const story = started(perCommit).commit({ 'docs/a.md': '', 'src/core/a.py': 'a = 2\n', 'zz.md': '' });
    expect(await says(story)).toEqual([asBefore]);
  });

  it('what a merge itself takes away, or makes a program, is judged', async () => {
    for (const own of [{ 'src/core/a.py': null }, { 'src/core/a.py': exec('a = 1\n') }]) {
      const story = started(perCommit).commit({ 'README.md': '' });
      story.branch('develop').commit({ 'docs/a.md': '' }).branch('feature').merging('develop').stage(own);
      expect(await says(story, 'pre-commit')).toEqual([asBefore]);
    }
  });

  it('one that raises with its change passes, whatever the others do', async () => {
    const story = started(perCommit).commit({ 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') });
    expect(
      await says(story.commit({ 'README.md': '' }).commit({ 'src/core/a.py': '', VERSION: versions('1.2.5') })),
    ).toEqual([]);
  });

  it('the index is compared with HEAD', async () => {
    const story = started(perCommit).commit({ 'src/core/a.py': 'a = 2\n', VERSION: versions('1.2.4') });
    expect(await says(story.stage({ 'src/core/a.py': 'a = 3\n' }), 'pre-commit')).toEqual([
      'VERSION: core changed, but CORE_VERSION is 1.2.4 as before',
    ]);
  });

  it('the first commit of all has no parent', async () => {
    expect(await says(memoryRepo().stage({ ...wellKept, ...perCommit }), 'pre-commit')).toEqual([]);
  });

  it('what a merge takes as its other side has it is judged there', async () => {
    const story = started(perCommit).commit({ 'README.md': '' });
    story.branch('develop').commit({ 'src/core/a.py': 'a = 2\n' }).branch('feature').merging('develop');
    expect(await says(story, 'pre-commit')).toEqual([]);
    expect(await says(story.stage({ 'src/core/b.py': '' }), 'pre-commit')).toEqual([asBefore]);
  });

  it('what a merge takes away as its other side did is judged there', async () => {
    const story = started(perCommit).commit({ 'README.md': '' });
    story.branch('develop').commit({ 'src/core/a.py': null }).branch('feature').merging('develop');
    expect(await says(story, 'pre-commit')).toEqual([]);
    expect(await says(story.stage({ 'src/core/__init__.py': null, 'src/core/b.py': '' }), 'pre-commit')).toEqual([
      asBefore,
    ]);
  });

  it('a whole tree is compared with what is released, as without it', async () => {
    const story = started(perCommit).tag('core-v1.2.3').commit({ 'src/core/a.py': 'a = 2\n' });
    expect(await says(story, 'all')).toEqual([
      'VERSION: core 1.2.3 is released with another content (tag core-v1.2.3)',
    ]);
  });
});
