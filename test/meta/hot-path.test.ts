import { describe, expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';
import { record } from '../kit/record.js';
import { type Repo, repo } from '../kit/repo.js';

/** Runs the hook's check and tells what it loaded and started. */
function atCommit(
  r: Repo,
  expected = 0,
): { packages: string[]; pieces: string[]; builtins: string[]; started: string[] } {
  const { code, stderr, loaded, started } = record(r, ['check', '--stage', 'pre-commit']);
  expect([code, stderr]).toEqual([expected, '']);
  const names = loaded.map((name) => name.replace(/^node:/, ''));
  return {
    packages: names.filter((name) => /ajv|simple-git|yauzl|archiver|cosmiconfig|semver|aws-sdk|yaml/.test(name)),
    pieces: names.filter((name) => name.includes('cli/')),
    builtins: names.filter((name) => ['crypto', 'fs/promises', 'zlib', 'http', 'https', 'readline'].includes(name)),
    started,
  };
}

const many = (count: number, folder: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/file-${i}.txt`, `${i}`]));

describe('a commit pays for what it needs', () => {
  it('loads no package and no other piece of the program, and starts two processes', () => {
    expect(atCommit(exampleRepo().stage(many(300, 'docs')))).toMatchObject({
      packages: [],
      pieces: [],
      builtins: [],
      started: [expect.stringMatching(/diff --cached|cat-file/), expect.stringMatching(/diff --cached|cat-file/)],
    });
  });

  it('starts at most three, with fifty layers touched and a base branch that went on', () => {
    const names = Array.from({ length: 50 }, (_, i) => `layer-${i}`);
    const layers = Object.fromEntries(
      names.map((name, i) => [
        name,
        { build: 'source', source: `src/l${i}`, versionKey: `L${i}`, layerName: `${name}-{env}` },
      ]),
    );
    const sources = (text: string) => Object.fromEntries(names.map((_, i) => [`src/l${i}/a.py`, text]));
    const versions = (version: string) => names.map((_, i) => `L${i}=${version}\n`).join('');
    const r = repo().commit('init', {
      '.layerpolicyrc.json': JSON.stringify({ baseBranch: 'develop', layers }),
      '.gitignore': '/.build/\n',
      VERSION: versions('1.0.0'),
      ...sources('x = 1\n'),
    });
    r.branch('feature').commit('mine', { 'docs/a.md': 'a' });
    r.branch('develop').commit('theirs', { 'docs/b.md': 'b' });
    r.branch('feature').stage({ ...sources('x = 2\n'), VERSION: versions('1.0.1') });
    const { started, packages, pieces } = atCommit(r);
    expect([started.length, packages, pieces]).toEqual([3, [], []]);
    r.stage({ VERSION: versions('1.0.0') });
    expect(atCommit(r, 1).started.length).toBe(3);
    // Moved sources are compared with what the base's own policy says, and that policy is one object more to read.
    const moved = Object.values(layers).map((layer) => ({ ...layer, source: layer.source.replace('src/', 'lib/') }));
    const renamed = Object.fromEntries(names.map((name, i) => [name, moved[i]]));
    r.stage({ '.layerpolicyrc.json': JSON.stringify({ baseBranch: 'develop', layers: renamed }) });
    r.stage(Object.fromEntries(names.map((_, i) => [`lib/l${i}/a.py`, 'x = 3\n'])));
    expect(atCommit(r, 1).started.length).toBe(3);
  });

  it('starts no more where the remote is not called origin and no local branch stands for it', () => {
    const r = exampleRepo().clone('--origin', 'upstream');
    r.branch('feature').commit('mine', { 'src_v2/inbox_core/new.py': 'x = 1\n' }).git('branch', '-q', '-D', 'develop');
    r.git(
      'update-ref',
      'refs/remotes/upstream/develop',
      r.git('commit-tree', '-m', 'theirs', '-p', 'HEAD~1', 'HEAD~1^{tree}'),
    );
    const { started } = atCommit(r.stage({ 'src_v2/inbox_core/more.py': 'x = 1\n' }), 1);
    expect(started.map((line) => /cat-file|diff --cached|merge-base/.exec(line)?.[0]).sort()).toEqual([
      'cat-file',
      'diff --cached',
      'merge-base',
    ]);
    expect(atCommit(r.worktree('side').stage({ 'src_v2/inbox_core/more.py': 'x = 1\n' }), 1).started.length).toBe(3);
  });

  it('loads the YAML loader for a YAML policy, and none of the code that lies about', () => {
    const mark = 'require("node:fs").writeFileSync("pwned", "")';
    const r = repo().stage({
      '.layerpolicyrc.yaml': 'layers: {}\n',
      '.gitignore': '/.build/\n',
      '.config/config.js': mark,
    });
    const { packages } = atCommit(r);
    expect(packages).toContain('cosmiconfig');
    expect(packages.filter((name) => /ajv|simple-git|yauzl|archiver|aws-sdk/.test(name))).toEqual([]);
    expect(r.exists('pwned')).toBe(false);
  });
});
