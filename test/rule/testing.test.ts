import { describe, expect, it } from 'vitest';
import { defineRule, judged, type Rule } from '../../src/rule/index.js';
import { ruleTests, runExamples, testRule } from '../../src/rule/testing.js';

const good = defineRule({
  id: 'acme/no-notes',
  title: 'Notes stay at home',
  why: 'A note is for whoever wrote it.',
  severity: 'error',
  stages: ['all'],
  facts: ['paths', 'rootTexts'],
  skip: ({ texts }) => (texts ? [] : ['rootTexts']),
  options: { schema: { texts: { type: 'boolean', description: 'look inside' } }, defaults: { texts: false } },
  messages: {
    note: { message: 'a note called {name}', hint: 'Remove it: git rm -- {name}' },
    text: { message: 'a note in {name}', hint: 'Take it out' },
  },
  examples: [
    { name: 'none', given: { paths: judged('a.md') }, problems: [] },
    { name: 'one', given: { paths: judged('a.note') }, problems: ['note'] },
    {
      name: 'texts',
      given: { rootTexts: [{ path: 'b', text: 'NOTE' }] },
      options: { texts: true },
      problems: ['text'],
    },
    { name: 'texts are let be', given: { rootTexts: [{ path: 'b', text: 'NOTE' }] }, problems: [] },
  ],
  *check({ paths, rootTexts }) {
    for (const { path } of paths)
      if (path.endsWith('.note')) yield { message: 'note', file: path, data: { name: path } };
    for (const { path } of rootTexts) yield { message: 'text', file: path, data: { name: path } };
  },
});

/** The same rule with something wrong, as a rule in plain JavaScript may be. */
const but = (wrong: object): Rule => ({ ...(good as unknown as Rule), ...wrong }) as Rule;

function thrown(rule: Rule): Error & { actual?: unknown; expected?: unknown; code?: string } {
  try {
    testRule(rule);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}

it('a good rule passes', () => {
  expect(() => testRule(good)).not.toThrow();
  expect(ruleTests(good).map(({ name }) => name)).toContain('texts are let be');
  expect(runExamples(good).map(({ name, expected, found }) => [name, expected, found.length])).toEqual([
    ['none', [], 0],
    ['one', ['note'], 1],
    ['texts', ['text'], 1],
    ['texts are let be', [], 0],
  ]);
});

it('what was expected and what was found is shown, to people and to the framework', () => {
  const error = thrown(
    but({ examples: [...good.examples, { name: 'two', given: { paths: judged('a.note') }, problems: [] }] }),
  );
  expect(error).toMatchObject({ name: 'AssertionError', code: 'ERR_ASSERTION', actual: ['note'], expected: [] });
  expect(error.message).toBe('"two": expected (-) and found (+)\n- nothing\n+ note  a.note: a note called a.note');
});

describe('a rule fails', () => {
  const [, note] = good.examples;
  /** A rule's check that looks at each path. */
  const each = (see: (path: string) => unknown) => ({
    *check({ paths }: { paths: { path: string }[] }) {
      for (const { path } of paths) yield see(path);
    },
  });
  const named = (name: string) => each((file) => ({ message: 'note', file, data: { name } }));

  it.each<[string, object]>([
    ['acme/no-notes names "path" among its facts', { facts: ['path'] }],
    ['acme/no-notes names something else than its options as its kind', { kind: ['suffixes'] as never }],
    ['"one" gives the fact paths, which the rule does not ask for', { facts: ['rootTexts'] }],
    ['No example is clean', { examples: [note] }],
    ['No example shows text', { examples: good.examples.filter(({ name }) => name !== 'texts') }],
    ['note says: a note called undefined', named('undefined')],
    [
      'the rule yielded note without data.nam',
      { messages: { ...good.messages, note: { message: '{nam}', hint: 'x' } } },
    ],
    [
      'It finds something where no fact is known',
      { check: () => [{ message: 'note', file: 'x', data: { name: 'x' } }] },
    ],
    [
      'Cannot assign to read only property',
      { check: ({ paths }: { paths: object }) => Object.assign(paths, { endingIn: null }) },
    ],

    ['yielded note without a file', each(() => ({ message: 'note', data: { name: 'x' } }))],
    [
      'yielded note with a fix that there is not',
      each((file) => ({ message: 'note', file, fix: { kind: 'rm' }, data: {} })),
    ],
    [
      'yielded note with a fix that there is not',
      each((file) => ({ message: 'note', file, fix: { kind: 'append', lines: ['a\nb'] }, data: { name: 'x' } })),
    ],
    ['yielded note without data', each((file) => ({ message: 'note', file }))],
    [
      'at work',
      {
        check: () => {
          throw new Error('at work');
        },
      },
    ],
  ])('%s', (problem, wrong) => {
    expect(thrown(but(wrong)).message).toContain(problem);
  });

  it('that is none, or gives something else each time', () => {
    expect(thrown(null as never).message).toContain('is no rule');
    let times = 0;
    const rule = but(each((file) => ({ message: 'note', file, data: { name: `${times++}` } })));
    expect(thrown(rule).message).toContain('gives something else the second time');
  });
});

it('tells of all that is wrong at once', () => {
  const error = thrown(but({ examples: [{ ...good.examples[1], problems: [] }, ...good.examples.slice(2)] }));
  expect(error.message.split('\n\n')).toEqual([
    'acme/no-notes fails 2 tests',
    'one\n  "one": expected (-) and found (+)\n  - nothing\n  + note  a.note: a note called a.note',
    'shows a clean example, and one for each message\n  No example shows note',
  ]);
});
