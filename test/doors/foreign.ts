import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isolatedEnv } from '../kit/isolated.js';
import { tempFolder } from '../kit/temp.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program in a folder; both streams and its exit code. */
export function start(dir: string, command: string, args: string[], env: Record<string, string> = {}) {
  const done = spawnSync(command, args, { cwd: dir, env: { ...isolatedEnv(), ...env }, encoding: 'utf8' });
  if (done.error) throw done.error;
  return { code: done.status, out: done.stdout + done.stderr };
}

let packed: string | undefined;

/** The tarball as npm would publish it. */
export function tarball(): string {
  if (packed === undefined) {
    const folder = tempFolder('packed');
    // Scripts are skipped: the build has just run, and another would pull it from under other tests.
    const { code, out } = start(root, 'npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
    if (code !== 0) throw new Error(out);
    packed = join(folder, out.trim().split('\n').at(-1) ?? '');
  }
  return packed;
}

/** Puts the packed tarball into a folder's node_modules, with its dependencies, as `npm install` would. */
export function installPacked(dir: string): void {
  const home = join(dir, 'node_modules/layer-policy');
  mkdirSync(home, { recursive: true });
  const { code, out } = start(home, 'tar', ['-xzf', tarball(), '--strip-components=1']);
  if (code !== 0) throw new Error(out);
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'), 'junction');
  mkdirSync(join(dir, 'node_modules/.bin'), { recursive: true });
  symlinkSync('../layer-policy/dist/bin.cjs', join(dir, 'node_modules/.bin/layer-policy'));
}

export const tsc = join(root, 'node_modules/.bin/tsc');
