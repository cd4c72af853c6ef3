import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliPath } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Variables } from '../kit/isolated.js';
import { exec, type Repo } from '../kit/repo.js';

/** How one machine differs from the others; what is not said is as everywhere. */
export interface Machine {
  repo: Repo;
  /** Where it stands in the repository; '' is its top. */
  cwd?: string;
  env?: Variables;
  umask?: string;
  /** The Node that runs it. */
  node?: string;
  /** In front of the command: `taskset -c 0`. */
  before?: readonly string[];
}

const names = ['inbox-core', 'ingest', 'normalize-score'];

/** A layer and two functions, with all that machines like to change: line ends, accents, modes, binary and empty files. */
export function story(): Repo {
  const bytes = Buffer.from(Uint8Array.from({ length: 150_000 }, (_, i) => (i * i * 2_654_435_761) >>> 13));
  const core = 'src_v2/inbox_core';
  const r = exampleRepo().commit('more', {
    [`${core}/crlf.txt`]: 'one\r\ntwo\r\n',
    [`${core}/lf.txt`]: 'one\ntwo\n',
    [`${core}/données/été.json`]: '{"clé": "ß"}\n',
    [`${core}/data.bin`]: bytes,
    [`${core}/tool.sh`]: exec('#!/bin/sh\n'),
    [`${core}/empty.py`]: '',
    [`${core}/ident.py`]: '# $Id$ $Date$\n',
    [`${core}/large.py`]: Array.from({ length: 9_000 }, (_, i) => `value_${i} = ${i * 7919}\n`).join(''),
    'src_v2/lambdas/ingest/I_ı_i.txt': 'Turkish\n',
  });
  return r.commit('elsewhere', { 'docs/a.md': 'a\n' });
}

/** The sha256 of every zip, as one line. Fails with what the build said. */
export async function build({ repo, cwd = '', env = {}, umask = '022', node, before = [] }: Machine): Promise<string> {
  const command = [...before, node ?? process.execPath, cliPath(), 'build', ...names];
  const child = spawn('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', ...command], {
    cwd: join(repo.dir, cwd),
    env: Object.fromEntries(Object.entries({ ...repo.env, ...env }).filter((pair) => pair[1] !== undefined)),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${said}`);
  return digests(repo);
}

export function digests({ dir }: Repo): string {
  const files = ['layers/inbox-core-1.0.0.zip', ...names.slice(1).map((name) => `functions/${name}-1.0.0.zip`)];
  const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return files
    .map((file) => join(dir, '.build', file))
    .map((path) => (existsSync(path) ? sha256(path) : `${path} is not there`))
    .join(' ');
}
