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
    packages: names.filter((name) => /ajv|re2js|simple-git|yauzl|archiver|cosmiconfig|semver|aws-sdk|yaml/.test(name)),
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

  it('pays for instances of rule kinds where the commit concerns them, and with no process', () => {
    const kinds = {
      'no-keys': { use: 'forbidden-paths', options: { paths: ['**/*.pem'] } },
      'a-license': { use: 'required-paths', options: { paths: ['**/LICENSE'], when: ['**/*.md'] } },
      small: { use: 'file-size', options: { maxKiB: 100 } },
      events: { use: 'json-schema', options: { files: ['**/*.json'], schema: { type: 'object' } } },
      named: { use: 'json-schema', options: { files: ['named/*.json'], schema: { pattern: '^a' } } },
    };
    const r = exampleRepo();
    const rules = JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), rules: kinds });
    r.commit('kinds', { '.layerpolicyrc.json': rules, LICENSE: 'MIT', 'old/LICENSE': 'MIT' });
    r.branch('feature').commit('mine', { 'docs/a.txt': 'a' });
    r.branch('develop').commit('theirs', { 'docs/b.txt': 'b' });
    r.branch('feature').stage({ ...many(300, 'docs'), 'src_v2/inbox_core/item.py': 'x', VERSION: r.read('VERSION') });
    r.stage({ VERSION: r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.0.1') });
    expect(atCommit(r)).toMatchObject({ packages: [], pieces: [], started: { length: 3 } });

    const touched = atCommit(r.stage({ 'old/LICENSE': null, 'docs/a.json': '{}' }));
    expect([touched.packages, touched.started.length]).toEqual([[], 3]);
    expect(touched.pieces.some((name) => name.includes('json-schema'))).toBe(true);
    expect(atCommit(r.stage({ 'named/a.json': '"a"' }), 1)).toMatchObject({
      packages: [expect.stringContaining('re2js')],
      started: { length: 3 },
    });
    // A change of the policy judges what was there before: the whole of the index is looked through.
    r.stage({ '.layerpolicyrc.json': rules.replace('"maxKiB":100', '"maxKiB":200'), 'named/a.json': null });
    expect(atCommit(r).started.length).toBe(3);
  });

  it('pays for presets, overrides and plugins where a policy has them, and for each alone', () => {
    const pieces = (more: object, files: Record<string, string> = {}) => {
      const r = exampleRepo();
      const policy = JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), ...more });
      r.commit('policy', { '.layerpolicyrc.json': policy, ...files });
      const { packages, pieces, started } = atCommit(r.stage({ 'docs/a.md': 'a' }));
      expect([packages, started.length]).toEqual([[], 2]);
      return pieces.map((name) => /cli\/([\w-]+)\.cjs$/.exec(name)?.[1]);
    };
    expect(
      pieces({ overrides: [{ paths: ['docs/**'], rules: { 'no-root-arn': ['error', { contents: true }] } }] }),
    ).toEqual([]);
    expect(pieces({ extends: 'recommended' })).toContain('config-presets');
    const rule = `export const rules = [{ id: 'acme/none', title: 'x', why: 'x.', severity: 'error', stages: ['pre-commit'],
      facts: ['paths'], options: { schema: {}, defaults: {} }, messages: {}, examples: [], check: () => [] }];`;
    const loaded = pieces({ plugins: ['./rules.mjs'] }, { 'rules.mjs': rule });
    expect(loaded).toContain('config-plugins-index');
    expect(loaded).not.toContain('config-presets');
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
    expect(packages.filter((name) => /ajv|re2js|simple-git|yauzl|archiver|aws-sdk/.test(name))).toEqual([]);
    expect(r.exists('pwned')).toBe(false);
  });

  it('loads for a push and for a whole tree what their policy needs, and nothing of functions where none are declared', () => {
    const policy = {
      baseBranch: 'develop',
      layers: { core: { build: 'source', source: 'src/core', versionKey: 'CORE', layerName: 'core-{env}' } },
    };
    const r = repo().commit('init', {
      '.layerpolicyrc.json': JSON.stringify(policy),
      '.gitignore': '/.build/\n',
      VERSION: 'CORE=1.0.0\n',
      'src/core/a.py': 'x = 1\n',
    });
    const before = r.git('rev-parse', 'HEAD');
    r.git('update-ref', 'refs/remotes/origin/develop', before);
    r.git('config', 'remote.origin.url', 'https://example.com/r.git');
    r.branch('feature').commit('mine', { VERSION: 'CORE=1.1.0\n', 'src/core/a.py': 'x = 2\n' });
    const pieces = (args: string[], stdin = '') => {
      const { code, stderr, loaded } = record(r, ['check', ...args], { stdin });
      expect([code, stderr]).toEqual([0, '']);
      return loaded.flatMap((name) => /cli[\\/](?!shared-)([\w-]+)\.cjs$/.exec(name)?.[1] ?? []);
    };
    const pushed = `refs/heads/feature ${r.git('rev-parse', 'HEAD')} refs/heads/feature ${'0'.repeat(40)}\n`;
    expect(pieces(['--stage', 'pre-push', 'origin', 'https://example.com/r.git'], pushed)).toEqual([]);
    expect(pieces(['--stage', 'all'])).toEqual(['layer-copies']);
  });
});
