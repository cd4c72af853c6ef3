import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exec, repo } from '../../kit/repo.js';
import { bytes, codeOf, manifest, paths, recordOn, story, text, writer, zip } from './writing.js';

describe('prepare', () => {
  it('makes the commit and moves nothing', async () => {
    const r = story();
    const before = [r.git('for-each-ref'), r.git('status', '--porcelain'), r.head()];
    const commit = await writer(r).prepare(recordOn(r));
    expect([r.git('for-each-ref'), r.git('status', '--porcelain'), r.head()]).toEqual(before);
    expect(r.git('show', '-s', '--format=%P|%an|%ad|%cd|%B', '--date=unix', commit)).toBe(
      `${r.head()}|Kit|1768867200|1768867200|release: core 1.1.0\n`,
    );
    expect(r.git('diff-tree', '-r', '--name-status', '--no-renames', r.head(), commit)).toBe(
      `M\t${manifest}\nA\t${zip}`,
    );
    expect(r.git('ls-tree', commit, '--', manifest)).toMatch(/^100644 blob/);
  });

  it('keeps bytes as they are: no filter, no line ends', async () => {
    const r = story();
    r.git('config', 'core.autocrlf', 'true');
    r.commit('attributes', { '.gitattributes': '* text=auto filter=upper\n*.zip text\n' });
    r.git('config', 'filter.upper.clean', 'tr a-z A-Z');
    const crlf = text('line\r\nline\r\n');
    const commit = await writer(r).prepare(
      recordOn(r, [
        [manifest, crlf],
        [zip, bytes],
      ]),
    );
    const w = writer(r);
    await w.advance('develop', r.head(), commit, paths);
    expect(readFileSync(join(r.dir, zip))).toEqual(Buffer.from(bytes));
    expect(readFileSync(join(r.dir, manifest))).toEqual(Buffer.from(crlf));
  });

  it('twice is the same commit', async () => {
    const r = story();
    const record = recordOn(r);
    expect(await writer(r).prepare(record)).toBe(await writer(r).prepare(record));
  });

  it('does not see what the user has staged, in whatever index', async () => {
    const r = story().stage({ 'staged.txt': 's\n' });
    const commit = await writer(r, { GIT_INDEX_FILE: join(r.dir, '.git/index') }).prepare(recordOn(r));
    expect(r.git('ls-tree', '-r', '--name-only', commit).split('\n')).toEqual(['a.txt', manifest, zip]);
  });

  it('takes no path outside layer_management/', async () => {
    const r = story();
    expect(await codeOf(writer(r).prepare(recordOn(r, [['src/x.py', text('x')]])))).toBe('bug');
  });

  it('leaves nothing behind', async () => {
    const r = story();
    await writer(r).prepare(recordOn(r));
    expect(readdirSync(join(r.dir, '.git/layer-policy'))).toEqual([]);
  });

  it('works in a repository of SHA-256', async () => {
    const r = repo({ objectFormat: 'sha256' }).commit('init', { [manifest]: 'old\n' });
    const w = writer(r);
    const parent = r.head();
    const commit = await w.prepare(recordOn(r));
    expect(commit).toHaveLength(64);
    expect(await w.changed(paths)).toEqual([]);
    await w.advance('develop', parent, commit, paths);
    expect(r.git('status', '--porcelain')).toBe('');
  });
});

describe('advance', () => {
  it('moves the branch, and brings index and work tree of these paths along', async () => {
    const r = story();
    const parent = r.head();
    const w = writer(r);
    const commit = await w.prepare(recordOn(r));
    await w.advance('develop', parent, commit, paths);
    expect(r.head()).toBe(commit);
    expect(r.git('status', '--porcelain')).toBe('');
    expect(readFileSync(join(r.dir, zip))).toEqual(Buffer.from(bytes));
  });

  it('leaves the user’s work as it is: staged, unstaged, untracked, intent to add, modes', async () => {
    const r = story().commit('more', { 'b.txt': 'b\n', 'c.txt': 'c\n', 'run.sh': exec('#!/bin/sh\n') });
    r.stage({ 'staged.txt': 's\n', 'b.txt': 'b2\n' }).write({
      'b.txt': 'b3\n',
      'c.txt': 'c2\n',
      'loose.txt': 'l\n',
      'later.txt': 'later\n',
    });
    r.git('add', '-N', 'later.txt');
    r.git('update-index', '--chmod=-x', 'run.sh');
    r.git('rm', '-q', '--cached', 'a.txt');
    const look = () => [
      r.git('status', '--porcelain'),
      r.git('diff', '--cached'),
      r.git('diff'),
      r
        .git('ls-files', '-s')
        .split('\n')
        .filter((line) => !line.includes('layer_management')),
    ];
    const before = look();
    const w = writer(r);
    const parent = r.head();
    await w.advance('develop', parent, await w.prepare(recordOn(r)), paths);
    expect(look()).toEqual(before);
  });

  it('refuses when the branch moved meanwhile', async () => {
    const r = story();
    const w = writer(r);
    const parent = r.head();
    const commit = await w.prepare(recordOn(r));
    const theirs = r.commit('theirs', { 'b.txt': 'b\n' }).head();
    expect(await codeOf(w.advance('develop', parent, commit, paths))).toBe('branch-moved');
    expect(r.head()).toBe(theirs);
    expect(r.git('status', '--porcelain')).toBe('');
  });

  it('only brings along when the branch has it already, and twice is as once', async () => {
    const r = story();
    const w = writer(r);
    const parent = r.head();
    const commit = await w.prepare(recordOn(r));
    r.git('update-ref', 'refs/heads/develop', commit);
    expect((await w.behind(parent, paths)).sort()).toEqual([manifest, zip]);
    await w.advance('develop', parent, commit, paths);
    expect(await w.behind(parent, paths)).toEqual([]);
    await w.advance('develop', parent, commit, paths);
    expect(r.git('status', '--porcelain')).toBe('');
  });

  it('does not overwrite what the user changed meanwhile', async () => {
    const r = story();
    const w = writer(r);
    const parent = r.head();
    const commit = await w.prepare(recordOn(r));
    r.write({ [manifest]: 'mine\n' });
    await w.advance('develop', parent, commit, paths);
    expect(r.read(manifest)).toBe('mine\n');
    expect(r.git('status', '--porcelain')).toBe(` M ${manifest}`);
    expect(await w.behind(parent, paths)).toEqual([]);
  });

  it('can go back', async () => {
    const r = story();
    const w = writer(r);
    const parent = r.head();
    const commit = await w.prepare(recordOn(r));
    await w.advance('develop', parent, commit, paths);
    await w.advance('develop', commit, parent, paths);
    expect([r.head(), r.read(manifest), r.exists(zip), r.git('status', '--porcelain')]).toEqual([
      parent,
      'old\n',
      false,
      '',
    ]);
  });

  it('works in a linked worktree, whose index is its own', async () => {
    const r = story();
    const linked = r.worktree('side');
    const w = writer(linked);
    const parent = linked.head();
    const commit = await w.prepare({ ...recordOn(linked), branch: 'side' });
    await w.advance('side', parent, commit, paths);
    expect([linked.head(), linked.git('status', '--porcelain'), r.git('status', '--porcelain')]).toEqual([
      commit,
      '',
      '',
    ]);
  });

  it('runs no hook, no filter and no program that the repository names', async () => {
    const r = story();
    const ran = join(r.dir, '..', `ran-${Date.now()}`);
    const hook = exec(`#!/bin/sh\necho "$0 $*" >> '${ran}'\n`);
    const names = [
      'pre-commit',
      'reference-transaction',
      'post-index-change',
      'post-checkout',
      'update',
      'commit-msg',
      'prepare-commit-msg',
    ];
    r.write(Object.fromEntries(names.map((name) => [`.git/hooks/${name}`, hook])));
    r.write({ 'spy.sh': hook, '.git/info/attributes': '* filter=spy diff=spy\n' });
    const spy = join(r.dir, 'spy.sh');
    for (const key of [
      'core.fsmonitor',
      'filter.spy.clean',
      'filter.spy.smudge',
      'diff.spy.textconv',
      'core.editor',
      'core.pager',
    ])
      r.git('config', key, spy);
    rmSync(ran, { force: true });
    const w = writer(r);
    const parent = r.head();
    const commit = await w.prepare(recordOn(r));
    await w.changed(paths);
    await w.advance('develop', parent, commit, paths);
    await w.tag({ name: 'core-v1.0.0', target: parent, message: 'core', date: 1_768_867_200 });
    expect(existsSync(ran) ? readFileSync(ran, 'utf8') : 'nothing').toBe('nothing');
  });
});
