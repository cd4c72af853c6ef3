import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

it('a bare repository without a policy is a missing policy, not trouble with git', () => {
  const r = exampleRepo().commit('none', { '.layerpolicyrc.json': null }).branch('other');
  r.git('branch', '-q', '-D', 'develop');
  const { code, stderr } = run(r.clone('--bare').dir, ['check', '--stage', 'all']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('There is no policy')]);
});

it('narrows in a bare repository too', () => {
  const r = exampleRepo().commit('bad', { '.build/x': 'x' }).clone('--bare');
  const check = (...args: string[]) => run(r.dir, ['check', '--stage', 'all', ...args], { env: r.env }).code;
  expect([check('.build'), check('src_v2')]).toEqual([1, 0]);
});
