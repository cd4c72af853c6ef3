import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { tempFolder } from '../kit/temp.js';

it('paths may lead to the repository through a link, and to what is no more', () => {
  const r = exampleRepo().commit('bad', { '.build/x': 'x', 'gone/arn/y': 'y' });
  r.remove('.build', 'gone');
  const link = join(tempFolder('link'), 'here');
  symlinkSync(r.dir, link);
  const check = (...args: string[]) => run(r.dir, ['check', ...args], { env: r.env }).code;
  expect(check(`${link}/.build/x`)).toBe(1);
  expect(check('--cwd', link, '.build/x')).toBe(1);
  expect(check('--cwd', link, '.')).toBe(1);
  expect(check(`${link}/gone/arn/y`)).toBe(0);
  expect(check(tempFolder('elsewhere'))).toBe(2);
});

it('a path that is a link itself is not followed', () => {
  const r = exampleRepo().commit('bad', { '.build/x': 'x' });
  symlinkSync('.build', join(r.dir, 'also'));
  expect(run(r.dir, ['check', 'also'], { env: r.env }).code).toBe(0);
});

it('a stage is no path', () => {
  const { code, stderr } = run(exampleRepo().dir, ['check', 'pre-commit']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--stage pre-commit')]);
});
