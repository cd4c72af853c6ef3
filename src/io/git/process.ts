import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { failure } from '../../errors.js';

/**
 * In front of every command. A repository's own config may name programs to run; these settings keep reading from
 * starting any of them, and give pathspecs no magic.
 */
export const guards = [
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotePath=true',
  '-c',
  'diff.orderFile=/dev/null',
];

/** What git may know of our environment: where the repository and its index are, the user's own settings, no more. */
const allowed = new Set([
  ...['PATH', 'HOME', 'USERPROFILE', 'APPDATA', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TMP', 'XDG_CONFIG_HOME'],
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX', 'GIT_NAMESPACE'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH'],
  ...['GIT_CEILING_DIRECTORIES', 'GIT_DISCOVERY_ACROSS_FILESYSTEM', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM'],
  ...['GIT_CONFIG_NOSYSTEM', 'GIT_CONFIG_COUNT', 'GIT_CONFIG_PARAMETERS'],
]);
const allowedKind = /^GIT_(CONFIG_KEY_\d+|CONFIG_VALUE_\d+|AUTHOR_\w+|COMMITTER_\w+)$/;

export type Vars = Record<string, string | undefined>;

export function gitVars(vars: Vars): Record<string, string> {
  const kept: Record<string, string> = {
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Grafts, the older kind of replacement, hide commits from whoever walks the history.
    GIT_GRAFT_FILE: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PROTOCOL_FROM_USER: '0',
    // From git 2.45 on: a partial clone does not fetch in the middle of a hook; a missing object is an error of its own.
    GIT_NO_LAZY_FETCH: '1',
  };
  for (const [name, value] of Object.entries(vars)) {
    if (value !== undefined && (allowed.has(name) || allowedKind.test(name))) kept[name] = value;
  }
  return kept;
}

export interface Result {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** More than any listing of a repository people work in; a runaway child is stopped there. */
const outputLimit = 1024 * 1024 * 1024;

export interface GitProcess {
  cwd: string;
  /** All of git's environment: what `gitVars` lets through. */
  vars: Record<string, string>;
  /** Called once per started process. */
  started(): void;
}

export function runGit(git: GitProcess, args: string[], input?: string | Uint8Array): Promise<Result> {
  return new Promise((resolve, reject) => {
    git.started();
    const child = spawn('git', [...guards, ...args], {
      cwd: git.cwd,
      env: git.vars,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputLimit) child.kill('SIGKILL');
      else out.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => reject(spawnFailure(error, git.cwd)));
    child.on('close', (code, signal) => {
      if (size > outputLimit) reject(failed(args, `its output passed ${outputLimit} bytes`));
      else if (code === null) reject(failed(args, `it was ended by ${signal}`));
      else resolve({ code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8').trim() });
    });
    if (input !== undefined) {
      // git may end before it has read everything; its exit code tells, not the broken pipe.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    }
  });
}

/** What git exits with when it cannot make sense of its arguments. */
const usage = 129;

/** Runs git and fails on any exit code but zero. */
export async function gitOutput(git: GitProcess, args: string[], input?: string | Uint8Array): Promise<Buffer> {
  const result = await runGit(git, args, input);
  if (result.code === 0) return result.stdout;
  // Where it sees no repository, `diff` takes itself for a command that compares any two files.
  if (result.code === usage) await gitOutput(git, ['rev-parse', '--git-dir']);
  throw gitFailure(git, args, result);
}

export function gitFailure(git: GitProcess, args: string[], result: Result): Error {
  if (/not a git repository/.test(result.stderr)) return failure('not-a-repository', { cwd: git.cwd });
  if (/must be run in a work tree/.test(result.stderr)) return failure('no-work-tree', { cwd: git.cwd });
  const ownership = /git config --global --add safe\.directory \S+/.exec(result.stderr)?.[0];
  if (ownership) {
    return failure('git-failed', {
      verb: args[0] ?? '',
      problem: 'the repository belongs to another user (dubious ownership)',
      fix: `If you trust it, run: ${ownership}`,
    });
  }
  if (/bad object|missing blob|unable to read|promisor/.test(result.stderr)) {
    return failure('object-missing', { oid: /[0-9a-f]{40,64}/.exec(result.stderr)?.[0] ?? 'a needed object' });
  }
  return failed(args, result.stderr || `exit code ${result.code}`);
}

export function spawnFailure(error: NodeJS.ErrnoException, cwd: string): Error {
  // spawn says ENOENT for a missing folder and for a missing program alike.
  if (error.code === 'ENOENT' && existsSync(cwd)) return failure('git-missing', {}, error);
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return failure('not-a-repository', { cwd }, error);
  return failure('git-failed', { verb: `in ${cwd}`, problem: error.message, fix: 'Run: git --version' }, error);
}

function failed(args: string[], problem: string): Error {
  return failure('git-failed', { verb: args[0] ?? '', problem, fix: `Run it by hand: git ${args.join(' ')}` });
}
