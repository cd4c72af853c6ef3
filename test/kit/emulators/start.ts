import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isolatedEnv } from '../isolated.js';
import { tempFolder } from '../temp.js';

export type EmulatorName = 'moto' | 'ministack';

/** An emulator of the cloud, in a process of its own on 127.0.0.1. */
export interface Emulator {
  name: EmulatorName;
  url: string;
  /** Forgets everything that was made. */
  reset(): Promise<void>;
  /** Keeps all that there is now, under a name that `back` takes, also of another emulator. ministack only. */
  keep(): Promise<string>;
  back(kept: string): Promise<void>;
  stop(): Promise<void>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const folder = here('../../../.venv-aws');
const windows = process.platform === 'win32';

/** Starts one; the first start in a clone installs both from PyPI into `.venv-aws/`. */
export async function startEmulator(name: EmulatorName): Promise<Emulator> {
  const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
  install();
  const child = spawn(python, [here('serve.py'), name], {
    // A group of its own, so that it can end all that it started.
    detached: !windows,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: isolatedEnv({ TMPDIR: tempFolder(name), PYTHONUNBUFFERED: '1', LAMBDA_STATE_TRANSITION_SECONDS: '0.3' }),
  });
  const next = answersOf(child);
  const url = `http://127.0.0.1:${await next()}`;
  const post = async (path: string, body: string) => {
    const answer = await fetch(url + path, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${name} answers ${path} with ${answer.status}: ${await answer.text()}`);
  };
  const reset = async () => {
    if (name === 'ministack') return post('/_ministack/reset', '');
    await post('/moto-api/reset', '');
    // Told anew each time; else functions are sought in Docker.
    await post('/moto-api/config', '{"lambda":{"use_docker":false}}');
  };
  const ask = (line: string) => {
    child.stdin?.write(`${line}\n`);
    return next();
  };
  await reset();
  return {
    name,
    url,
    reset,
    keep: () => ask('keep'),
    back: async (kept) => void (await ask(`back ${kept}`)),
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.stdin?.end();
      }),
  };
}

let installed = false;

function install(): void {
  if (installed) return;
  const interpreters = ['python3.11', 'python3', 'python'];
  for (const interpreter of interpreters) {
    const done = spawnSync(interpreter, [here('setup.py'), folder], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONNOUSERSITE: '1' },
    });
    if (done.error) continue;
    if (done.status !== 0) throw new Error(`The AWS emulators cannot be installed.\n${done.stderr}`);
    installed = true;
    return;
  }
  throw new Error(`The AWS emulators need Python 3.10 or newer; none of ${interpreters.join(', ')} is on PATH.`);
}

/** What the process says next, a line of it; fails with its error output where it ends instead. */
function answersOf(child: ChildProcess): () => Promise<string> {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4000);
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('it was started without a pipe');
  const asking: { done(line: string): void; fail(why: Error): void }[] = [];
  // What it says unasked is let go, so that it never waits for a reader.
  createInterface({ input: stdout }).on('line', (line) => asking.shift()?.done(line));
  const end = (why: Error) => asking.splice(0).forEach(({ fail }) => void fail(why));
  child.once('error', end);
  child.once('exit', (code) => end(new Error(`the emulator ended with ${code}: ${errors}`)));
  return () => new Promise((done, fail) => asking.push({ done, fail }));
}
