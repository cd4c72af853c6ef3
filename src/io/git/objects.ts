import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { nextTick } from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { failure } from '../../errors.js';
import { answers, type GitObject, type Question } from './answers.js';
import { type GitProcess, gitFailure, guards, runGit, spawnFailure } from './process.js';
import { queue } from './queue.js';

export interface Objects {
  /** Any name git resolves to an object, without newline; null when there is none. */
  get(name: string, limit?: number): Promise<GitObject | null>;
  /** The same without its bytes, which git then does not read either. */
  look(name: string): Promise<GitObject | null>;
  /** Asks for what is wanted next and keeps it, under the names asked with and its own. Never fails: `get` will. */
  ahead(names: readonly string[]): Promise<void>;
  /** What `ahead` has kept; null for all else. */
  kept(name: string): Promise<GitObject | null>;
  close(): void;
}

const keptLimit = 1024 * 1024;

/** What `cat-file` says to an option it does not know. */
const usageError = 129;

/**
 * One `git cat-file` for the whole run, started at the first question; answers come in the order asked. Since git 2.36 it
 * takes commands, so what is asked of an object's size moves none of its bytes; an older git is asked as it can be.
 */
export function openObjects(git: GitProcess): Objects {
  let mode: '--batch-command' | '--batch' = '--batch-command';
  let child: ChildProcessByStdio<Writable, Readable, null> | null = null;
  let failed: Error | null = null;
  const waiting = queue<Question>();
  const kept = new Map<string, Promise<GitObject | null>>();
  let unsent = '';

  /** Questions of one tick, with all that promises do in it, go out in one write: a round trip costs more than an answer. */
  function send({ name, limit }: Question) {
    if (child === null) start();
    if (unsent === '') {
      nextTick(() => {
        child?.stdin.write(unsent);
        unsent = '';
      });
    }
    unsent += mode === '--batch' ? `${name}\n` : `${limit === null ? 'info' : 'contents'} ${name}\n`;
  }

  function start() {
    git.started();
    const started = spawn('git', [...guards, 'cat-file', mode], {
      cwd: git.cwd,
      env: git.vars,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    started.stdin.on('error', () => {});
    const heard = answers(waiting, mode === '--batch-command', () => {
      started.stdout.off('data', heard).destroy();
      started.kill();
      askAnother();
    });
    started.stdout.on('data', heard);
    started.on('error', (error: NodeJS.ErrnoException) => fail(spawnFailure(error, git.cwd)));
    started.on('close', (code) => {
      if (child !== started) return;
      if (code === usageError && mode === '--batch-command') {
        mode = '--batch';
        askAnother();
      } else diagnose(git, waiting.first()).then(fail);
    });
    child = started;
  }

  /** What is still waited for. */
  function askAnother() {
    child = null;
    unsent = '';
    for (const question of waiting.empty()) {
      waiting.push(question);
      send(question);
    }
  }

  function fail(error: Error) {
    failed = error;
    for (const question of waiting.empty()) question.reject(error);
  }

  function ask(name: string, limit: number | null): Promise<GitObject | null> {
    if (failed) return Promise.reject(failed);
    if (name.includes('\n')) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const question = { name, limit, resolve, reject };
      waiting.push(question);
      send(question);
    });
  }

  function keep(name: string): Promise<GitObject | null> {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const answer = ask(name, keptLimit);
    kept.set(name, answer);
    return answer.then((object) => {
      if (object) kept.set(object.oid, answer);
      return object;
    });
  }

  return {
    async get(name, limit = Number.POSITIVE_INFINITY) {
      const object = await kept.get(name);
      if (object === undefined || (object?.bytes === null && object.size <= limit)) return ask(name, limit);
      return object === null || object.size <= limit ? object : { ...object, bytes: null };
    },
    async look(name) {
      const object = await kept.get(name);
      return object === undefined ? ask(name, null) : object && { ...object, bytes: null };
    },
    async ahead(names) {
      await Promise.allSettled(names.map(keep));
    },
    kept: async (name) => (await kept.get(name)) ?? null,
    close() {
      child?.stdin.end();
      child?.stdout.destroy();
      child?.unref();
    },
  };
}

/** Why `cat-file` ended early: what git says of the question that was left. Its own stderr would cost every hook a pipe. */
async function diagnose(git: GitProcess, question: Question | undefined): Promise<Error> {
  if (question === undefined) return endedEarly();
  const args = ['cat-file', '-e', question.name];
  // One is the answer that there is no such object, and no reason to end.
  return runGit(git, args).then(
    (result) => (result.code > 1 ? gitFailure(git, args, result) : endedEarly()),
    (error) => error,
  );
}

function endedEarly(): Error {
  return failure('git-failed', { verb: 'cat-file', problem: 'it ended early', fix: 'Run: git fsck' });
}
