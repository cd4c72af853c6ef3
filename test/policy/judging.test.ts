import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Waiver } from '../../src/layer/declarations.js';
import { fitsSchema } from '../../src/layer/fits-schema.js';
import { tally } from '../../src/policy/baseline.js';
import { type JudgeOptions, judge, type Side } from '../../src/policy/judge.js';
import { judgeBoth } from '../../src/policy/judge-both.js';
import { optionsSchema } from '../../src/policy/options.js';
import { type Policy, ruleFiles } from '../../src/policy/policy.js';
import { whole } from '../../src/policy/range/whole.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import { applyWaivers } from '../../src/policy/waive.js';
import { defineRule, examplePolicy, noOptions, type Rule } from '../../src/rule/index.js';
import { type MemoryRepo, memoryRepo } from '../kit/memory-repo.js';
import { finding } from './finding.js';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Forbids every text in the root. */
const texts = (id: string, severity: 'error' | 'warning' = 'error') =>
  defineRule({
    ...{ id, title: `Title of ${id}`, why: 'Because.', severity, stages: ['all'], facts: ['rootTexts'] },
    ...{ options: noOptions, messages: { text: { message: `${id} says {text}`, hint: 'h' } }, examples: [] },
    *check({ rootTexts }) {
      for (const { path, text } of rootTexts) yield { message: 'text', file: path, data: { text } };
    },
  }) as unknown as Rule;
const broken: Rule = {
  ...texts('broken'),
  check() {
    throw new Error('of the rule');
  },
};

const policy = (rules: Rule[], waivers: Waiver[] = []): Policy => ({
  ...{ declarations: { ...examplePolicy, waivers }, file: 'policy.json', notices: [], at: async () => examplePolicy },
  kinds: Object.fromEntries(rules.map((rule) => [rule.id, { rule, plugin: 'p' }])),
});
const options: JudgeOptions = {
  ...{ today: '2026-02-01', only: [], skipped: [], paths: [], maxWarnings: null, ignoreBaseline: false },
};
const waiver = (rule: string, file: string, until = '2026-12-31'): Waiver => ({ rule, file, reason: 'agreed', until });

const judged = (story: MemoryRepo, own: Policy, more: Partial<JudgeOptions> = {}, side?: Side) =>
  judge(story.git, whole(story.git, story.head()), own, { ...options, ...more }, sha256, side);
const begun = () => memoryRepo().commit({ 'a.txt': 'a', 'b.txt': 'b' });

describe('a tree that is judged', () => {
  it('has the findings of all rules of its stage, and their titles and reasons', async () => {
    const verdict = await judged(begun(), policy([texts('x'), texts('y', 'warning')], [waiver('y', '*')]));
    expect(verdict).toMatchObject({ ok: false, counts: { error: 2, warning: 0 }, ran: 2, broken: [] });
    expect(verdict.findings.map(({ message }) => message)).toEqual(['x says a', 'x says b']);
    expect(verdict.waived.map(({ message }) => message)).toEqual(['y says a', 'y says b']);
    expect(verdict.rules).toEqual({
      x: { title: 'Title of x', why: 'Because.' },
      y: { title: 'Title of y', why: 'Because.' },
    });
  });

  it('may be narrowed to some paths, in what is found and in what is waived', async () => {
    const verdict = await judged(begun(), policy([texts('x'), texts('y')], [waiver('y', '*')]), { paths: ['b.txt'] });
    expect([...verdict.findings, ...verdict.waived].map(({ message }) => message)).toEqual(['x says b', 'y says b']);
    expect(verdict.counts).toEqual({ error: 1, warning: 0 });
  });

  it('is not in order where a rule fails', async () => {
    const verdict = await judged(begun(), policy([broken]));
    expect(verdict).toMatchObject({ ok: false, findings: [], broken: [{ rule: 'broken' }] });
  });

  it('has the title of no rule that there is not, though a waiver of it ran out', async () => {
    const { findings, rules } = await judged(begun(), policy([], [waiver('gone', '*', '2026-01-01')]));
    expect([findings.map(({ rule }) => rule), rules]).toEqual([['gone'], {}]);
  });

  it('by the policy of another answers for no waiver that ran out there', async () => {
    const story = begun();
    const late = policy([texts('x')], [waiver('x', '*', '2026-01-01')]);
    const tree = story.git.tree(story.head());
    expect((await judged(story, late, {}, { takes: () => true, tree })).findings).toHaveLength(2);
    expect((await judged(story, late)).findings).toHaveLength(3);
  });

  it('by the policy of another is held against the baseline there, where something is found', async () => {
    const story = begun().commit({ '.layerpolicy-baseline.json': '{' });
    const tree = story.git.tree(story.head());
    story.commit({ '.layerpolicy-baseline.json': null });
    const side = { takes: () => true, tree };
    await expect(judged(story, policy([texts('x')]), {}, side)).rejects.toMatchObject({
      code: 'config-invalid',
      hint: expect.stringContaining('Write it anew: layer-policy check --update-baseline'),
    });
    expect(await judged(story, policy([]), {}, side)).toMatchObject({ ok: true });
    expect(await judged(story, policy([texts('x')]), { ignoreBaseline: true }, side)).toMatchObject({ ok: false });
  });
});

describe('two policies', () => {
  const both = async (own: Policy, base: Policy) => {
    const story = begun();
    const demands = { own, base: { commit: story.head(), policy: base }, before: null };
    return judgeBoth(story.git, whole(story.git, story.head()), demands, options, sha256);
  };

  it('answer together, each with its rules and their reasons', async () => {
    const verdict = await both(policy([texts('x')]), policy([texts('x'), texts('y')]));
    expect(verdict.findings.map(({ message }) => message.replace(/[0-9a-f]{7}\)$/, '…)'))).toEqual([
      ...['x says a', 'y says a (by the policy of the base, …)', 'x says b', 'y says b (by the policy of the base, …)'],
    ]);
    expect(Object.keys(verdict.rules).sort()).toEqual(['x', 'y']);
    // A rule that both have is one rule.
    expect(verdict.ran).toBe(1);
  });

  it('are not in order where a rule of either fails', async () => {
    for (const [own, base] of [
      [[broken], []],
      [[], [broken]],
    ] as const)
      expect(await both(policy([...own]), policy([...base]))).toMatchObject({
        ok: false,
        broken: [{ rule: 'broken' }],
      });
    expect(await both(policy([]), policy([]))).toMatchObject({ ok: true, broken: [], ran: 0 });
  });
});

it('the options of a rule are an object of those it knows, and of nothing else', () => {
  const rule = { options: { schema: { loud: { type: 'boolean' } }, defaults: { loud: false } } } as unknown as Rule;
  const schema = optionsSchema(rule);
  const fits = [{}, { loud: true }, { loud: 1 }, { quiet: true }, [], 'loud'].map((one) => fitsSchema(schema, one));
  expect(fits).toEqual([true, true, false, false, false, false]);
});

it('the files of rules are those of plugins that lie in the repository', () => {
  const rule = texts('x');
  const kinds = { ...ruleIndex, 'a/x': { rule, plugin: './policy/x.mjs' }, 'b/x': { rule, plugin: 'b' } };
  expect(ruleFiles({ kinds })).toEqual(['policy/x.mjs']);
});

it('an entry of the baseline stands for its own file and rule', () => {
  const known = { file: 'a', rule: 'bc', fingerprint: 'd' };
  for (const other of [
    { ...known, file: 'ab', rule: 'c' },
    { ...known, rule: 'b', fingerprint: 'cd' },
  ])
    expect(tally([known]).take(other)).toBe(false);
  expect(tally([known]).take({ ...known })).toBe(true);
});

it('a waiver may name its file as it is, though it looks like a pattern', () => {
  const found = [finding({ file: 'a[1].txt' }), finding({ file: 'a1.txt' }), finding({ file: 'a2.txt' })];
  const { findings } = applyWaivers(found, [waiver('texts', 'a[1].txt')], '2026-02-01');
  expect(findings.map(({ file }) => file)).toEqual(['a2.txt']);
});
