import { describe, expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { type Repo, repo } from '../../kit/repo.js';

const core = { build: 'source', source: 'src/core', versionKey: 'CORE_VERSION', layerName: 'core-{env}' };

const policy = (layer: object = {}, more: object = {}) => ({
  '.layerpolicyrc.json': JSON.stringify({ baseBranch: 'develop', layers: { core: { ...core, ...layer } }, ...more }),
});

/** A layer `core` at 1.2.3 on develop, and a feature branch on it. */
const story = (more: Record<string, string> = {}) =>
  repo()
    .commit('init', {
      ...policy(),
      '.gitignore': '/.build/\n',
      VERSION: 'CORE_VERSION=1.2.3\nOTHER_VERSION=1.0.0\n',
      'src/core/a.py': 'x = 1\n',
      ...more,
    })
    .branch('feature');

function bumps(r: Repo, stage: string, env: Record<string, string> = {}) {
  const { code, json, stderr } = run(r.dir, ['check', '--stage', stage, '--json', '--rule', 'version-bump'], {
    env: { ...r.env, ...env },
  });
  if (code > 1) return [`exit ${code}`, stderr];
  return (json() as { findings: { message: string }[] }).findings.map(({ message }) => message);
}

/** What the hook says of the staged change, and CI of the same change committed, must be one. */
function judged(r: Repo) {
  const atHook = bumps(r, 'pre-commit');
  expect(bumps(r.commit('change'), 'ci')).toEqual(atHook);
  return atHook;
}

describe('a change that moves what the policy declares', () => {
  it.each([
    ['the source', { source: 'lib/core' }, { 'lib/core/a.py': 'x = 2\n', 'src/core/a.py': null }],
    ['the source, to a folder that was there', { source: 'src/old' }, {}],
    ['the key of a version', { versionKey: 'OTHER_VERSION' }, { 'src/core/a.py': 'x = 2\n' }],
    [
      'the kind of build',
      { build: 'requirements', source: 'src/requirements.txt' },
      { 'src/requirements.txt': 'x==1' },
    ],
  ])('needs a raise above what the base called it: %s', (_, layer, files) => {
    const r = story({ 'src/old/a.py': 'x = 0\n' }).stage({ ...files, ...policy(layer) });
    expect(judged(r)).toEqual([expect.stringMatching(/core changed, but|fell from 1\.2\.3/)]);
  });

  it('needs a raise where the version file moves, too', () => {
    const r = story().stage({
      ...policy({}, { versionFile: 'versions/VERSION' }),
      'versions/VERSION': 'CORE_VERSION=1.2.3\n',
      'src/core/a.py': 'x = 2\n',
      VERSION: null,
    });
    expect(judged(r)).toEqual([expect.stringContaining('core changed, but CORE_VERSION is 1.2.3 as before')]);
  });

  it('needs a raise where a layer takes another name', () => {
    const layers = { kernel: { ...core, source: 'src/core' } };
    const r = story().stage({
      '.layerpolicyrc.json': JSON.stringify({ baseBranch: 'develop', layers }),
      'src/core/a.py': 'x = 2\n',
    });
    expect(judged(r)).toEqual([expect.stringContaining('kernel changed')]);
  });

  it('needs none where the same files are packed from another place', () => {
    const r = story().stage({
      ...policy({ source: 'lib/core' }),
      'lib/core/a.py': 'x = 1\n',
      'src/core/a.py': null,
    });
    expect(judged(r)).toEqual([]);
  });

  it('passes with the raise', () => {
    const r = story().stage({
      ...policy({ versionKey: 'OTHER_VERSION', source: 'lib/core' }),
      'lib/core/a.py': 'x = 2\n',
      VERSION: 'OTHER_VERSION=1.2.4\n',
    });
    expect(judged(r)).toEqual([]);
  });
});

describe('other states that a version is compared with', () => {
  it('the base branch is read by the policy that it has by now', () => {
    const r = story().commit('mine', { 'src/core/a.py': 'x = 2\n', VERSION: 'CORE_VERSION=1.2.4\n' });
    r.branch('develop').commit('theirs', {
      ...policy({ source: 'lib/core', versionKey: 'OTHER_VERSION' }),
      'lib/core/a.py': 'x = 3\n',
      'src/core/a.py': null,
      VERSION: 'OTHER_VERSION=1.3.0\n',
    });
    expect(bumps(r.branch('feature'), 'ci')).toEqual([expect.stringContaining('1.2.4 does not rise above 1.3.0')]);
  });

  it('what was released is read by the policy of its commit', () => {
    const r = story();
    r.git('tag', '-a', 'core-v1.2.3', '-m', 'released');
    r.commit('move', { ...policy({ source: 'lib/core' }), 'lib/core/a.py': 'x = 2\n', 'src/core/a.py': null });
    expect(bumps(r, 'all')).toEqual([expect.stringContaining('core 1.2.3 is released with another content')]);
  });

  it('each commit and its parent are read by their own, where each is judged', () => {
    const perCommit = { rules: { 'version-bump': ['error', { per: 'commit' }] } };
    const r = story(policy({}, perCommit)).commit('not raised', { 'src/core/a.py': 'x = 2\n' });
    r.commit('moved and raised', {
      ...policy({ source: 'lib/core', versionKey: 'OTHER_VERSION' }, perCommit),
      'lib/core/a.py': 'x = 3\n',
      'src/core/a.py': null,
      VERSION: 'OTHER_VERSION=1.2.4\n',
    });
    expect(bumps(r, 'ci')).toEqual([expect.stringContaining('core changed, but CORE_VERSION is 1.2.3 as before')]);
  });

  it('each commit is judged though the next one takes it back', () => {
    const perCommit = { rules: { 'version-bump': ['error', { per: 'commit' }] } };
    const r = story(policy({}, perCommit)).commit('not raised', { 'src/core/a.py': 'x = 2\n' });
    expect(bumps(r.commit('back', { 'src/core/a.py': 'x = 1\n' }), 'ci')).toHaveLength(1);
  });
});

it('a policy that nobody could read before does not stop the commit that mends it', () => {
  const r = story({ '.layerpolicyrc.json': '{ "layers": {}, "layers": {} }' });
  r.stage({ ...policy(), 'src/core/a.py': 'x = 2\n' });
  expect(judged(r)).toEqual([expect.stringContaining('core changed')]);
});
