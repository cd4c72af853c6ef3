import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { exec, type Repo, repo, symlink } from '../kit/repo.js';

interface Found {
  rule: string;
  file: string;
  pathBytes?: string;
  commit: string | null;
  message: string;
  hint: string;
  fingerprint: string;
  line: number | null;
}
interface Document {
  schema: number;
  ok: boolean;
  stage: string;
  head: string | null;
  base: string | null;
  counts: { error: number; warning: number };
  findings: Found[];
  waived: (Found & { by: string })[];
  notices: string[];
}

function check(r: Repo, args: string[], options: { stdin?: string; env?: Record<string, string> } = {}) {
  const result = run(r.dir, ['check', '--json', '--now', '2026-01-31', ...args], {
    ...options,
    env: { ...r.env, ...options.env },
  });
  return { ...result, document: result.code <= 1 ? (result.json() as Document) : null };
}

const rulesOf = (document: Document | null) => document?.findings.map(({ rule, file }) => `${rule} ${file}`);

/** What the hooks and CI must agree on. */
const essence = (document: Document | null) =>
  document?.findings.map(({ rule, file, message, fingerprint, line }) => ({ rule, file, message, fingerprint, line }));

const bad = {
  '.build/x': 'x',
  'core_layer_arn.txt': 'arn',
  'layer_management/archive/v6/layer_v6.zip': 'PK',
  'layer_management/active/stray/manifest.json': '{"version": 1, "version": 2}\n',
  'src_v2/inbox_core/new.py': 'x = 1\n',
};

describe('the example', () => {
  it('keeps its own policy at every stage', () => {
    const r = exampleRepo();
    for (const stage of ['all', 'release', 'ci', 'pre-commit']) {
      expect(check(r, ['--stage', stage]).stdout).toContain('"ok": true');
    }
  });

  it('is what the person at the terminal sees too', () => {
    const r = exampleRepo().stage(bad);
    const { stdout, code } = run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✖ no-build-commits .*\n {2}\S.*\n {2}under .*\n {4}\.build\/x\n {2}→ .*git rm -r --cached -- :\/\.build\/x\n/,
    );
    expect(stdout).not.toMatch(/\x1b/);
  });
});

describe('pre-commit', () => {
  it('judges the index, not the work tree', () => {
    const r = exampleRepo().stage({ '.build/x': 'bad' }).remove('.build/x');
    expect(rulesOf(check(r, ['--stage', 'pre-commit']).document)).toEqual(['no-build-commits .build/x']);
    const clean = exampleRepo().write({ '.build/x': 'bad' });
    expect(rulesOf(check(clean, ['--stage', 'pre-commit']).document)).toEqual([]);
  });

  it.each([
    ['a newline', 'inbox-core-\n.zip'],
    ['blanks', 'inbox-core a b.zip'],
    ['a leading dash', '-inbox-core.zip/inbox-core-x.zip'],
    ['a command', 'inbox-core-$(touch pwned)`id`\'".zip'],
    ['a pathspec', ':(top)/inbox-core-*.zip'],
    ['a tab', 'inbox-core\t.zip'],
    ['letters of the world', 'ünï/inbox-core-çé.zip'],
  ])('names a file with %s exactly, and runs nothing', (_, path) => {
    const r = exampleRepo().stage({ [path]: 'x' });
    const { document, stdout } = check(r, ['--stage', 'pre-commit', '--rule', 'semver-naming']);
    expect(document?.findings.map(({ file }) => file)).toEqual([path]);
    expect(r.exists('pwned')).toBe(false);
    expect(stdout).not.toMatch(/[^\x20-\x7e\n\u0080-\uffff]/);
  });

  it('sees renames, retypings and deletions', () => {
    const r = exampleRepo();
    r.git('mv', 'README.md', 'inbox-core.zip');
    r.stage({ 'layer_management/active/inbox-core/README.md': null });
    r.stage({ 'layer_management/active/inbox-core/manifest.json': '{}' });
    expect(rulesOf(check(r, ['--stage', 'pre-commit']).document)).toEqual(
      expect.arrayContaining([
        'semver-naming inbox-core.zip',
        'layer-layout layer_management/active/inbox-core',
        'manifest-schema layer_management/active/inbox-core/manifest.json',
      ]),
    );
  });

  it('works before the first commit, in either object format', () => {
    for (const objectFormat of ['sha1', 'sha256'] as const) {
      const r = repo({ objectFormat }).stage({
        '.layerpolicyrc.json': '{"layers": {}}',
        '.gitignore': '/.build/\n',
        '.build/x': 'x',
      });
      expect(rulesOf(check(r, ['--stage', 'pre-commit']).document)).toEqual(['no-build-commits .build/x']);
      r.git('rm', '-q', '--cached', '.build/x');
      expect(check(r, ['--stage', 'pre-commit']).code).toBe(0);
    }
  });

  it('respects the index it is given', () => {
    const r = exampleRepo().stage({ '.build/x': 'bad' });
    r.with({ GIT_INDEX_FILE: `${r.dir}/.git/other` }).git('read-tree', 'HEAD');
    expect(check(r, ['--stage', 'pre-commit'], { env: { GIT_INDEX_FILE: `${r.dir}/.git/other` } }).code).toBe(0);
    expect(check(r, ['--stage', 'pre-commit']).code).toBe(1);
  });

  it('never follows links, and takes the policy from no link', () => {
    const r = exampleRepo().stage({ 'dangling.zip': symlink('/nowhere') });
    expect(check(r, ['--stage', 'pre-commit']).code).toBe(0);
    r.remove('.layerpolicyrc.json').stage({ '.layerpolicyrc.json': symlink('/etc/passwd') });
    const { code, json } = check(r, ['--stage', 'pre-commit']);
    expect([code, json()]).toMatchObject([2, { ok: false, error: { code: 'config-unreadable' } }]);
  });

  it('leaves index, work tree and locks as they are', () => {
    const r = exampleRepo().stage({ 'a.txt': '1' }).write({ 'a.txt': '2', '.git/index.lock': '' });
    const before = r.git('hash-object', '.git/index');
    expect(check(r, ['--stage', 'pre-commit']).code).toBe(0);
    expect([r.git('hash-object', '.git/index'), r.read('a.txt')]).toEqual([before, '2']);
  });

  it('is not bent by the settings of the user or of the repository', () => {
    const r = exampleRepo().stage(bad);
    const plain = check(r, ['--stage', 'pre-commit']);
    const settings = {
      'diff.orderFile': '/no/such/file',
      'color.ui': 'always',
      'diff.noprefix': 'true',
      'diff.external': 'touch pwned',
      'diff.renames': 'copies',
      'core.quotePath': 'false',
      'core.fsmonitor': 'touch pwned',
      'diff.relative': 'true',
      'diff.ignoreSubmodules': 'all',
      'core.abbrev': '4',
    };
    for (const [key, value] of Object.entries(settings)) r.git('config', key, value);
    expect(check(r, ['--stage', 'pre-commit']).stdout).toBe(plain.stdout);
    expect(r.exists('pwned')).toBe(false);
  });
});

describe('the same tree', () => {
  it('gives the same findings through the index, a commit, a worktree and a bare clone', () => {
    const r = exampleRepo().stage(bad);
    const atIndex = check(r, ['--stage', 'pre-commit']).document;
    r.commit('bad');
    const range = ['--from', 'HEAD^', '--to', 'HEAD'];
    const atCi = check(r, range).document;
    expect(essence(atIndex)).toEqual(essence(atCi));
    expect(atCi?.findings.every(({ commit }) => commit === null || commit === r.head())).toBe(true);
    expect(check(r.worktree('side'), range).stdout).toBe(check(r, range).stdout);
    expect(check(r.clone('--bare'), range).stdout).toBe(check(r, range).stdout);
    expect(check(r.clone('--filter=blob:none', '--no-checkout'), range).code).not.toBe(0);
  });
});

describe('pre-push', () => {
  function pushed(r: Repo, local: string, remote = '0'.repeat(40)) {
    return check(r, ['--stage', 'pre-push', 'origin', 'url'], {
      stdin: `refs/heads/x ${local} refs/heads/x ${remote}\n`,
    });
  }

  it('judges every commit the remote lacks, not only the last', () => {
    const r = exampleRepo();
    const start = r.head();
    r.commit('add', { '.build/x': 'x' }).commit('remove', { '.build/x': null });
    const { code, document } = pushed(r, r.head(), start);
    expect(code).toBe(1);
    expect(document?.findings).toMatchObject([{ rule: 'no-build-commits', commit: r.head('HEAD^') }]);
    expect(document?.findings[0]?.hint).toContain('git rebase -i');
  });

  it('judges the pushed commit and not the checkout', () => {
    const r = exampleRepo();
    const good = r.head();
    r.branch('bad').commit('bad', { '.build/x': 'x' });
    const worse = r.head();
    r.branch('develop').stage({ '.build/y': 'y' });
    expect(pushed(r, good).code).toBe(0);
    expect(pushed(r, worse, good).code).toBe(1);
  });

  it('lets a deletion and an empty push pass', () => {
    const r = exampleRepo().commit('bad', { '.build/x': 'x' });
    const stdin = `(delete) ${'0'.repeat(40)} refs/heads/x ${r.head()}\n`;
    expect(check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin }).code).toBe(0);
    expect(check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin: '' }).code).toBe(0);
  });

  it('judges every ref of a push, and refs with blanks in them', () => {
    const r = exampleRepo();
    const good = r.head();
    r.branch('zbad').commit('bad', { '.build/x': 'x' });
    const zero = '0'.repeat(40);
    const stdin = `main@{1 day ago} ${good} refs/heads/a ${zero}\nrefs/heads/zbad ${r.head()} refs/heads/zbad ${good}\n`;
    const { code, document } = check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin });
    expect([code, rulesOf(document)]).toEqual([1, ['no-build-commits .build/x']]);
  });

  it('leaves alone what the remote has, in a shallow clone too', () => {
    const origin = exampleRepo().commit('old sin', { '.build/x': 'x' });
    const shallow = origin.clone('--depth', '1');
    shallow.commit('new', { 'a.txt': 'a' });
    expect(pushed(shallow, shallow.head(), shallow.head('origin/develop')).code).toBe(0);
    shallow.commit('new sin', { '.build/y': 'y' });
    expect(pushed(shallow, shallow.head(), shallow.head('origin/develop')).code).toBe(1);
  });

  it('takes an annotated tag for the commit it leads to', () => {
    const r = exampleRepo();
    const good = r.head();
    r.commit('bad', { '.build/x': 'x' }).git('tag', '-a', 'v1', '-m', 'v1');
    const stdin = `refs/tags/v1 ${r.git('rev-parse', 'v1')} refs/tags/v1 ${'0'.repeat(40)}\n`;
    expect(check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin }).document?.findings).toMatchObject([
      { file: '.build/x' },
    ]);
    expect(good).not.toBe(r.head());
  });
});

describe('version-bump', () => {
  const touch = { 'src_v2/inbox_core/new.py': 'x = 1\n' };
  const raised = (r: Repo, to: string) => ({
    VERSION: r.read('VERSION').replace(/(INBOX_CORE_VERSION=).*/, `$1${to}`),
  });

  it('asks for a raise once a branch', () => {
    const r = exampleRepo().branch('feature').stage(touch);
    expect(rulesOf(check(r, ['--stage', 'pre-commit']).document)).toEqual(['version-bump VERSION']);
    r.stage(raised(r, '99.0.0')).commit('feat');
    expect(check(r.stage({ 'src_v2/inbox_core/more.py': '' }), ['--stage', 'pre-commit']).code).toBe(0);
  });

  it('asks for nothing where only junk, a test or another folder changes', () => {
    const r = exampleRepo()
      .branch('feature')
      .stage({ 'src_v2/inbox_core/x.pyc': 'x', 'src_v2/other.py': 'x', 'README.md': 'x' });
    expect(check(r, ['--stage', 'pre-commit']).code).toBe(0);
  });

  it('refuses a fall, and a version that the base branch took meanwhile', () => {
    const r = exampleRepo();
    const down = r.branch('down').stage(raised(r, '0.0.1'));
    expect(check(down, ['--stage', 'pre-commit']).document?.findings[0]?.message).toMatch(/fell from/);
    r.git('reset', '-q', '--hard', 'develop');
    r.branch('mine').commit('mine', { ...touch, ...raised(r, '99.0.0') });
    r.branch('develop').commit('theirs', { 'src_v2/inbox_core/theirs.py': '', ...raised(r, '99.0.0') });
    r.branch('mine');
    expect(check(r, ['--stage', 'ci']).document?.findings[0]?.message).toMatch(/does not rise above 99\.0\.0/);
  });

  it('refuses two contents under one released version', () => {
    const r = exampleRepo();
    const version = /INBOX_CORE_VERSION=(.*)/.exec(r.read('VERSION'))?.[1];
    r.git('tag', '-a', `inbox-core-v${version}`, '-m', 'released');
    r.commit('change', touch);
    expect(check(r, ['--stage', 'all']).document?.findings).toMatchObject([
      { rule: 'version-bump', message: expect.stringContaining('is released with another content') },
    ]);
  });

  it('judges each commit where the policy asks for that', () => {
    const config = JSON.parse(exampleRepo().read('.layerpolicyrc.json'));
    config.rules = { 'version-bump': ['error', { per: 'commit' }] };
    const r = exampleRepo().commit('policy', { '.layerpolicyrc.json': JSON.stringify(config) });
    r.branch('feature').commit('change', touch);
    r.commit('raise', raised(r, '1.99.0'));
    expect(check(r, ['--stage', 'ci']).document?.findings).toMatchObject([
      { rule: 'version-bump', commit: r.head('HEAD^') },
    ]);
  });
});

describe('waivers, baseline, skips', () => {
  const withRules = (r: Repo, more: object) =>
    JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), ...more });

  it('a waiver holds until its last day, is shown, and is a finding afterwards', () => {
    const r = exampleRepo();
    const waiver = { rule: 'no-build-commits', file: '.build/**', reason: 'moving house', until: '2026-01-31' };
    r.commit('waive', { '.layerpolicyrc.json': withRules(r, { waivers: [waiver] }), '.build/x': 'x' });
    const held = check(r, ['--stage', 'all']);
    expect([held.code, held.document?.waived]).toMatchObject([0, [{ file: '.build/x', by: 'moving house' }]]);
    const later = run(r.dir, ['check', '--json', '--now', '2026-02-01'], { env: r.env });
    expect([later.code, rulesOf(later.json() as Document)]).toEqual([
      1,
      ['no-build-commits .build/x', 'no-build-commits .layerpolicyrc.json'],
    ]);
  });

  it('a baseline lets what it knows pass, and nothing new', () => {
    const r = exampleRepo().commit('mess', { '.build/x': 'x', 'layer_management/archive/v1/a.zip': 'x' });
    expect(check(r, ['--stage', 'all', '--update-baseline']).code).toBe(0);
    r.commit('adopt', { '.layerpolicy-baseline.json': r.read('.layerpolicy-baseline.json') });
    const clean = check(r, ['--stage', 'all']);
    expect([clean.code, clean.document?.waived.length]).toEqual([0, 3]);
    r.commit('new', { '.build/y': 'y' });
    expect(rulesOf(check(r, ['--stage', 'all']).document)).toEqual(['no-build-commits .build/y']);
  });

  it('LAYER_POLICY_SKIP works at the hooks, is shown, and has no effect elsewhere', () => {
    const env = { LAYER_POLICY_SKIP: 'no-build-commits' };
    const r = exampleRepo().stage({ '.build/x': 'x' });
    const hook = check(r, ['--stage', 'pre-commit'], { env });
    expect([hook.code, hook.document?.waived.length, hook.document?.notices[0]]).toEqual([
      0,
      1,
      expect.stringContaining('no-build-commits'),
    ]);
    r.commit('bad');
    expect(check(r, ['--stage', 'ci', '--from', 'HEAD^'], { env }).code).toBe(1);
    expect(check(r, ['--stage', 'release'], { env }).code).toBe(1);
  });

  it('severities and options come from the policy', () => {
    const r = exampleRepo();
    r.commit('soft', {
      '.layerpolicyrc.json': withRules(r, { rules: { 'no-build-commits': 'warning', 'no-root-arn': 'off' } }),
      '.build/x': 'x',
      'arn.txt': 'x',
    });
    const soft = check(r, ['--stage', 'all']);
    expect([soft.code, soft.document?.counts]).toEqual([0, { error: 0, warning: 1 }]);
    expect(check(r, ['--stage', 'all', '--max-warnings', '0']).code).toBe(1);
  });
});

describe('usage', () => {
  it.each([
    [['--from', '--output=pwn', '--to', 'HEAD'], 2, 'usage'],
    [['--from=--output=pwn'], 2, 'unknown-revision'],
    [['--from', 'HEAD~1;id'], 2, 'unknown-revision'],
    [['--from', 'ext::sh -c id'], 2, 'unknown-revision'],
    [['--rule', 'no-build-comits'], 2, 'unknown-rule'],
    [['--stage', 'precommit'], 2, 'usage'],
    [['--now', 'tomorrow'], 2, 'usage'],
    [['--max-warnings', '-1'], 2, 'usage'],
    [['--nope'], 2, 'usage'],
    [['/etc/passwd'], 2, 'usage'],
  ])('%j exits %i', (args, code, error) => {
    const result = check(exampleRepo(), args);
    expect([result.code, result.json()]).toMatchObject([code, { schema: 1, ok: false, error: { code: error } }]);
  });

  it('names the rule that was meant', () => {
    const { stderr } = check(exampleRepo(), ['--rule', 'no-build-comits']);
    expect(stderr).toContain("Did you mean 'no-build-commits'?");
  });

  it('narrows the report to paths, given absolute or from where one stands', () => {
    const r = exampleRepo().commit('bad', { '.build/x': 'x', 'arn.txt': 'x' });
    expect(rulesOf(check(r, ['--stage', 'all', `${r.dir}/arn.txt`]).document)).toEqual(['no-root-arn arn.txt']);
    const inside = run(`${r.dir}/src_v2`, ['check', '--stage', 'all', '--json', '../.build/x'], { env: r.env });
    expect(rulesOf(inside.json() as Document)).toEqual(['no-build-commits .build/x']);
  });

  it('outside a repository, without a policy, or with two: never zero', () => {
    const empty = repo();
    expect(check(empty.commit('x', { a: 'a' }), []).code).toBe(2);
    expect(run('/', ['check', '--json'], { env: empty.env }).code).toBe(4);
    const two = exampleRepo().commit('two', { '.layerpolicyrc.yaml': 'layers: {}\n' });
    expect(check(two, []).json()).toMatchObject({ error: { code: 'config-twice' } });
  });

  it('reads a policy from a named file, and refuses what is not one', () => {
    const r = repo().commit('x', { 'a/policy.yaml': 'layers: {}\n', '.build/x': 'x' });
    expect(rulesOf(check(r, ['--config', 'a/policy.yaml', '--stage', 'all']).document)).toContain(
      'no-build-commits .build/x',
    );
    expect(check(r, ['--config', 'a']).code).toBe(2);
    expect(check(r, ['--config', 'missing.json']).code).toBe(2);
  });

  it('takes the policy from the base branch, then from disk, with a notice', () => {
    const r = repo().commit('x', { a: 'a' });
    r.write({ '.layerpolicyrc.json': '{"layers": {}}' });
    expect(check(r, ['--stage', 'all']).document?.notices[0]).toMatch(/uncommitted one on disk/);
  });

  it.each([
    ['{"layers": {}, "layers": {}}', 'stands twice'],
    ['{"layers": {}, "__proto__": {}}', 'not allowed'],
    ['{"layer": {}}', 'did you mean "layers"'],
    ['{"layers": {}, "rules": {"semver-namin": "error"}}', 'did you mean "semver-naming"'],
    ['{"layers": {}, "rules": {"archive-age": ["error", {"dayz": 3}]}}', 'did you mean "days"'],
    ['{"layers": {}, "requires": ">=99"}', 'asks for layer-policy >=99'],
    [
      '{"layers": {"a": {"build": "source", "source": "../x", "versionKey": "A", "layerName": "a"}}}',
      'a path relative to the root',
    ],
    ['{"layers": {}, "rules": {"\\n::stop-commands::x": {"use": "no-root-arn"}}}', 'lower case with single dashes'],
    ['', 'the end of the file'],
  ])('refuses the policy %s', (text, says) => {
    const r = repo().commit('x', { '.layerpolicyrc.json': text });
    const { code, stderr } = check(r, []);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });

  it.each([
    ['layers: {}\na: &x 1\nb: *x\n'],
    ['layers: &x {}\nfunctions: *x\n'],
    ['layers: {}\nlayers: {}\n'],
    ['layers: !!js/function "x"\n'],
    ['base: &b {x: {}}\nlayers:\n  <<: *b\n'],
  ])('refuses the YAML %j', (text) => {
    expect(check(repo().commit('x', { '.layerpolicyrc.yaml': text }), []).code).toBe(2);
  });

  it('runs no code that a repository brings along', () => {
    const mark = 'require("node:fs").writeFileSync("pwned", "")';
    const r = exampleRepo().commit('traps', {
      '.config/config.js': mark,
      'layer-policy.config.js': mark,
      '.layerpolicyrc.js': mark,
      'package.json': '{"cosmiconfig": {"searchPlaces": ["weak.json"]}}',
      'weak.json': '{"layers": {}}',
      'run.sh': exec('#!/bin/sh\ntouch pwned\n'),
    });
    expect(check(r, ['--stage', 'all']).code).toBe(0);
    expect(r.exists('pwned')).toBe(false);
  });

  it('finds nothing else to say when its reader goes away', () => {
    const r = exampleRepo();
    expect(run(r.dir, ['check', '--quiet'], { env: r.env }).stdout).toBe('');
  });
});
