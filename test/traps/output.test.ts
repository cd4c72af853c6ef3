import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { cliPath } from '../kit/cli.js';
import { check, governed } from './governed.js';
import { trap } from './trap.js';

/** Thousands of violations: far more text than a pipe holds. */
function loud() {
  const r = governed();
  const blob = r.feed('x\n', 'hash-object', '-w', '--stdin');
  const lines = Array.from({ length: 3000 }, (_, i) => `100644 ${blob}\t.build/${i}\n`);
  r.feed(lines.join(''), 'update-index', '--index-info');
  return r;
}

trap('N12', () => {
  const r = loud();
  const args = ['--stage', 'pre-commit', '--rule', 'no-build-commits'];
  const whole = check(r, args);
  expect([whole.code, whole.found.length]).toEqual([1, 3000]);
  const program = `'${process.execPath}' '${cliPath()}' check --json --now 2026-01-31 ${args.join(' ')}`;
  const piped = (reader: string) => {
    const script = `{ ${program}; echo $? >.git/code; } 2>.git/stderr | ${reader}`;
    const { stdout } = spawnSync('sh', ['-c', script], { cwd: r.dir, env: r.env, maxBuffer: 1 << 28 });
    return { code: r.read('.git/code').trim(), stderr: r.read('.git/stderr'), stdout: stdout.toString() };
  };
  expect(piped('(sleep 0.5; cat)')).toEqual({ code: '1', stderr: '', stdout: whole.stdout });
  expect(piped('head -c 10')).toEqual({ code: '1', stderr: '', stdout: whole.stdout.slice(0, 10) });
  expect(piped('true')).toEqual({ code: '1', stderr: '', stdout: '' });
  const closed = spawnSync('sh', ['-c', `${program} >&-`], { cwd: r.dir, env: r.env });
  expect(closed.status).not.toBe(0);
});
