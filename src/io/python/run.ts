import { type ChildProcess, spawn } from 'node:child_process';
import { kill } from 'node:process';
import type { FailedImport } from '../../ports.js';
import { script } from './script.js';

export interface Run {
  runtime: string;
  /** Absolute folders. */
  path: string[];
  modules: string[];
  /** For whatever they write. */
  folder: string;
  /** PATH. */
  search: string;
  /** For all modules together, in seconds. */
  limit: number;
  atExit(act: () => void): void;
}

/** More than this is no report. Bytes. */
const most = 1 << 22;

/** Null: no interpreter of that name, or one of another version. */
export async function runImports(run: Run): Promise<FailedImport[] | null> {
  const { runtime, folder, search, modules, limit } = run;
  const child = spawn(runtime, ['-I', '-S', '-B', '-X', 'utf8', '-c', script], {
    cwd: folder,
    // Nothing of ours: no credentials, and no settings that change how Python finds modules.
    env: { PATH: search, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
    // What it starts is in its group, and ends with it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  const end = () => killGroup(child);
  run.atExit(end);
  const timer = setTimeout(end, limit * 1000);
  const said = readAll(child, end);
  // Its end is told below; that it did not wait for the request is no news.
  child.stdin?.on('error', () => {});
  child.stdin?.end(JSON.stringify({ path: run.path, modules, limit }));
  const how = await ended(child, limit);
  clearTimeout(timer);
  end();
  return failuresIn(await said, runtime, modules, how);
}

/** Everything on descriptor 3, until it is closed. */
async function readAll(child: ChildProcess, end: () => void): Promise<string> {
  const report = child.stdio[3] as NodeJS.ReadableStream | null | undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of report ?? []) {
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length > most) end();
    if (length > 2 * most) break;
  }
  return Buffer.concat(pieces).toString('utf8');
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

/** `how` it ended is what is wrong with the module that it was at then; those behind it were not tried. */
function failuresIn(said: string, runtime: string, modules: string[], how: string): FailedImport[] | null {
  const steps = said.split('\n').flatMap(parseStep);
  if (steps[0]?.[0] !== 'python' || steps[0][1] !== runtime) return null;
  const failures = steps.flatMap(([step, module = '', error = '']) => (step === 'failed' ? [{ module, error }] : []));
  const over = new Set(steps.flatMap(([step, module = '']) => (step === 'done' || step === 'failed' ? [module] : [])));
  const stuck = modules.find((module) => !over.has(module));
  return stuck === undefined ? failures : [...failures, { module: stuck, error: how }];
}

function parseStep(line: string): string[][] {
  try {
    const words: unknown = JSON.parse(line);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? [words] : [];
  } catch {
    // Cut off where it was ended, or written by somebody else.
    return [];
  }
}
