import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fill } from '../../src/errors.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import type { Rule } from '../../src/rule/define.js';
import { type Facts, nothing } from '../../src/rule/facts.js';
import { examplePolicy } from '../../src/rule/index.js';

/** What an example gives, and nothing of every other fact. */
function factsOf(given: Partial<Facts>): Facts {
  return { ...nothing, policy: examplePolicy, today: '2026-01-31', ...given };
}

function run(rule: Rule, example: Rule['examples'][number]) {
  const options = { ...rule.options.defaults, ...example.options };
  return [...rule.check(factsOf(example.given), options)];
}

const rules = Object.entries(ruleIndex).map(([id, { rule }]) => ({ id, rule }));

it('every file of rules/ is a rule of that name', () => {
  const files = readdirSync('rules').map((file) => file.replace(/\.ts$/, ''));
  expect(rules.map(({ id }) => id).sort()).toEqual(files.sort());
  for (const { id, rule } of rules) expect(rule.id).toBe(id);
});

describe.each(rules)('$id', ({ id, rule }) => {
  it.each(rule.examples.map((example) => ({ ...example, example })))('$name', ({ example }) => {
    expect(run(rule, example).map(({ message }) => message)).toEqual(example.problems);
  });

  it('shows a clean example, and one for each message', () => {
    const shown = rule.examples.flatMap(({ problems }) => problems);
    expect(rule.examples.some(({ problems }) => problems.length === 0)).toBe(true);
    expect([...new Set(shown)].sort()).toEqual(Object.keys(rule.messages).sort());
  });

  it('fills every field of its messages and says what to do', () => {
    for (const problem of rule.examples.flatMap((example) => run(rule, example))) {
      const { message, hint } = rule.messages[problem.message] ?? { message: '', hint: '' };
      expect(fill(message, problem.data)).not.toMatch(/\{\w+\}|undefined|null/);
      expect(fill(hint, problem.data)).not.toMatch(/undefined|null/);
      expect(hint).not.toBe('');
      expect(problem.file).not.toMatch(/^\/|\/$/);
    }
  });

  it('finds nothing where nothing is known', () => {
    expect([...rule.check(factsOf({}), rule.options.defaults)]).toEqual([]);
  });

  it('gives the same findings for the same facts', () => {
    for (const example of rule.examples) expect(run(rule, example)).toEqual(run(rule, example));
  });

  it('has its page, its reason and its stages', () => {
    expect(existsSync(`docs/rules/${id}.md`)).toBe(true);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.stages.length).toBeGreaterThan(0);
  });
});
