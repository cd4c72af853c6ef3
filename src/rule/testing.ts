/**
 * `layer-policy/testing`: holds a rule to its own examples. It needs no test framework and works inside any: what is
 * wrong is thrown as an assertion error, with the two values for the framework to compare.
 *
 * ```js
 * import { test } from 'node:test';
 * import { ruleTests } from 'layer-policy/testing';
 * for (const { name, run } of ruleTests(rule)) test(name, run);
 * ```
 */
import { fill } from '../errors.js';
import type { Problem, Rule, ShownRule } from './define.js';
import { examplePolicy } from './examples.js';
import { type FactId, type Facts, nothing } from './facts.js';
import { problemFault, ruleFault } from './fault.js';
import { frozen } from './frozen.js';

export interface ExampleRun {
  /** The example's name. */
  name: string;
  /** Ids of the messages that the example promises. */
  expected: string[];
  /** What the rule yielded, in its order. */
  found: Problem[];
}

export interface RuleTest {
  name: string;
  /** Throws where the rule fails it. */
  run(): void;
}

/** Runs every test of `ruleTests`; throws one error that tells of all that failed. */
export function testRule(rule: ShownRule): void {
  const failures = ruleTests(rule).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch (error) {
      return [{ name, error: error instanceof Error ? error : new Error(String(error)) }];
    }
  });
  const [first] = failures;
  if (first === undefined) return;
  if (failures.length === 1) throw first.error;
  const told = failures.map(({ name, error }) => `${name}\n${error.message.replace(/^/gm, '  ')}`);
  fail(`${rule.id} fails ${failures.length} tests\n\n${told.join('\n\n')}`, told, []);
}

/**
 * The tests that every rule has to pass: each example gives the messages it promises, and no others; there is a clean
 * example and one for each message; messages are filled; nothing is found where nothing is known; the same facts give
 * the same findings. Facts are frozen, as they are where the rule runs.
 */
export function ruleTests(rule: ShownRule): RuleTest[] {
  const fault = ruleFault(rule);
  if (fault !== null) return [{ name: 'is a rule', run: () => fail(`${rule?.id ?? 'This'} ${fault}`, fault, null) }];
  return [
    ...rule.examples.map((example) => ({ name: example.name, run: () => testExample(rule, example) })),
    { name: 'shows a clean example, and one for each message', run: () => testExamples(rule) },
    { name: 'fills its messages', run: () => testMessages(rule) },
    { name: 'finds nothing where nothing is known', run: () => testNothing(rule) },
    { name: 'finds the same in the same facts', run: () => testTwice(rule) },
  ];
}

/** What the rule says to each of its examples, unjudged. Throws what the rule throws. */
export function runExamples(rule: ShownRule): ExampleRun[] {
  return rule.examples.map((example) => ({
    name: example.name,
    expected: [...example.problems],
    found: runOn(rule, example.given, example.options),
  }));
}

type Example = ShownRule['examples'][number];

function testExample(rule: Rule, { name, given, options, problems }: Example): void {
  const strange = Object.keys(given).find((fact) => !rule.facts.includes(fact as FactId));
  if (strange !== undefined)
    fail(`"${name}" gives the fact ${strange}, which the rule does not ask for`, strange, rule.facts);
  const found = runOn(rule, given, options);
  for (const problem of found) {
    const fault = problemFault(rule, problem);
    if (fault !== null) fail(`"${name}": the rule ${fault}`, problem, null);
  }
  const ids = found.map(({ message }) => message);
  if (ids.join() === problems.join()) return;
  const shown = found.map((problem) => `+ ${problem.message}  ${problem.file}: ${said(rule, problem).message}`);
  const told = [`- ${problems.join(', ') || 'nothing'}`, ...(shown.length === 0 ? ['+ nothing'] : shown)];
  fail(`"${name}": expected (-) and found (+)\n${told.join('\n')}`, ids, [...problems]);
}

function testExamples({ examples, messages }: ShownRule): void {
  if (!examples.some(({ problems }) => problems.length === 0))
    fail('No example is clean', [], ['an example without problems']);
  const shown = new Set(examples.flatMap(({ problems }) => problems));
  const declared = Object.keys(messages);
  const missing = declared.filter((id) => !shown.has(id));
  if (missing.length > 0) fail(`No example shows ${missing.join(', ')}`, [...shown], declared);
}

function testMessages(rule: ShownRule): void {
  for (const problem of rule.examples.flatMap(({ given, options }) => runOn(rule, given, options))) {
    const empty = Object.values(problem.data).find((value) =>
      /^(undefined|null|NaN|\[object \w+\])$/.test(String(value)),
    );
    if (empty !== undefined)
      fail(`${problem.message} says: ${said(rule, problem).message}`, empty, 'a text or a number');
  }
}

function testNothing(rule: Rule): void {
  const found = runOn(rule, {}, {});
  if (found.length > 0) fail('It finds something where no fact is known', found, []);
}

function testTwice(rule: ShownRule): void {
  for (const { name, given, options } of rule.examples) {
    const [once, again] = [runOn(rule, given, options), runOn(rule, given, options)];
    if (JSON.stringify(once) !== JSON.stringify(again))
      fail(`"${name}" gives something else the second time`, again, once);
  }
}

/** As the engine does it: the facts the rule asks for with these options, and nothing of every other. */
function runOn(rule: Rule, given: Partial<Facts>, options: Record<string, unknown> = {}): Problem[] {
  const set = frozen({ ...rule.options.defaults, ...options });
  const skipped = rule.skip?.(set) ?? [];
  const none: Partial<Facts> = { ...nothing, policy: examplePolicy, today: '2026-01-31' };
  const known: Partial<Facts> = { ...none, ...given };
  const facts = rule.facts.map((id) => [id, frozen((skipped.includes(id) ? none : known)[id])]);
  return [...rule.check(Object.fromEntries(facts) as Facts, set)];
}

function said({ messages }: Rule, { message, data }: Problem): { message: string; hint: string } {
  const { message: text = '', hint = '' } = messages[message] ?? {};
  return { message: fill(text, data), hint: fill(hint, data) };
}

function fail(message: string, actual: unknown, expected: unknown): never {
  throw assertion(message, actual, expected);
}

/** What `node:assert` throws, by its fields: test frameworks know it by these. */
function assertion(message: string, actual: unknown, expected: unknown): Error {
  const fields = {
    name: 'AssertionError',
    code: 'ERR_ASSERTION',
    operator: 'deepStrictEqual',
    generatedMessage: false,
  };
  const error = Object.assign(new Error(message), { ...fields, actual, expected });
  // Under its name, and without the way through this file.
  Error.captureStackTrace(error, fail);
  return error;
}
