import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tempFolder } from '../../kit/temp.js';

const writing = ['hash-object', 'read-tree', 'update-index', 'write-tree', 'commit-tree', 'update-ref', 'tag'];

/** A PATH whose git counts those commands of it that write, and ends the program that calls one of them. */
export function countingGit(path: string, fatal: { nth: number; isAfter: boolean } | null) {
  const folder = tempFolder('git');
  const counts = join(folder, 'counts');
  mkdirSync(counts);
  const shim = join(folder, 'git');
  const lines = [
    '#!/bin/sh',
    'verb=',
    `for word in "$@"; do case "$word" in ${writing.join('|')}) verb=$word; break;; esac; done`,
    `PATH='${path}'; export PATH`,
    '[ -z "$verb" ] && exec git "$@"',
    'nth=0',
    // A folder is made once, whoever else counts.
    `until mkdir "${counts}/$nth" 2>/dev/null; do nth=$((nth + 1)); done`,
    `mkdir "${counts}/$nth/$verb"`,
    ...(fatal === null
      ? []
      : [`[ $nth = ${fatal.nth} ] && { ${fatal.isAfter ? 'git "$@"; ' : ''}kill -9 $PPID; exit 1; }`]),
    'exec git "$@"',
  ];
  writeFileSync(shim, `${lines.join('\n')}\n`);
  chmodSync(shim, 0o755);
  return {
    PATH: [folder, path].join(delimiter),
    /** What was written, in order. */
    verbs: () => readdirSync(counts).map((_, nth) => readdirSync(join(counts, `${nth}`))[0] ?? ''),
  };
}
