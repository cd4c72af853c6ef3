import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examplesOf } from '../../src/policy/examples.gen.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import { ruleTests, runExamples } from '../../src/rule/testing.js';

const rules = Object.entries(ruleIndex).map(([id, { rule }]) => ({
  id,
  rule: { ...rule, examples: examplesOf[id] ?? [] },
}));

it('every file of rules/ is a rule of that name, or its examples', () => {
  const files = rules.flatMap(({ id }) => [`${id}.ts`, `${id}.examples.ts`]);
  expect(files.sort()).toEqual(readdirSync('rules').sort());
  for (const { id, rule } of rules) expect(rule.id).toBe(id);
});

describe.each(rules)('$id', ({ id, rule }) => {
  for (const { name, run } of ruleTests(rule)) it(name, run);

  it('gives fixes where it says that there may be some, and shows one for each', () => {
    const fixed = runExamples(rule).flatMap(({ found }) => found.filter(({ fix }) => fix !== undefined));
    const fixable = Object.entries(rule.messages).flatMap(([name, { fixable: may }]) => (may ? [name] : []));
    expect([...new Set(fixed.map(({ message }) => message))].sort()).toEqual(fixable.sort());
  });

  it('has its page, and its reason is a sentence', () => {
    expect(existsSync(`docs/rules/${id}.md`)).toBe(true);
    expect(rule.why).toMatch(/\.$/);
  });
});
