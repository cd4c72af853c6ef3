import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cliPath } from '../kit/cli.js';
import { bad, check, governed, pastHooks } from './governed.js';
import { trap } from './trap.js';

// More by hand: LAYER_POLICY_CHECKS=50 npx vitest run test/traps/concurrency.test.ts
const many = Number(process.env.LAYER_POLICY_CHECKS ?? 12);

trap('L6', async () => {
  const r = governed();
  pastHooks(r, 'past the hooks', bad);
  r.stage({ 'arn.txt': 'x' }).write({ 'arn.txt': 'y' });
  const args = ['--stage', 'pre-commit'];
  const alone = check(r, args);
  expect(alone.code).toBe(1);
  const index = () => readFileSync(join(r.dir, '.git/index'));
  const before = index();
  const command = [cliPath(), 'check', '--json', '--now', '2026-01-31', ...args];
  const one = () =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, command, { cwd: r.dir, env: r.env, stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { code: 0 as number | null, stdout: '', stderr: '' };
      child.stdout.on('data', (chunk) => (said.stdout += chunk));
      child.stderr.on('data', (chunk) => (said.stderr += chunk));
      child.on('close', (code) => resolve({ ...said, code }));
    });
  const { code, stdout, stderr } = alone;
  const answers = await Promise.all(Array.from({ length: many }, one));
  expect(answers).toEqual(Array.from({ length: many }, () => ({ code, stdout, stderr })));
  expect(index().equals(before)).toBe(true);
  expect(r.exists('.git/index.lock')).toBe(false);
});
