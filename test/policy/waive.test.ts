import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

it('a waiver that ran out is told by the rule it is of, and by no other that --rule names', () => {
  const r = exampleRepo();
  const waivers = [{ rule: 'semver-naming', file: 'x.zip', reason: 'r', until: '2020-01-01' }];
  r.commit('waive', {
    '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), waivers }),
  });
  const check = (rule: string) => run(r.dir, ['check', '--stage', 'all', '--rule', rule], { env: r.env }).code;
  expect([check('archive-age'), check('semver-naming')]).toEqual([0, 1]);
});
