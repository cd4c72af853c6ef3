import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliVariable } from './cli.js';
import { newRoot, tempVariable } from './temp.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Once a test run: the folder for all temporary files, and the program under test: what `npm run build` makes, in CI the
 * packed tarball as a user would install it, so a file missing from the package or an undeclared dependency fails here.
 */
export default function setup(): () => void {
  const temp = newRoot();
  process.env[tempVariable] = temp;
  process.env[cliVariable] ??= program(temp);
  return () => rmSync(temp, { recursive: true, force: true });
}

function program(temp: string): string {
  try {
    npm(root, 'run', 'build', '--silent');
    return process.env.CI === 'true' ? install(temp) : copy(temp);
  } catch (error) {
    // Tests that run the program fail for want of this file; all others still have something to say.
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return join(temp, 'the-build-failed');
  }
}

/** Out of the way of the next build, which may begin while these tests run. */
function copy(temp: string): string {
  const built = join(temp, 'built');
  mkdirSync(built);
  cpSync(join(root, 'dist'), join(built, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(built, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'), 'junction');
  return join(built, 'dist/bin.cjs');
}

function install(temp: string): string {
  // Scripts are skipped: the build has just run, and `prepare` would touch this clone's hooks.
  const packed = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', temp));
  const prefix = join(temp, 'installed');
  mkdirSync(prefix);
  npm(prefix, 'install', '--prefix', prefix, join(temp, packed[0].filename), '--no-audit', '--no-fund');
  return join(prefix, 'node_modules/layer-policy/dist/bin.cjs');
}

/** Standard output; on failure throws npm's own words. */
function npm(cwd: string, ...args: string[]): string {
  const windows = process.platform === 'win32';
  const done = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd, encoding: 'utf8', shell: windows });
  if (done.status !== 0) {
    throw new Error(`npm ${args.join(' ')} failed\n${done.stdout}${done.stderr}`, { cause: done.error });
  }
  return done.stdout;
}
