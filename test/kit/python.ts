import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tempFolder } from './temp.js';

const found = spawnSync('python3', ['-c', 'import sys; print(sys.executable, "python%d.%d" % sys.version_info[:2])'], {
  encoding: 'utf8',
});
const [executable = '', name = ''] = found.stdout.trim().split(' ');

/** The Lambda runtime that this machine's Python is, and a PATH on which it is found by that name. */
export const runtime = name;

export function pythonPath(rest = '/usr/bin:/bin'): string {
  const bin = tempFolder('python');
  symlinkSync(executable, join(bin, runtime));
  return [bin, rest].join(delimiter);
}
