import { expect, it } from 'vitest';
import { resolveRules } from '../../src/config/rules.js';

function problems(rules: Record<string, unknown>): string[] {
  const said: string[] = [];
  resolveRules(rules, [], said);
  return said;
}

it('a typo in an instance of a rule kind is refused, not passed over', () => {
  expect(problems({ 'no-notes': { use: 'no-root-arn', severity: 'error', option: { contents: true } } })).toEqual([
    'rules.no-notes has an unknown key "option"; did you mean "options"?',
  ]);
});

it('no rule runs under the name of another', () => {
  expect(problems({ 'semver-naming': { use: 'archive-age', severity: 'error' } })).toEqual([
    'rules.semver-naming is a rule itself; an instance of "archive-age" needs a name of its own',
  ]);
  expect(problems({ 'semver-naming': { use: 'semver-naming', severity: 'warning' } })).toEqual([]);
});
