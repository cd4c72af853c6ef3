import { join } from 'node:path';
import { expect } from 'vitest';
import { type CliResult, run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { GitResult, Repo } from '../kit/repo.js';

let made: Repo | undefined;

/** The example as its users have it: one commit, hooks by `install`, the program on PATH. */
export function governed(): Repo {
  if (made === undefined) {
    made = withCli(exampleRepo());
    expect(run(made.dir, ['install'], { env: made.env }).code).toBe(0);
  }
  return made.copy();
}

/** Hooks and program for a repository that was made otherwise: a clone, another object format. */
export function hookedByHand(r: Repo): Repo {
  r.git('config', 'core.hooksPath', join(governed().dir, '.git/hooks'));
  return withCli(r);
}

export interface Pushed {
  r: Repo;
  /** Bare, with `develop` as `governed` made it. */
  remote: Repo;
  push(...refs: string[]): GitResult;
}

let published: { r: Repo; remote: Repo } | undefined;

/** `governed`, with everything pushed to its `origin`. */
export function pushed(): Pushed {
  if (published === undefined) {
    const r = governed();
    published = { r, remote: r.clone('--bare') };
    r.git('remote', 'add', 'origin', 'later');
    r.git('update-ref', 'refs/remotes/origin/develop', 'develop');
  }
  const [r, remote] = [published.r.copy(), published.remote.copy()];
  r.git('remote', 'set-url', 'origin', remote.dir);
  return { r, remote, push: (...refs) => r.tryGit('push', '-q', 'origin', ...refs) };
}

/** A commit that no hook sees. */
export function pastHooks(r: Repo, message: string, files: Parameters<Repo['stage']>[0] = {}): string {
  r.stage(files).git('commit', '-q', '--no-verify', '--allow-empty', '-m', message);
  return r.head();
}

/** What everybody may see is wrong, whatever the day: `no-build-commits .build/x`. */
export const bad = { '.build/x': 'made\n' };

export const screen = ({ stdout, stderr }: GitResult) => stdout + stderr;

/** git did not do it, and the words on screen are all there. */
export function refused(result: GitResult, ...words: string[]): void {
  expect(result.code, screen(result)).not.toBe(0);
  for (const word of words) expect(screen(result)).toContain(word);
}

export function allowed(result: GitResult): void {
  expect(result.code, screen(result)).toBe(0);
}

export interface Found {
  rule: string;
  file: string;
  commit: string | null;
  message: string;
  hint: string;
  pathBytes?: string;
}

export interface Checked extends CliResult {
  /** `rule file`, in the order they are told. */
  found: string[];
  findings: Found[];
  notices: string[];
  base: string | null;
  /** The code of the failure where there is one instead of an answer. */
  error: string | null;
}

/** `check --json`, as of a fixed day. */
export function check(
  r: Pick<Repo, 'dir' | 'env'>,
  args: string[],
  options: { env?: Record<string, string>; stdin?: string; cwd?: string } = {},
): Checked {
  const result = run(options.cwd ?? r.dir, ['check', '--json', '--now', '2026-01-31', ...args], {
    env: { ...r.env, ...options.env },
    ...(options.stdin !== undefined && { stdin: options.stdin }),
  });
  const said = result.json() as Partial<Checked> & { error?: { code: string } };
  const findings = said.findings ?? [];
  return {
    ...result,
    findings,
    found: findings.map(({ rule, file }) => `${rule} ${file}`),
    notices: said.notices ?? [],
    base: said.base ?? null,
    error: said.error?.code ?? null,
  };
}
