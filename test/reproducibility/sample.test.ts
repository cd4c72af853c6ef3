import { expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';
import { build, story } from './build.js';
import { variations } from './variations.js';

/** Of what `npm run test:reproducibility` builds: what has once gone wrong somewhere, and takes no long time. */
const sample = [
  'time zone Kiritimati',
  'locale tr_TR',
  'umask 0077',
  'a zlib that compresses otherwise',
  'core.autocrlf',
  'a linked worktree',
  'a repository of SHA-256',
  'a cache that is cold, warm, deleted, damaged',
  'four builds at once',
];

const origin = story();
const expected = await build({ repo: origin });

it.each(sample)('%s changes no sha256', async (name) => {
  const made = await variations.find((one) => one.name === name)?.make(origin);
  if (made === undefined) throw new Error(`there is no variation ${name}`);
  const all = Array.isArray(made) ? made : [await build(made)];
  expect(new Set(all)).toEqual(new Set([expected]));
});

it('commits that change nothing of what is packed change no sha256', async () => {
  const r = exampleRepo();
  const before = await build({ repo: r });
  r.commit('elsewhere', { 'docs/x.md': 'x', 'src_v2/inbox_core/x.pyc': 'x', 'tests/more.py': '' });
  expect(await build({ repo: r })).toBe(before);
});
