import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { repo } from '../../kit/repo.js';
import { countingGit } from './git.js';

const script = 'git rev-parse HEAD; git tag one; git tag two; git tag three';

it.each([
  [null, ['one', 'three', 'two']],
  [{ nth: 1, isAfter: false }, ['one']],
  [{ nth: 1, isAfter: true }, ['one', 'two']],
])('git that ends its caller at %o has done what it says', (fatal, tags) => {
  const made = repo().commit('one', { a: 'a' });
  const { PATH, verbs } = countingGit(made.env.PATH ?? '', fatal);
  const { signal } = spawnSync('/bin/sh', ['-c', script], { cwd: made.dir, env: { ...made.env, PATH } });
  expect(signal).toBe(fatal === null ? null : 'SIGKILL');
  expect(made.git('tag').split('\n')).toEqual(tags);
  expect(verbs()).toEqual(fatal === null ? ['tag', 'tag', 'tag'] : ['tag', 'tag']);
});
