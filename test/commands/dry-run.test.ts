import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { done, failed, governed, raise, says } from './moving.js';

it.each([
  ['rollback', '--env', 'dev'],
  ['promote', '--from', 'dev', '--to', 'stage'],
  ['deploy', 'core@1.0.0', '--env', 'dev'],
  ['release', '--env', 'dev'],
])('%s --dry-run leaves nothing in git, though its record is made to be judged', (...words) => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  if (words[0] !== 'release') done(r, 'release', '--env', 'dev');
  const objects = () => readdirSync(join(r.dir, '.git/objects'), { recursive: true }).sort();
  const before = objects();
  const { steps } = done(r, ...words, '--dry-run');
  expect(steps.map(({ kind }) => kind)).toContain('record');
  expect(objects()).toEqual(before);
});

it('a rollback that its own record refuses leaves nothing in git either', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  const policy = JSON.parse(r.read('.layerpolicyrc.json'));
  const dev = { properties: { version: { not: { const: '1.0.0' } } } };
  const schema = { properties: { environments: { properties: { dev } } } };
  const options = { files: ['layer_management/active/core/manifest.json'], schema };
  policy.rules = { onwards: { use: 'json-schema', severity: 'error', options } };
  r.commit('never back', { '.layerpolicyrc.json': JSON.stringify(policy) });
  const before = r.git('count-objects');
  for (const dry of [['--dry-run'], []]) {
    expect(failed(r, 'rollback', '--env', 'dev', ...dry)).toEqual([1, 'record-unfit']);
    expect(r.git('count-objects')).toBe(before);
  }
  expect(says(r, 'dev')).toMatchObject({ saw: 'two' });
});
