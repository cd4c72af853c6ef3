import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { expect } from 'vitest';
import type { Aws } from '../../src/io/aws/aws.js';
import { awsRegistry } from '../../src/io/registry/aws.js';
import { cliPath, withCli } from '../kit/cli.js';
import type { Emulator } from '../kit/emulators/start.js';
import { exampleRepo } from '../kit/example.js';
import type { Variables } from '../kit/isolated.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import type { FaultProxy } from './proxy/start.js';
import { awsVars, emptyWorld } from './world.js';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  /** The code of the failure in its document; null where it is none. */
  failure: string | null;
}

/** One layer of the example repository, about to be released to an empty environment behind the proxy. */
export interface Scene {
  repo: Repo;
  aws: Aws;
  /** `layer-policy … --json`, in a process of its own, so that this one can stand in between. */
  run(...args: string[]): Promise<Ran>;
  with(more: Variables): Scene;
  /** The same, run by another program than ours. */
  by(script: string): Scene;
  release(): Promise<Ran>;
  /** The same, to be killed. */
  begin(...args: string[]): { ended: Promise<Ran>; kill(signal: NodeJS.Signals): void };
  /** Layer versions there are. */
  published(): Promise<number>;
  /** What the manifest says of the environment. */
  recorded(): { arn: string; sha256: string } | null;
  /** A second clone of the same state, as another machine has it. */
  elsewhere(): Scene;
}

/** The layer alone; functions have tests of their own. */
export const releasing = ['release', 'inbox-core', '--env', 'dev', '--no-attach', '--yes'];
export const layerName = 'inbox-core-dev';
export const key = 'layers/inbox-core-1.0.0.zip';

/** One kept for all scenes: telling its story costs more than copying it. */
let kept: Repo | undefined;

function story(): Repo {
  if (kept === undefined) {
    const made = exampleRepo();
    const origin = tempFolder('origin');
    made.git('init', '-q', '--bare', origin);
    made.git('remote', 'add', 'origin', origin);
    made.git('push', '-q', 'origin', 'develop');
    kept = made;
  }
  return kept.copy();
}

export async function scene(emulator: Emulator, proxy: FaultProxy): Promise<Scene> {
  const aws = await emptyWorld(emulator);
  proxy.reset();
  return sceneOf(withCli(story()), aws, awsVars(proxy.url));
}

export function sceneOf(repo: Repo, aws: Aws, vars: Variables, script = cliPath()): Scene {
  const registry = awsRegistry(aws);
  function begin(...args: string[]) {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: repo.dir,
      env: { ...repo.env, ...definedOf(vars) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    const ended = new Promise<Ran>((done) => {
      child.once('close', (code, signal) => {
        const stdout = Buffer.concat(out).toString();
        const stderr = Buffer.concat(err).toString();
        // Whatever happens, nothing that opens a door is told.
        expect(stdout + stderr).not.toMatch(/canary/);
        const number = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
        done({ code: number, stdout, stderr, failure: failureIn(stdout) });
      });
    });
    return { ended, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
  }
  const run = (...args: string[]) => begin(...args, '--json', '--verbose').ended;
  return {
    repo,
    aws,
    begin,
    run,
    with: (more) => sceneOf(repo, aws, { ...vars, ...more }, script),
    by: (other) => sceneOf(repo, aws, vars, other),
    release: () => run(...releasing),
    published: async () => (await registry.versions(layerName)).length,
    recorded() {
      const path = 'layer_management/active/inbox-core/manifest.json';
      const found = repo.tryGit('show', `HEAD:${path}`);
      return found.code === 0 ? (JSON.parse(found.stdout).environments?.dev ?? null) : null;
    },
    elsewhere: () => sceneOf(repo.copy(), aws, vars),
  };
}

function failureIn(stdout: string): string | null {
  try {
    return JSON.parse(stdout).error?.code ?? null;
  } catch {
    return null;
  }
}

function definedOf(vars: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(vars).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
