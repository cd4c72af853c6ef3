import { type ChildProcess, spawn } from 'node:child_process';
import { kill } from 'node:process';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  /** The interpreter's name on PATH. */
  runtime: string;
  script: string;
  /** Its whole standard input. */
  input: string;
  /** Where it runs, and its home. */
  folder: string;
  /** PATH. */
  search: string;
  /** Added to the few variables it has: none of ours. */
  variables?: Record<string, string>;
  /** In seconds. */
  limit: number;
  /** How much it may say, in bytes. */
  most: number;
  atExit(act: () => void): void;
}

export interface ChildEnd {
  /** Everything on descriptor 3. */
  said: string;
  /** The end of what it printed, 4 kB at most. */
  log: string;
  /** In words; what it said tells whether it was done by then. */
  how: string;
  /** It took longer than it may. */
  timedOut: boolean;
}

/** Runs a script with an interpreter, alone in its process group; whatever it starts ends with it. */
export async function runChild(child: Child): Promise<ChildEnd> {
  const { runtime, script, folder, search, limit } = child;
  const running = spawn(runtime, ['-I', '-S', '-B', '-X', 'utf8', '-c', script], {
    cwd: folder,
    // Nothing of ours: no credentials, and no settings that change how Python finds modules.
    env: { ...child.variables, PATH: search, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
    // What it starts is in its group, and ends with it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const end = () => killGroup(running);
  child.atExit(end);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, limit * 1000);
  const said = readAll(running.stdio[3] as NodeJS.ReadableStream | null, child.most, end);
  const prints = [running.stdout, running.stderr];
  const log = tailOf(prints);
  // Its end is told below; that it did not wait for the request is no news.
  running.stdin?.on('error', () => {});
  running.stdin?.end(child.input);
  const how = await ended(running, limit);
  clearTimeout(timer);
  end();
  // Whoever left the group may hold the pipe open for as long as he likes.
  const report = running.stdio[3];
  const late = setTimeout(() => void (report instanceof Readable && report.destroy()), 1000);
  const done = await said;
  clearTimeout(late);
  await drained(prints);
  return { said: done, log: log(), how, timedOut };
}

async function readAll(stream: NodeJS.ReadableStream | null, most: number, end: () => void): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stream ?? []) {
      pieces.push(Buffer.from(piece));
      length += piece.length;
      if (length > most) end();
      if (length > 2 * most) break;
    }
  } catch {
    // Closed by us; what was said until then counts.
  }
  return Buffer.concat(pieces).toString('utf8');
}

const tail = 4096;

/** Reads on and on, so that nobody waits for us, and keeps the end. */
function tailOf(streams: readonly (Readable | null)[]): () => string {
  let kept = Buffer.alloc(0);
  for (const stream of streams) {
    stream?.on('data', (piece: Buffer) => {
      kept = Buffer.concat([kept, piece]).subarray(-tail);
    });
    stream?.on('error', () => {});
  }
  return () => kept.toString('utf8');
}

/** What was printed at the very end is still on its way; what escaped the group may keep the pipe, and is not waited for. */
async function drained(streams: readonly (Readable | null)[]): Promise<void> {
  const all = Promise.all(streams.map((stream) => stream && finished(stream).catch(() => {})));
  await Promise.race([all, sleep(200, undefined, { ref: false })]);
  for (const stream of streams) stream?.destroy();
}

function ended(child: ChildProcess, limit: number): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      resolve(
        signal === null
          ? `Python ended with code ${code}`
          : `Python was ended by ${signal}, or took more than ${limit} s`,
      );
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

/** The lines of JSON that it said, each an array. Others were cut off where it was ended, or written by somebody else. */
export function stepsIn(said: string): unknown[][] {
  return said.split('\n').flatMap((line) => {
    try {
      const step: unknown = JSON.parse(line);
      return Array.isArray(step) ? [step] : [];
    } catch {
      return [];
    }
  });
}
