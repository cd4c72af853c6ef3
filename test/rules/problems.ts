import { ruleIndex } from '../../src/policy/rules.gen.js';
import type { Facts, Problem } from '../../src/rule/index.js';
import { runExamples } from '../../src/rule/testing.js';

/** What a rule yields for given facts; of every other fact it sees nothing. */
export function problemsOf(id: string, given: Partial<Facts>, options: Record<string, unknown> = {}): Problem[] {
  const rule = ruleIndex[id]?.rule;
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return runExamples({ ...rule, examples: [{ name: 'given', given, options, problems: [] }] }).flatMap(
    ({ found }) => found,
  );
}
