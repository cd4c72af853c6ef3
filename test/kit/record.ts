import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CliResult, run } from './cli.js';
import type { Variables } from './isolated.js';
import type { Repo } from './repo.js';
import { tempFolder } from './temp.js';

/** What a run of the program took. */
export interface Recorded extends CliResult {
  /** Modules. */
  loaded: string[];
  /** Processes, each as one line. */
  started: string[];
  /** Bytes that these processes wrote for it. */
  told: number;
  /** The most that stood in memory, MB. */
  memory: number;
}

/** Runs the program in the repository and keeps a record of it. */
export function record(r: Repo, args: readonly string[], options: { env?: Variables; stdin?: string } = {}): Recorded {
  const file = join(tempFolder('record'), 'record.json');
  const watched = {
    RECORD: file,
    NODE_OPTIONS: `${options.env?.NODE_OPTIONS ?? ''} --require ${resolve('test/kit/recorder.cjs')}`,
  };
  const result = run(r.dir, args, { ...options, env: { ...r.env, ...options.env, ...watched } });
  return {
    ...result,
    ...(JSON.parse(readFileSync(file, 'utf8')) as Pick<Recorded, 'loaded' | 'started' | 'told' | 'memory'>),
  };
}
