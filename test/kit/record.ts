import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CliResult, run } from './cli.js';
import type { Variables } from './isolated.js';
import type { Repo } from './repo.js';
import { tempFolder } from './temp.js';

/** What the program loaded, and the processes it started, each as one line. */
export interface Recorded extends CliResult {
  loaded: string[];
  started: string[];
}

/** Runs the program in the repository and keeps a record of it. */
export function record(r: Repo, args: readonly string[], options: { env?: Variables; stdin?: string } = {}): Recorded {
  const file = join(tempFolder('record'), 'record.json');
  const watched = { RECORD: file, NODE_OPTIONS: `--require ${resolve('test/kit/recorder.cjs')}` };
  const result = run(r.dir, args, { ...options, env: { ...r.env, ...options.env, ...watched } });
  return { ...result, ...(JSON.parse(readFileSync(file, 'utf8')) as Pick<Recorded, 'loaded' | 'started'>) };
}
