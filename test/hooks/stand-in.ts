import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { writeFiles } from '../kit/files.js';
import { exec, type Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

/** One run of the stand-in, as it saw the world. */
export interface Call {
  by: string;
  cwd: string;
  args: string[];
  stdin: string;
  vars: string[];
}

/** Writes down who it is, its arguments, folder, input and variables, and ends as STAND_IN_EXIT or `code` says. */
export const standIn = (by: string, code = 0) =>
  exec(`#!/bin/sh
{
  printf 'by %s\\n' '${by}'
  printf 'cwd %s\\n' "$PWD"
  for arg; do printf 'arg %s\\n' "$arg"; done
  env | sed -n 's/^\\(GIT_\\|NODE_\\|LAYER_\\)/var &/p'
  printf 'in\\n'
  cat
  printf '\\0'
} >> "$STAND_IN_LOG"
exit ${code}
`);

/** Reads nothing of its input, as many hooks do. */
export const deaf = (by: string, code = 0) =>
  exec(`#!/bin/sh\nprintf 'by %s\\nin\\n\\0' '${by}' >> "$STAND_IN_LOG"\nexit ${code}\n`);

export interface Watched {
  repo: Repo;
  /** What ran since the last look, in order. */
  calls(): Call[];
}

/** The repository with a log that its stand-ins write to. */
export function watched(repo: Repo, more: Record<string, string | undefined> = {}): Watched {
  const log = join(tempFolder('log'), 'calls');
  let seen = 0;
  return {
    repo: repo.with({ STAND_IN_LOG: log, ...more }),
    calls() {
      const all = existsSync(log) ? readFileSync(log, 'utf8').split('\0').filter(Boolean).map(parse) : [];
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh;
    },
  };
}

function parse(text: string): Call {
  const [head = '', ...input] = text.split(/^in\n/m);
  const lines = head.split('\n');
  const of = (kind: string) =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  return {
    by: of('by')[0] ?? '',
    cwd: of('cwd')[0] ?? '',
    args: of('arg'),
    stdin: input.join('in\n'),
    vars: of('var'),
  };
}

/** `node_modules/.bin/layer-policy` that only writes down how it was called. */
export function withStandIn(repo: Repo, code = 0): Repo {
  writeFiles(repo.dir, { 'node_modules/.bin/layer-policy': standIn('layer-policy', code) });
  return repo;
}

/** A PATH with the system's tools but for those named: links, so that nothing else of their folders comes along. */
export function pathWithout(...missing: string[]): string {
  const folder = tempFolder('path');
  const wanted = [
    'sh',
    'git',
    'cat',
    'env',
    'sed',
    'grep',
    'cmp',
    'rm',
    'dirname',
    'basename',
    'node',
    'uname',
    'chmod',
  ];
  for (const name of wanted.filter((tool) => !missing.includes(tool))) {
    const at = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    if (at.startsWith('/')) symlinkSync(at, join(folder, name));
  }
  return folder;
}

export const pathOf = (...folders: string[]) => folders.join(delimiter);
