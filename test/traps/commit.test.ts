import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { copyExample } from '../kit/example.js';
import { type Repo, repo, symlink } from '../kit/repo.js';
import { allowed, bad, check, governed, hookedByHand, pastHooks, refused } from './governed.js';
import { trap } from './trap.js';

const commit = (r: Repo, ...args: string[]) => r.tryGit('commit', '-m', 'x', ...args);
const staged = (r: Repo) => r.git('diff', '--cached', '--name-only');
const fact = ['no-build-commits', '.build/x', 'git rm -r --cached'];

trap('1', () => {
  const r = governed().stage(bad);
  const head = r.head();
  refused(commit(r), ...fact);
  expect([r.head(), staged(r)]).toEqual([head, '.build/x']);
});

trap('2', () => {
  const r = governed().stage({ ...bad, VERSION: 'INBOX_CORE_VERSION=1.0' });
  r.remove('.build/x').git('checkout', '-q', 'HEAD', '--', 'README.md');
  r.write({ VERSION: r.git('show', 'HEAD:VERSION') });
  refused(commit(r), ...fact, 'version-file');
});

trap('3', () => {
  const r = governed().stage({ 'docs/a.md': 'a' });
  r.write({ ...bad, VERSION: 'A=1', '.layerpolicyrc.json': '{', '.gitignore': '' }).remove('README.md');
  allowed(commit(r));
  expect([r.read('VERSION'), r.exists('.build/x'), r.exists('README.md')]).toEqual(['A=1', true, false]);
});

trap('5', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', bad);
  r.write({ '.build/x': 'changed\n' });
  expect(staged(r)).toBe('');
  refused(commit(r, '-a'), ...fact);
  r.write({ '.build/x': 'made\n', VERSION: 'INBOX_CORE_VERSION=0.9.0\n' });
  refused(commit(r, '-a'), 'version-bump', 'version-file');
});

trap('5', '`-a` and what is staged, together', () => {
  const r = governed().stage({ 'src_v2/inbox_core/item.py': 'x = 1\n' });
  refused(commit(r), 'version-bump');
  r.write({ VERSION: r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.0.1') });
  allowed(commit(r, '-a'));
});

trap('6', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', { ...bad, 'a.txt': '1\n' });
  r.write({ '.build/x': 'changed\n', 'a.txt': '2\n' });
  refused(commit(r, '--', '.build/x'), ...fact);
  refused(commit(r, '-i', '.build/x'), ...fact);
  const hunks = spawnSync('git', ['commit', '-p', '-m', 'x'], { cwd: r.dir, env: r.env, input: 'y\nn\n' });
  expect([hunks.status, hunks.stderr.toString() + hunks.stdout]).toEqual([1, expect.stringContaining('.build/x')]);
  r.git('reset', '-q');
  allowed(commit(r, '--', 'a.txt'));
  expect(r.git('diff', '--name-only')).toBe('.build/x');
});

trap('7', () => {
  const r = governed().stage({ ...bad, 'docs/a.md': 'a', 'docs/b.md': 'b' });
  allowed(commit(r, '--', 'docs/a.md'));
  expect([r.git('show', '--name-only', '--format='), staged(r)]).toEqual(['docs/a.md', '.build/x\ndocs/b.md']);
  r.git('reset', '-q', '--', '.build/x');
  allowed(commit(r));
});

trap('7', 'a bad file that the named paths leave out of a removal', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', { ...bad, '.build/y': 'y' });
  r.git('rm', '-q', '.build/x', '.build/y');
  allowed(commit(r, '--', '.build/x'));
  expect(staged(r)).toBe('.build/y');
});

trap('16', () => {
  const r = governed().commit('slides', { 'slides.zip': 'PK', 'docs/x': 'x' });
  r.git('mv', 'slides.zip', 'inbox-core-v6.zip');
  refused(commit(r), 'semver-naming', 'inbox-core-v6.zip');
  r.git('mv', 'inbox-core-v6.zip', 'inbox-core-1.0.0.zip');
  allowed(commit(r));
  r.git('mv', '-f', 'docs', '.build/docs');
  refused(commit(r), '.build/docs/x');
});

trap('16', 'a name that only changes its case', () => {
  const r = governed();
  r.git('mv', 'README.md', 'readme.md');
  allowed(commit(r));
  r.stage({ 'Readme.md': 'x' });
  refused(commit(r), 'safe-paths', 'readme.md');
});

trap('17', () => {
  const r = governed().stage({ 'dangling.txt': symlink('/nowhere'), 'loop/a': symlink('../loop') });
  allowed(commit(r));
  const arn = 'arn:aws:lambda:eu-west-3:123456789012:layer:inbox-core:1';
  const policy = JSON.parse(r.read('.layerpolicyrc.json'));
  policy.rules = { 'no-root-arn': ['error', { contents: true }] };
  r.stage({ '.layerpolicyrc.json': JSON.stringify(policy), 'docs/list': `${arn}\n` });
  allowed(commit(r));
  allowed(commit(r.stage({ 'seen.md': symlink('docs/list') })));
  refused(commit(r.stage({ 'seen.md': `${arn}\n` })), 'no-root-arn', 'seen.md');
});

for (const objectFormat of ['sha1', 'sha256'] as const) {
  const unborn = () => {
    const r = hookedByHand(repo({ objectFormat }));
    copyExample(r.dir);
    r.git('add', '-A');
    return r;
  };

  trap('19', objectFormat, () => {
    const r = unborn().stage(bad);
    refused(commit(r), ...fact);
    expect(r.tryGit('rev-parse', '-q', '--verify', 'HEAD').code).not.toBe(0);
  });

  trap('20', objectFormat, () => {
    const r = unborn();
    allowed(commit(r));
    r.git('switch', '-q', '--orphan', 'alone');
    copyExample(r.dir);
    r.git('add', '-A');
    refused(commit(r.stage(bad)), ...fact);
    r.git('rm', '-q', '--cached', '.build/x');
    allowed(commit(r));
    expect(r.git('rev-list', '--count', 'HEAD')).toBe('1');
  });
}

trap('24', () => {
  const r = governed().stage({ ...bad, 'src_v2/arn.txt': 'x' });
  refused(r.tryGit('-C', 'src_v2/inbox_core', 'commit', '-m', 'x'), ...fact);
  refused(r.tryGit('-C', '.build', 'commit', '-m', 'x', '--', 'x'), ...fact);
  allowed(r.tryGit('-C', 'src_v2', 'commit', '-m', 'x', '--', 'arn.txt'));
});

trap('25', () => {
  const r = governed();
  const blob = r.feed('x\n', 'hash-object', '-w', '--stdin');
  const line = (path: string) => `100644 ${blob}\t${path}\n`;
  const names = Array.from({ length: 6000 }, (_, i) => line(`docs/${'long-folder-name/'.repeat(8)}${i}.md`));
  r.feed(`${names.join('')}${line('.build/x')}`, 'update-index', '--index-info');
  refused(commit(r), ...fact);
});

trap('26', () => {
  const noise = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 256);
  allowed(commit(governed().stage({ 'logo.png': noise, 'notes.bin': Uint8Array.of(0, 255, 13, 10) })));
});

trap('27', () => {
  const r = governed();
  const crlf = { VERSION: `# raised by hand\n${r.read('VERSION')}`.replaceAll('\n', '\r\n') };
  r.git('config', 'core.autocrlf', 'true');
  allowed(commit(r.stage(crlf)));
  expect([r.read('VERSION').includes('\r'), r.git('show', 'HEAD:VERSION').includes('\r')]).toEqual([true, false]);
  r.git('config', 'core.autocrlf', 'false');
  refused(commit(r.stage(crlf)), 'version-file', 'VERSION');
});

trap('28', () => {
  const r = governed().stage({ ...bad, 'ünï/inbox-core.zip': 'PK' });
  const plain = commit(r);
  refused(plain, ...fact, 'ünï/inbox-core.zip');
  const settings = {
    'color.ui': 'always',
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.external': 'touch pwned #',
    'diff.renames': 'copies',
    'diff.submodule': 'log',
    'diff.ignoreSubmodules': 'all',
    'diff.relative': 'true',
    'diff.orderFile': '/no/such/file',
    'core.quotePath': 'false',
    'core.pager': 'touch pwned #',
    'core.attributesFile': `${r.dir}/.git/attributes`,
    'diff.loud.textconv': 'touch pwned #',
    'diff.loud.command': 'touch pwned #',
    'alias.diff': '!touch pwned',
    'alias.cat-file': '!touch pwned',
    'status.showUntrackedFiles': 'no',
    'log.showSignature': 'true',
    'i18n.logOutputEncoding': 'UTF-16',
  };
  for (const [key, value] of Object.entries(settings)) r.git('config', key, value);
  r.write({ '.git/attributes': '* diff=loud\n' });
  expect(commit(r)).toEqual(plain);
  const variables = {
    GIT_EXTERNAL_DIFF: 'touch pwned #',
    GIT_DIFF_OPTS: '-u0',
    GIT_TRACE: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'tr_TR.UTF-8',
    TZ: 'Pacific/Kiritimati',
    NODE_OPTIONS: '--require /nowhere.js',
    FORCE_COLOR: '0',
    CI: '',
  };
  const loud = commit(r.with({ ...variables, GIT_TRACE: undefined }));
  expect([loud.code, loud.stdout + loud.stderr]).toEqual([plain.code, plain.stdout + plain.stderr]);
  refused(commit(r.with(variables)), ...fact, 'ünï/inbox-core.zip');
  expect(r.exists('pwned')).toBe(false);
});

trap('29', () => {
  const r = governed().stage({ ...bad, 'a.txt': 'staged' });
  r.write({ 'a.txt': 'not staged', 'src_v2/inbox_core/item.py': 'edited', new: 'untracked' }).remove('README.md');
  const before = r.git('status', '--porcelain=v2');
  refused(commit(r), ...fact);
  expect(r.git('status', '--porcelain=v2')).toBe(before);
  expect(r.read('a.txt')).toBe('not staged');
});

trap('32', () => {
  const r = governed();
  r.git('update-index', '-q', '--refresh');
  r.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'src_v2');
  expect(r.exists('layer_management')).toBe(false);
  const blob = r.feed('x\n', 'hash-object', '-w', '--stdin');
  r.feed(`100644 ${blob}\tlayer_management/archive/inbox-core-v6.zip\n`, 'update-index', '--index-info');
  r.git('update-index', '--skip-worktree', 'layer_management/archive/inbox-core-v6.zip');
  refused(commit(r), 'semver-naming', 'layer_management/archive/inbox-core-v6.zip');
  expect(check(r, ['--stage', 'pre-commit']).found).toContain(
    'semver-naming layer_management/archive/inbox-core-v6.zip',
  );
});

trap('32', 'assume-unchanged', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', bad);
  r.git('update-index', '--assume-unchanged', 'VERSION');
  r.write({ VERSION: 'INBOX_CORE_VERSION=0.1.0\n', '.build/x': 'changed' });
  refused(commit(r, '-a'), ...fact);
  allowed(commit(r.stage({ '.build/x': null })));
});

trap('G22', () => {
  const r = governed();
  r.write({ '.build/x': 'x', 'inbox-core.zip': 'PK' }).git('add', '-f', '-N', '.build/x', 'inbox-core.zip');
  allowed(commit(r.stage({ 'docs/a.md': 'a' })));
  expect(check(r, ['--stage', 'pre-commit'])).toMatchObject({ code: 0, found: [] });
  r.git('update-index', '--add', '--cacheinfo', `160000,${r.head()},.BUILD`);
  refused(commit(r), 'no-build-commits', '.build is a submodule', 'git rm --cached');
});
