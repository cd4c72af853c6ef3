import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { halfway, killingGit, outcomeOf, program } from '../plan/story.js';
import { error, recorded, release, versions } from './releasing.js';

describe('an interrupted release', () => {
  const interrupted = async () => {
    const r = halfway();
    const killed = await program(r.dir, ['release', '--env', 'local', '--record'], {
      ...r.env,
      PATH: killingGit(r, 'update-ref', 'before'),
    });
    expect(killed.signal).toBe('SIGKILL');
    return r;
  };
  const cli = (on: Repo, ...args: string[]) => run(on.dir, args, { env: on.env });

  it('is finished by resume', async () => {
    const r = await interrupted();
    const { code, stdout } = cli(r, 'resume');
    expect([code, stdout.includes('Went on with an interrupted release')]).toEqual([0, true]);
    expect([versions(r), r.git('tag'), cli(r, 'status').code]).toEqual([['1.json'], 'core-v1.0.0\nextra-v0.1.0', 0]);
    expect(cli(r, 'resume').stdout).toContain('Nothing to do');
  });

  it('is finished by the same command, which says so', async () => {
    const r = await interrupted();
    expect(JSON.parse(recorded(r, '--json').stdout)).toMatchObject({ ok: true, resumed: true });
  });

  it('is in the way of any other', async () => {
    const r = await interrupted();
    for (const args of [['core'], ['--dry-run', 'core'], ['--no-tag'], ['--all']]) {
      const result = recorded(r, ...args, '--json');
      expect([result.code, error(result)]).toEqual([7, 'incomplete']);
    }
    expect(release(r).code).toBe(7);
    const status = cli(r, 'status');
    expect([status.code, status.stdout.includes('layer-policy resume')]).toEqual([1, true]);
  });

  it('given up, leaves an orphan, which a later release adopts', async () => {
    const r = await interrupted();
    const aborted = JSON.parse(cli(r, 'abort', '--json').stdout);
    expect(aborted.orphans.map(({ arn }: { arn: string }) => arn)).toEqual([
      'arn:aws:lambda:local:000000000000:layer:core-local:1',
      'arn:aws:lambda:local:000000000000:layer:extra-local:1',
    ]);
    expect([r.git('tag'), r.git('log', '--format=%s'), r.git('status', '--porcelain')]).toEqual(['', 'init', '']);
    expect(JSON.parse(cli(r, 'status', '--json').stdout).orphans).toHaveLength(2);
    expect(recorded(r).code).toBe(0);
    expect([versions(r), JSON.parse(cli(r, 'status', '--json').stdout).orphans]).toEqual([['1.json'], []]);
  });

  it('given up after its commit, takes the commit back', async () => {
    const r = halfway();
    const killed = await program(r.dir, ['release', '--env', 'local', '--record'], {
      ...r.env,
      PATH: killingGit(r, 'tag', 'before'),
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(r.git('log', '-1', '--format=%s')).toContain('release:');
    r.write({ 'notes.txt': 'mine\n' });
    expect(JSON.parse(cli(r, 'abort', '--json').stdout).undone).toHaveLength(1);
    expect([
      r.git('log', '--format=%s'),
      r.git('status', '--porcelain'),
      r.exists('layer_management/active/core'),
    ]).toEqual(['init', ' M notes.txt', expect.any(Boolean)]);
  });

  it('gives way when the world moved on, and what it published is adopted', async () => {
    const r = await interrupted();
    r.commit('unrelated', { 'notes.txt': 'new\n' });
    const resumed = cli(r, 'resume', '--json');
    expect([resumed.code, error(resumed)]).toEqual([4, 'plan-stale']);
    expect(recorded(r).code).toBe(0);
    expect([versions(r), r.git('tag'), cli(r, 'status').code]).toEqual([['1.json'], 'core-v1.0.0\nextra-v0.1.0', 0]);
  });

  it('with its lock left behind, is taken over; a torn journal line is no line', async () => {
    const r = await interrupted();
    expect(r.exists('.git/layer-policy/lock')).toBe(true);
    const journal = join(r.dir, '.git/layer-policy/journal.jsonl');
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}{"event":"receipt","step":"rec`);
    expect(recorded(r).code).toBe(0);
    expect(outcomeOf(r).left).toEqual([]);
  });

  it('whose journal is damaged at its head is not guessed at', async () => {
    const r = await interrupted();
    const journal = join(r.dir, '.git/layer-policy/journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"release"', '"rel"'));
    const result = recorded(r, '--json');
    expect([result.code, error(result)]).toEqual([4, 'journal-damaged']);
  });
});

it('of two at once, one publishes, and the other finds the lock or the work done', async () => {
  const r = halfway();
  const both = await Promise.all([1, 2].map(() => program(r.dir, ['release', '--env', 'local', '--record'], r.env)));
  const codes = both.map(({ code }) => code).sort();
  expect([
    [0, 0],
    [0, 6],
  ]).toContainEqual(codes);
  expect([versions(r), r.git('tag'), r.git('rev-list', '--count', 'HEAD')]).toEqual([
    ['1.json'],
    'core-v1.0.0\nextra-v0.1.0',
    '2',
  ]);
});
