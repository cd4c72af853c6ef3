import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { done, failed, governed, layerPolicy, raise, runs } from './moving.js';

/** Every function of the repository is called by its alias. */
function aliased() {
  const r = governed();
  const policy = JSON.parse(r.read('.layerpolicyrc.json'));
  for (const one of Object.values(policy.functions)) Object.assign(one as object, { alias: 'live' });
  return r.commit('functions have an alias', { '.layerpolicyrc.json': JSON.stringify(policy) });
}

type Governed = ReturnType<typeof aliased>;
const answers = (r: Governed, environment: string) => {
  const { calls } = JSON.parse(layerPolicy(r, 'invoke', 'core-user', '--env', environment, '--json').stdout);
  return [calls[0].functionName, calls[0].payload.saw];
};
const moves = (r: Governed, environment: string) =>
  readdirSync(join(r.dir, `.build/registry/${environment}/aliases/acme-core-user-${environment}/live`)).length;

it('in a folder an alias is made, moved with each change, promoted from, and led back', () => {
  const r = aliased();
  const { steps } = done(r, 'release', '--env', 'dev');
  expect(steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['attach', 'move-alias', 'smoke']));
  expect(answers(r, 'dev')).toEqual(['acme-core-user-dev:live', 'one']);
  done(r, 'promote', '--from', 'dev', '--to', 'stage');
  expect(done(r, 'release', '--env', 'dev').steps).toEqual([]);
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  expect([answers(r, 'dev')[1], answers(r, 'stage')[1]]).toEqual(['two', 'one']);
  expect(moves(r, 'dev')).toBe(2);
  const back = done(r, 'rollback', '--env', 'dev');
  expect(back.steps.slice(-4).map(({ kind }) => kind)).toEqual(['move-alias', 'attach', 'smoke', 'record']);
  expect(answers(r, 'dev')).toEqual(['acme-core-user-dev:live', 'one']);
  expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:1']);
}, 120_000);

it('where a function disappoints its callers never leave what they had', () => {
  const r = aliased();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'bad', 500);
  expect(failed(r, 'release', 'core', '--env', 'dev')).toEqual([1, 'smoke-restored']);
  expect([answers(r, 'dev')[1], runs(r, 'dev').layers]).toEqual(['one', ['acme-core-dev:1']]);
}, 120_000);

it('gc keeps what an alias leads to', () => {
  const r = aliased();
  done(r, 'release', '--env', 'dev');
  const { layers } = JSON.parse(layerPolicy(r, 'gc', '--env', 'dev', '--json').stdout);
  const kept = JSON.stringify(layers);
  expect(kept).toContain('function acme-core-user-dev, alias live');
}, 120_000);
