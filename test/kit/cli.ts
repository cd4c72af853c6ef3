import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exec, writeFiles } from './files.js';
import { isolatedEnv, type Variables } from './isolated.js';
import type { Repo } from './repo.js';
import { tempFolder } from './temp.js';

/** Names the installed CLI that the tests run instead of the checkout's. */
export const cliVariable = 'LAYER_POLICY_CLI';

export interface CliResult {
  /** As a shell gives it: 128 + the signal's number when one ended the run. */
  code: number;
  stdout: string;
  stderr: string;
  /** Standard output as the one JSON document it must be; throws with both streams when it is not. */
  json(): unknown;
}

/** The built program: the one the variable names, else `dist/` of this checkout. Throws when it is not there. */
export function cliPath(): string {
  const path = process.env[cliVariable] ?? fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));
  // Without this a test that expects a refusal would take Node's own exit code for one.
  if (!existsSync(path)) throw new Error(`${path} is not there: npm run build`);
  return path;
}

/** Runs `layer-policy` in a folder, with the isolated environment and what is added to it. */
export function run(
  dir: string,
  args: readonly string[],
  options: { env?: Variables; stdin?: string | Uint8Array } = {},
): CliResult {
  const done = spawnSync(process.execPath, [cliPath(), ...args], {
    cwd: dir,
    env: isolatedEnv(options.env),
    input: options.stdin ?? '',
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  const stdout = done.stdout.toString();
  const stderr = done.stderr.toString();
  return {
    code: done.status ?? 128 + (done.signal ? constants.signals[done.signal] : 0),
    stdout,
    stderr,
    json() {
      try {
        return JSON.parse(stdout);
      } catch (cause) {
        throw new Error(`not one JSON document\nstdout: ${stdout}\nstderr: ${stderr}`, { cause });
      }
    },
  };
}

let bin: string | undefined;

/** A folder for PATH that holds `layer-policy` and, because PATH may hold nothing else, this very `node`. */
export function binFolder(): string {
  if (bin === undefined) {
    bin = tempFolder('bin');
    writeFiles(bin, {
      'layer-policy': exec(`#!/bin/sh\nexec '${process.execPath}' '${cliPath()}' "$@"\n`),
      node: exec(`#!/bin/sh\nexec '${process.execPath}' "$@"\n`),
    });
  }
  return bin;
}

/** The repository with `layer-policy` on its PATH, so that its hooks find the program. */
export function withCli(repo: Repo): Repo {
  return repo.with({ PATH: [binFolder(), repo.env.PATH].join(delimiter) });
}

/** For a repository that has the program as npm would install it: `node_modules/.bin/layer-policy`. */
export function installCli(repo: Repo): Repo {
  writeFiles(join(repo.dir, 'node_modules/.bin'), {
    'layer-policy': exec(`#!/bin/sh\nexec '${process.execPath}' '${cliPath()}' "$@"\n`),
  });
  return repo;
}
