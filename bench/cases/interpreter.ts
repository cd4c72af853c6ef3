import { execFileSync } from 'node:child_process';

/** Python itself: a version manager's `python3` is a shell script that takes longer than most of what is measured. */
export function interpreter(): string {
  return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
}
