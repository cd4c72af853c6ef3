import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { expect, it } from 'vitest';
import { binFolder } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { judging, policy } from './judging.js';

it.each([
  ['1.1', '1.2'],
  ['1.1.4', '1.1.5'],
  ['draft', '1.0'],
])('the command for a versioned key works as it is copied: from %s to %s', (from, to) => {
  const r = policy(exampleRepo(), { versioned: { CANONICAL_VERSION: ['canonical/**'] } });
  r.commit('canonical', { 'canonical/a.txt': 'a', VERSION: `${r.read('VERSION')}CANONICAL_VERSION=${from}\n` });
  r.stage({ 'canonical/a.txt': 'b' });
  const [said, ...more] = judging(r, 'version-bump', '--stage', 'pre-commit');
  expect([said?.message, more]).toEqual([`what it stands for changed, but CANONICAL_VERSION is ${from} as before`, []]);
  const command = said?.hint.replace(/^Run: /, '') ?? 'false';
  const env = { ...r.env, PATH: [binFolder(), r.env.PATH].join(delimiter) };
  expect(spawnSync('sh', ['-c', command], { cwd: r.dir, env }).stderr.toString()).toBe('');
  expect(r.read('VERSION')).toContain(`CANONICAL_VERSION=${to}\n`);
  expect(judging(r, 'version-bump', '--stage', 'pre-commit')).toEqual([]);
});
