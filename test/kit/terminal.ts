import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cliPath } from './cli.js';
import type { Repo } from './repo.js';
import { type Screen, screenOf } from './screen.js';

const runner = fileURLToPath(new URL('terminal.py', import.meta.url));

export interface Seen {
  code: number;
  /** Everything that was sent to the terminal. */
  written: string;
  /** The screen when each key was pressed, and at the end. */
  screens: Screen[];
}

/** What is pressed, when this has been written since the last key. */
export interface Key {
  after: string;
  press: string;
}

/** Runs `layer-policy` where somebody sits before it. */
export function onTerminal(
  on: Repo,
  args: readonly string[],
  { columns = 100, rows = 30, keys = [], env = {} }: Partial<Setting> = {},
): Seen {
  const vars = { ...on.env, TERM: 'xterm-256color', ...env };
  const asked = { argv: [process.execPath, cliPath(), ...args], cwd: on.dir, env: vars, columns, rows, keys };
  const done = spawnSync('python3', [runner], { input: JSON.stringify(asked), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(done.stderr);
  const { code, bytes, before } = JSON.parse(done.stdout) as { code: number; bytes: string; before: number[] };
  const all = Buffer.from(bytes, 'hex');
  let end = 0;
  const ends = [...before.map((length) => (end += length)), all.length];
  const screens = ends.map((at) => screenOf(all.subarray(0, at).toString(), { columns, rows }));
  return { code, written: all.toString(), screens };
}

interface Setting {
  columns: number;
  rows: number;
  keys: Key[];
  env: Record<string, string>;
}
