import { spawnSync } from 'node:child_process';
import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { copyExample } from '../kit/example.js';
import { exec, type Repo, repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { allowed, bad, type Checked, check, governed, hookedByHand, pastHooks, refused } from './governed.js';
import { traps } from './index.js';
import { trap } from './trap.js';

const told = ['no-build-commits', '.build/x'];

const violations = {
  ...bad,
  'core_layer_arn.txt': 'arn',
  'layer_management/archive/v6/layer_v6.zip': 'PK',
  'layer_management/active/stray/manifest.json': '{"version": 1, "version": 2}\n',
  'src_v2/inbox_core/new.py': 'x = 1\n',
  VERSION: 'INBOX_CORE_VERSION=1.0.0\n',
};

/** What does not depend on how the tree was reached. */
const essence = ({ code, findings }: Checked) => ({
  code,
  findings: findings.map(({ commit, hint, ...rest }) => ({ ...rest, hint: hint.replace(/ \(brought by .*/, '') })),
});

/** The answers at a commit's hook, at CI and for the whole tree, for one story told in a repository. */
function answers(r: Repo) {
  const atIndex = check(r.stage(violations), ['--stage', 'pre-commit']);
  pastHooks(r, 'past the hooks');
  return [atIndex, check(r, ['--from', 'HEAD^']), check(r, ['--stage', 'all'])].map(essence);
}

let expected: ReturnType<typeof answers> | undefined;
const plain = () => {
  expected ??= answers(governed());
  return expected;
};

const newestFormat = ['--ref-format=reftable'];
const hasReftable = spawnSync('git', ['init', '-q', ...newestFormat, tempFolder('reftable')]).status === 0;

const forms: Record<string, (r: Repo) => unknown> = {
  'an index of version 4': (r) => r.git('update-index', '--index-version', '4'),
  'an index without checksums': (r) => r.git('-c', 'index.skipHash=true', 'update-index', '--force-write-index'),
  'a split index': (r) => r.git('update-index', '--split-index'),
  'an untracked cache': (r) => r.git('update-index', '--untracked-cache'),
  'a sparse index': (r) => {
    r.git('update-index', '-q', '--refresh');
    r.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'docs');
    expect(r.git('ls-files', '--sparse')).toContain('layer_management/');
  },
  'a file system monitor': (r) => {
    r.write({ '.git/monitor': exec("#!/bin/sh\nprintf 'token\\0'\n") });
    r.git('config', 'core.fsmonitor', '.git/monitor');
    r.git('update-index', '--fsmonitor');
  },
  'one pack, packed refs, a commit graph': (r) => {
    r.git('repack', '-adq', '--write-bitmap-index');
    r.git('pack-refs', '--all', '--prune');
    r.git('commit-graph', 'write', '--reachable', '--changed-paths');
    r.git('multi-pack-index', 'write');
  },
  'settings of a system without modes, links and case': (r) => {
    for (const key of ['fileMode', 'symlinks']) r.git('config', `core.${key}`, 'false');
    r.git('config', 'core.ignoreCase', 'true');
    r.git('config', 'core.protectNTFS', 'true');
  },
};

for (const [form, make] of Object.entries(forms)) {
  trap('92', form, () => {
    const r = governed();
    make(r);
    expect(answers(r)).toEqual(plain());
  });
}

trap('92', 'objects of another repository', () => {
  const [from, target] = [governed(), tempFolder('shared')];
  from.git('clone', '-q', '--template=', '--shared', from.dir, target);
  const r = repo({ dir: target });
  expect(answers(r)).toEqual(plain());
});

const made = (...options: string[]) => {
  const r = repo();
  spawnSync('rm', ['-rf', join(r.dir, '.git')]);
  r.git('init', '-q', '-b', 'develop', '--template=', ...options);
  r.git('config', 'user.name', 'Kit');
  r.git('config', 'user.email', 'kit@example.com');
  copyExample(r.dir);
  r.git('add', '-A');
  return r.commit('init');
};

trap('92', 'SHA-256', () => expect(answers(made('--object-format=sha256'))).toEqual(plain()));

// From git 2.45 on.
it.skipIf(!hasReftable)(`92: ${traps['92']}: reftable`, () => {
  expect(answers(made(...newestFormat))).toEqual(plain());
});

trap('91', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', violations);
  pastHooks(r, 'more', { '.build/y': 'y' });
  const tip = r.head();
  const ask = (at: Pick<Repo, 'dir' | 'env'>, format: string, ...range: string[]) => {
    const args = ['check', '--now', '2026-01-31', '--format', format, '--stage', 'ci', ...range];
    const { code, stdout } = run(at.dir, args, { env: at.env });
    return [code, stdout];
  };
  const range = ['--from', `${tip}^`, '--to', tip];
  for (const format of ['sarif', 'json']) {
    const answer = ask(r, format, ...range);
    expect(answer[0]).toBe(1);
    expect(ask(r.worktree(format), format, ...range)).toEqual(answer);
    expect(ask(r.clone('--bare'), format, ...range)).toEqual(answer);
    expect(ask(r.clone('--depth', '2'), format, ...range)).toEqual(answer);
    expect(ask({ dir: join(r.dir, 'src_v2'), env: r.env }, format, ...range)).toEqual(answer);
    r.git('checkout', '-q', '--detach', 'HEAD~2');
    expect(ask(r, format, ...range)).toEqual(answer);
    r.git('checkout', '-q', 'develop');
  }
});

trap('91', 'a partial clone, or it says what it lacks', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', violations);
  const partial = r.clone('--filter=blob:none');
  expect(partial.git('rev-list', '--objects', '--missing=print', 'HEAD')).toMatch(/^\?/m);
  // What is checked out is here; what VERSION was before is not, and nothing is fetched in the middle of a check.
  expect(essence(check(partial, ['--stage', 'all']))).toEqual(essence(check(r, ['--stage', 'all'])));
  const cut = check(partial, ['--from', 'HEAD^']);
  expect([cut.code, cut.error, cut.stderr]).toEqual([
    4,
    'object-missing',
    expect.stringContaining('git fetch --refetch --no-filter'),
  ]);
  partial.git('fetch', '-q', '--refetch', '--no-filter');
  expect(essence(check(partial, ['--from', 'HEAD^']))).toEqual(plain()[1]);
});

trap('23', () => {
  const r = governed().stage(bad);
  const tree = r.worktree('side').commit('fine', { 'docs/a.md': 'a' });
  refused(tree.stage(bad).tryGit('commit', '-m', 'x'), ...told);
  refused(tree.tryGit('commit', '-m', 'x', '--', '.build/x'), ...told);
  tree.git('rm', '-q', '--cached', '.build/x');
  allowed(tree.stage({ 'docs/b.md': 'b' }).tryGit('-C', 'docs', 'commit', '-m', 'x', '-a'));
  expect(r.git('diff', '--cached', '--name-only')).toBe('.build/x');
  refused(r.tryGit('commit', '-m', 'x'), ...told);
});

trap('33', () => {
  const r = governed().stage({ 'docs/a.md': 'a' });
  const from = (...args: string[]) =>
    r.tryGit('-C', '/', `--git-dir=${r.dir}/.git`, `--work-tree=${r.dir}`, 'commit', '-m', 'x', ...args);
  allowed(from());
  r.stage(bad);
  refused(from(), ...told);
  refused(from('--', join(r.dir, '.build/x')), ...told);
  const elsewhere = { GIT_DIR: `${r.dir}/.git`, GIT_WORK_TREE: r.dir };
  refused(r.with(elsewhere).tryGit('-C', '/', 'commit', '-m', 'x'), ...told);
});

/** Ways to stand in a repository; each gives where, and with which variables. */
const places: Record<string, (r: Repo) => Pick<Repo, 'dir' | 'env'>> = {
  'a sub folder': (r) => ({ dir: join(r.dir, 'src_v2/inbox_core'), env: r.env }),
  'a linked .git': (r) => {
    renameSync(join(r.dir, '.git'), join(r.dir, '../moved.git'));
    symlinkSync('../moved.git', join(r.dir, '.git'));
    return r;
  },
  'a separate .git': (r) => {
    r.git('init', '-q', '--separate-git-dir', join(tempFolder('separate'), 'git'));
    return r;
  },
  'a linked folder': (r) => {
    const link = join(tempFolder('link'), 'here');
    symlinkSync(r.dir, link);
    return { dir: link, env: r.env };
  },
  'GIT_DIR alone': (r) => ({ dir: r.dir, env: { ...r.env, GIT_DIR: join(r.dir, '.git') } }),
  'another index': (r) => {
    renameSync(join(r.dir, '.git/index'), join(r.dir, '.git/other'));
    return { dir: r.dir, env: { ...r.env, GIT_INDEX_FILE: join(r.dir, '.git/other') } };
  },
};

for (const [place, stand] of Object.entries(places)) {
  trap('G4', place, () => {
    const at = stand(governed().stage(violations));
    expect(essence(check(at, ['--stage', 'pre-commit']))).toEqual(plain()[0]);
  });
}

trap('G4', 'a bare repository, with GIT_DIR from elsewhere', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', violations);
  const bare = r.clone('--bare');
  const answer = essence(check(bare, ['--from', 'HEAD^']));
  expect(answer).toEqual(plain()[1]);
  expect(essence(check({ dir: '/', env: { ...r.env, GIT_DIR: bare.dir } }, ['--from', 'HEAD^']))).toEqual(answer);
});

trap('G4', 'a submodule, and the repository around it', () => {
  const around = governed();
  const allow = ['-c', 'protocol.file.allow=always'];
  around.git(...allow, 'submodule', '--quiet', 'add', governed().dir, 'vendor/inbox');
  allowed(around.tryGit('commit', '-m', 'a submodule'));
  const inner = hookedByHand(repo({ dir: join(around.dir, 'vendor/inbox') }));
  refused(inner.stage(bad).tryGit('commit', '-m', 'x'), ...told);
  // Dirty inside, and not staged outside.
  allowed(around.stage({ 'docs/a.md': 'a' }).tryGit('commit', '-m', 'x'));
  inner.git('rm', '-q', '--cached', '.build/x');
  inner.commit('more', { 'docs/b.md': 'b' });
  around.git('add', 'vendor/inbox');
  allowed(around.tryGit('commit', '-m', 'the submodule went on'));
  expect(check(around, ['--from', 'HEAD~2']).code).toBe(0);
});
