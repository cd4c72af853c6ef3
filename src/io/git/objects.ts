import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { failure } from '../../errors.js';
import { type GitProcess, gitFailure, gitVars, guards, runGit, spawnFailure } from './process.js';

export interface GitObject {
  oid: string;
  type: string;
  size: number;
  /** null when the object is larger than the limit it was asked with. */
  bytes: Buffer | null;
}

interface Request {
  limit: number;
  resolve(object: GitObject | null): void;
  reject(error: Error): void;
}

export interface Objects {
  /** Any name git resolves to an object, without newline; null when there is none. */
  get(name: string, limit?: number): Promise<GitObject | null>;
  close(): void;
}

const newline = 10;

/** One `git cat-file --batch` for the whole run, started at the first question; answers come in the order asked. */
export function openObjects(git: GitProcess): Objects {
  let child: ChildProcessByStdio<Writable, Readable, null> | null = null;
  let failed: Error | null = null;
  const waiting: Request[] = [];
  let unsent = '';

  /** Questions of one tick go out in one write: a round trip costs more than an answer. */
  function send(name: string) {
    const running = child ?? start();
    if (unsent === '') {
      queueMicrotask(() => {
        running.stdin.write(unsent);
        unsent = '';
      });
    }
    unsent += `${name}\n`;
  }

  function start() {
    git.started();
    const started = spawn('git', [...guards, 'cat-file', '--batch'], {
      cwd: git.cwd,
      env: gitVars(git.vars),
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    started.stdin.on('error', () => {});
    started.stdout.on('data', reader(waiting));
    started.on('error', (error: NodeJS.ErrnoException) => fail(spawnFailure(error, git.cwd)));
    started.on('close', () => {
      if (waiting.length > 0) diagnose(git).then(fail);
      else fail(endedEarly());
    });
    child = started;
    return started;
  }

  function fail(error: Error) {
    failed = error;
    for (const request of waiting.splice(0)) request.reject(error);
  }

  return {
    get(name, limit = Number.POSITIVE_INFINITY) {
      if (failed) return Promise.reject(failed);
      if (name.includes('\n')) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        waiting.push({ limit, resolve, reject });
        send(name);
      });
    },
    close() {
      child?.stdin.end();
      child?.stdout.destroy();
      child?.unref();
    },
  };
}

/** Why `cat-file` ended early: what any other command says here. Its own stderr would cost every hook a pipe. */
async function diagnose(git: GitProcess): Promise<Error> {
  const args = ['rev-parse', '--git-dir'];
  const result = await runGit(git, args);
  if (result.code !== 0) return gitFailure(git, args, result);
  return endedEarly();
}

function endedEarly(): Error {
  return failure('git-failed', { verb: 'cat-file', problem: 'it ended early', fix: 'Run: git fsck' });
}

/** Splits git's answer (`oid type size\n` bytes `\n`, or `name missing\n`) among those who wait for it. */
function reader(waiting: Request[]): (chunk: Buffer) => void {
  let header: Buffer[] = [];
  let current: { oid: string; type: string; size: number; left: number; parts: Buffer[] | null } | null = null;

  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (current === null) {
        const end = chunk.indexOf(newline, at);
        header.push(chunk.subarray(at, end === -1 ? chunk.length : end));
        if (end === -1) return;
        at = end + 1;
        const line = Buffer.concat(header).toString('utf8');
        header = [];
        const [, oid, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line) ?? [];
        if (oid === undefined || type === undefined) {
          waiting.shift()?.resolve(null);
          continue;
        }
        const bytes = Number(size);
        const wanted = bytes <= (waiting[0]?.limit ?? 0);
        current = { oid, type, size: bytes, left: bytes + 1, parts: wanted ? [] : null };
      }
      const part = chunk.subarray(at, at + current.left);
      current.parts?.push(part);
      current.left -= part.length;
      at += part.length;
      if (current.left === 0) {
        const { oid, type, size, parts } = current;
        current = null;
        waiting.shift()?.resolve({ oid, type, size, bytes: parts && Buffer.concat(parts).subarray(0, size) });
      }
    }
  };
}
