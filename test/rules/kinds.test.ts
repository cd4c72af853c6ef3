import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, symlink } from '../kit/repo.js';
import { judging, policy } from './judging.js';

const preCommit = ['--stage', 'pre-commit'];
const said = (r: Repo, rule: string, ...args: string[]) =>
  judging(r, rule, ...args).map(({ file, message }) => `${file}: ${message}`);

/** The example with one instance of a kind in its policy. */
function withRule(use: string, options: Record<string, unknown>): Repo {
  const r = exampleRepo();
  return policy(r, { rules: { mine: { use, severity: 'error', options } } }).commit('policy');
}

describe('a kind', () => {
  it.each(['forbidden-paths', 'required-paths', 'file-size', 'json-schema'])('%s does nothing by itself', (kind) => {
    const r = exampleRepo();
    const before = run(r.dir, ['check', '--stage', 'all'], { env: r.env });
    expect(before.stdout).not.toContain(kind);
    policy(r, { rules: { [kind]: 'error' } }).commit('plain');
    expect(run(r.dir, ['check', '--stage', 'all'], { env: r.env })).toMatchObject({
      code: 0,
      stdout: before.stdout.replace(/commit \w+/, `commit ${r.head().slice(0, 7)}`),
    });
    const { rules } = run(r.dir, ['rules', '--json'], { env: r.env }).json() as {
      rules: { id: string; idle: boolean }[];
    };
    expect(rules.find(({ id }) => id === kind)).toMatchObject({ idle: true });
    expect(run(r.dir, ['rules'], { env: r.env }).stdout).toMatch(new RegExp(`${kind} +kind .*"use": "${kind}"`));
    expect(run(r.dir, ['explain', kind], { env: r.env }).stdout).toMatch(/A kind: .*"use":/s);
  });

  it('runs under its own id where it is told what to look for', () => {
    const r = policy(exampleRepo(), { rules: { 'forbidden-paths': ['error', { paths: ['**/*.pem'] }] } });
    expect(said(r.stage({ 'a.pem': 'x' }), 'forbidden-paths', ...preCommit)).toHaveLength(1);
  });

  it.each([
    [{ use: 'forbidden-paths' }, 'rules.mine gives no "paths", which forbidden-paths needs'],
    [{ use: 'file-size', options: { paths: ['**'] } }, 'rules.mine gives no "maxKiB", which file-size needs'],
    [{ use: 'json-schema', options: { files: ['*.json'] } }, 'rules.mine gives no "schema", which json-schema needs'],
    [{ use: 'required-paths', options: { path: ['x'] } }, 'did you mean "paths"?'],
    [{ use: 'json-schema', options: { files: ['a'], schema: true } }, 'options.schema must be string or object'],
  ])('that an instance leaves without its options is refused: %j', (mine, problem) => {
    const r = policy(exampleRepo(), { rules: { mine } });
    expect(run(r.dir, ['check', ...preCommit], { env: r.env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(problem),
    });
  });

  it('that is switched off needs none', () => {
    const r = policy(exampleRepo(), { rules: { mine: { use: 'forbidden-paths', severity: 'off' } } });
    expect(run(r.dir, ['check', ...preCommit], { env: r.env }).code).toBe(0);
  });

  it('has instances that stand beside each other, with severities and waivers of their own', () => {
    const r = policy(exampleRepo(), {
      rules: {
        'no-notebooks': { use: 'forbidden-paths', severity: 'error', options: { paths: ['**/*.ipynb'] } },
        'no-keys': {
          use: 'forbidden-paths',
          severity: 'warning',
          options: { paths: ['**/*.pem'], because: 'keys leak' },
        },
      },
      waivers: [{ rule: 'no-notebooks', file: 'course/**', reason: 'taught', until: '2999-01-01' }],
    }).stage({ 'a.ipynb': 'x', 'a.pem': 'x', 'course/b.ipynb': 'x' });
    const { findings } = run(r.dir, ['check', ...preCommit, '--json'], { env: r.env }).json() as {
      findings: { rule: string; severity: string; message: string }[];
    };
    expect(findings.map(({ rule, severity, message }) => `${rule} ${severity} ${message}`)).toEqual([
      'no-notebooks error "a.ipynb" is ruled out by **/*.ipynb',
      'no-keys warning "a.pem" is ruled out by **/*.pem: keys leak',
    ]);
  });
});

describe('forbidden-paths', () => {
  it('judges what a change leaves, and with "history" what it brought', () => {
    const r = withRule('forbidden-paths', { paths: ['**/*.{pem,key}'], except: ['tests/**'] });
    const from = r.head();
    const bad = r.commit('bad', { 'x y.pem': 'x', 'tests/a.key': 'x', 'link.key': symlink('/etc/x') }).head();
    expect(judging(r, 'mine', '--from', from)).toMatchObject([
      { file: 'link.key', commit: null },
      {
        file: 'x y.pem',
        commit: null,
        hint: "Take it out of the commit, keeping the file: git rm --cached -- ':(top,literal)x y.pem'",
      },
    ]);
    r.commit('good', { 'x y.pem': null, 'link.key': null });
    expect(judging(r, 'mine', '--from', from)).toEqual([]);
    const rules = { mine: { use: 'forbidden-paths', options: { paths: ['**/*.pem'], history: true } } };
    policy(r, { rules }).commit('history');
    expect(judging(r, 'mine', '--from', from)).toMatchObject([{ file: 'x y.pem', commit: bad }]);
    expect(judging(r, 'mine', '--stage', 'all')).toEqual([]);
  });
});

it('a forbidden path is taken out of the index by --fix, and stays on disk', () => {
  const r = withRule('forbidden-paths', { paths: ['**/*.pem'] }).stage({ 'deep/a b.pem': 'x', 'a.txt': 'a' });
  expect(run(r.dir, ['check', ...preCommit, '--fix'], { env: r.env }).code).toBe(0);
  expect([r.git('diff', '--cached', '--name-only'), r.read('deep/a b.pem')]).toEqual(['a.txt', 'x']);
});

describe('required-paths', () => {
  const options = { paths: ['LICENSE', 'docs', 'tests/**/*.py', '**/*.toml'], because: 'asked for' };

  it('says what is absent, however the tree is reached, and where the change has to do with it', () => {
    const r = withRule('required-paths', options);
    const expected = [
      '**/*.toml: nothing fits **/*.toml, and something must: asked for',
      'LICENSE: there is nothing at LICENSE, which this repository must have: asked for',
      'docs: there is nothing at docs, which this repository must have: asked for',
    ];
    expect(said(r, 'mine', '--stage', 'all')).toEqual(expected);
    expect(said(r.stage({ 'a.txt': 'a' }), 'mine', ...preCommit)).toEqual([]);
    expect(said(r.stage({ 'docs/a.md': 'a' }), 'mine', ...preCommit)).toEqual(expected.slice(0, 2));
    r.stage({ LICENSE: 'MIT', 'deep/er/x.toml': '' }).commit('there');
    expect(said(r, 'mine', '--stage', 'all')).toEqual([]);
    expect(said(r.stage({ 'tests/test_inbox_core.py': null }), 'mine', ...preCommit)).toEqual([
      'tests/**/*.py: nothing fits tests/**/*.py, and something must: asked for',
    ]);
    expect(said(r.stage({ 'deep/er/x.toml': null, 'y.toml': '' }), 'mine', ...preCommit)).toHaveLength(1);
  });

  it('asks only where something is there', () => {
    const r = withRule('required-paths', { paths: ['infra/README.md'], when: ['infra/**/*.tf'] });
    expect(said(r, 'mine', '--stage', 'all')).toEqual([]);
    r.stage({ 'infra/a/main.tf': '' });
    expect(said(r, 'mine', ...preCommit)).toHaveLength(1);
    expect(said(r.stage({ 'infra/README.md': '' }), 'mine', ...preCommit)).toEqual([]);
  });

  it('the command for what was deleted brings it back', () => {
    const r = withRule('required-paths', { paths: ['VERSION'] });
    r.stage({ VERSION: null });
    const [hint] = judging(r, 'mine', ...preCommit).map((finding) => finding.hint);
    const command =
      /git checkout HEAD -- \S+(?=,)/
        .exec(hint ?? '')?.[0]
        .split(' ')
        .slice(1) ?? [];
    r.git(...command);
    expect(said(r, 'mine', ...preCommit)).toEqual([]);
  });
});

describe('file-size', () => {
  const kib = (count: number) => 'x'.repeat(1024 * count);

  it('judges the files of a change and never asks for what they hold', () => {
    const r = withRule('file-size', { maxKiB: 10, except: ['big/**'] });
    r.commit('old', { 'old.bin': kib(11) });
    r.stage({ 'a.bin': kib(10), 'b.bin': `${kib(10)}x`, 'big/c.bin': kib(99), 'l.bin': symlink(kib(1)) });
    expect(said(r, 'mine', ...preCommit)).toEqual(['b.bin: 10.1 KiB; the limit is 10 KiB']);
    expect(said(r.commit('new'), 'mine', '--stage', 'all')).toEqual([
      'b.bin: 10.1 KiB; the limit is 10 KiB',
      'old.bin: 11 KiB; the limit is 10 KiB',
    ]);
  });

  it('judges some files, and with "history" every commit', () => {
    const r = withRule('file-size', { maxKiB: 0.5, paths: ['data/**'], history: true });
    const from = r.head();
    const bad = r.commit('bad', { 'data/a.csv': kib(1), 'b.csv': kib(1) }).head();
    r.commit('good', { 'data/a.csv': null });
    expect(judging(r, 'mine', '--from', from)).toMatchObject([{ file: 'data/a.csv', commit: bad }]);
    expect(judging(r, 'mine', '--stage', 'all')).toEqual([]);
  });
});
