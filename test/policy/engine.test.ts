import { describe, expect, it } from 'vitest';
import type { RuleSetting, Waiver } from '../../src/layer/declarations.js';
import { type Excuses, excuse, goneNotice } from '../../src/policy/excuse.js';
import { type Finding, sortFindings, toFinding } from '../../src/policy/finding.js';
import type { Policy } from '../../src/policy/policy.js';
import { applyRules } from '../../src/policy/run.js';
import { ruleIds, selectRules } from '../../src/policy/select.js';
import type { Subject } from '../../src/policy/subject.js';
import type { Change } from '../../src/ports.js';
import { nothing } from '../../src/rule/facts.js';
import { defineRule, examplePolicy, noOptions, type Problem, type Rule } from '../../src/rule/index.js';
import { finding } from './finding.js';

const sha256 = (bytes: Uint8Array | string) => `sha256 of ${bytes}`;
const commit = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';

/** Says something of every root text; where it is `loud`, of every hidden path, too. */
const texts = defineRule({
  ...{ id: 'texts', title: 'Texts', why: 'Because.', severity: 'error', stages: ['ci', 'pre-commit'] },
  facts: ['rootTexts', 'hidden'],
  skip: ({ loud }) => (loud ? [] : ['hidden']),
  options: { schema: { loud: { type: 'boolean' } }, defaults: { loud: false } },
  messages: { text: { message: 'says {text}', hint: 'Take out {text}' } },
  examples: [],
  *check({ rootTexts, hidden }) {
    for (const { path, text } of rootTexts) yield { message: 'text', file: path, data: { text } };
    for (const path of hidden) yield { message: 'text', file: path, data: { text: 'hidden' } };
  },
}) as unknown as Rule;
const kind = { ...texts, id: 'kind', kind: ['loud'] } as Rule;
const broken: Rule = {
  ...texts,
  ...{ id: 'broken', options: noOptions },
  check: () => {
    throw new Error('of the rule');
  },
};

const setting = (rest: Partial<RuleSetting> = {}): RuleSetting => ({
  ...{ severity: 'error', use: 'texts', options: { loud: false }, from: [], overrides: [] },
  ...rest,
});
const here = (rules: Record<string, RuleSetting>, kinds: Record<string, Rule> = { texts, kind }): Policy => ({
  ...{ declarations: { ...examplePolicy, rules }, file: 'policy.json', notices: [] },
  kinds: Object.fromEntries(Object.entries(kinds).map(([id, rule]) => [id, { rule, plugin: 'p' }])),
  at: async () => examplePolicy,
});

describe('a finding', () => {
  const problem: Problem = { message: 'text', file: 'a.txt', data: { text: 'x' } };

  it('has the words of its rule, under the name it runs by', () => {
    expect(toFinding(texts, 'mine', 'warning', problem, sha256)).toEqual({
      ...{ rule: 'mine', severity: 'warning', file: 'a.txt', line: null, commit: null, layer: null },
      ...{ message: 'says x', hint: 'Take out x', data: { text: 'x' } },
      fingerprint: 'sha256 of mine\0a.txt\0text\0'.slice(0, 32),
    });
    expect(Object.keys(toFinding(texts, 'mine', 'warning', problem, sha256))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pathBytes|fix|firm)$/)]),
    );
    expect(toFinding({ ...texts, firm: true }, 'mine', 'error', problem, sha256).firm).toBe(true);
    expect(toFinding(texts, 'm', 'error', { ...problem, message: 'other' }, sha256)).toMatchObject({
      message: 'other',
      hint: '',
    });
  });

  it('of a commit says how to take it out of that commit, and offers no fix of the index', () => {
    const fix = { kind: 'untrack' } as const;
    const of = (commit: string | null) =>
      toFinding(texts, 'm', 'error', { ...problem, commit, fix, about: 'x', pathBytes: 'YQ==' }, sha256);
    expect(of(null)).toMatchObject({
      fix,
      hint: 'Take out x',
      pathBytes: 'YQ==',
      fingerprint: 'sha256 of m\0YQ==\0text\0x',
    });
    expect(of(commit)).not.toHaveProperty('fix');
    expect(of(commit).hint).toBe(
      'Take out x (brought by commit 85bbcf0ddc0f; before it is shared, take it out of that commit: git rebase -i 85bbcf0ddc0f~1, or --root for the first commit)',
    );
  });

  it('comes by file, line, rule, message and commit', () => {
    const sorted = [
      finding({ file: 'a', line: null, rule: 'z' }),
      finding({ file: 'a', line: 2, rule: 'a' }),
      finding({ file: 'a', line: 10, rule: 'a', message: 'a' }),
      finding({ file: 'a', line: 10, rule: 'a', message: 'b' }),
      finding({ file: 'a', line: 10, rule: 'a', message: 'b', commit: 'a' }),
      finding({ file: 'a', line: 10, rule: 'a', message: 'b', commit: 'b' }),
      finding({ file: 'a', line: 10, rule: 'b', message: 'a' }),
      finding({ file: 'b', line: 1 }),
    ];
    expect(sortFindings([...sorted].reverse())).toEqual(sorted);
    expect(sortFindings([...sorted])).toEqual(sorted);
  });
});

describe('the rules of a policy', () => {
  const ids = (rules: Record<string, RuleSetting>, only: string[] = [], stage: 'ci' | 'all' = 'ci') =>
    selectRules(here(rules), stage, only).map(({ id }) => id);

  it.each<[string, Record<string, RuleSetting>, string[]]>([
    ['run by themselves', {}, ['texts']],
    ['and by other names', { mine: setting() }, ['texts', 'mine']],
    ['but not where they are off', { texts: setting({ severity: 'off' }) }, []],
    ['nor where they are no rules', { mine: setting({ use: 'none' }) }, ['texts']],
    [
      'a kind only with an aim',
      { a: setting({ use: 'kind' }), b: setting({ use: 'kind', options: { loud: true } }) },
      ['texts', 'b'],
    ],
    [
      'and where some path has them',
      { texts: setting({ severity: 'off', overrides: [{ paths: ['a'], severity: 'error', options: {} }] }) },
      ['texts'],
    ],
  ])('%s', (_, rules, expected) => expect(ids(rules)).toEqual(expected));

  it('run at their stages, and alone where only they are asked for', () => {
    expect(ids({}, [], 'all')).toEqual([]);
    expect(ids({ mine: setting() }, ['mine'])).toEqual(['mine']);
    expect(ruleIds(here({ mine: setting(), texts: setting() }))).toEqual(['texts', 'kind', 'mine']);
  });

  const rootTexts = ['a.txt', 'b.txt', 'c.txt'].map((path) => ({ path, text: path }));
  const facts = { ...nothing, policy: examplePolicy, today: '2026-01-31', rootTexts, hidden: ['a.txt'] };
  const told = (rules: Record<string, RuleSetting>, kinds?: Record<string, Rule>) => {
    const { findings, broken } = applyRules(facts, selectRules(here(rules, kinds), 'ci'), sha256);
    return [
      ...findings.map(({ severity, rule, file, message }) => `${severity} ${rule} ${file} ${message}`),
      ...broken.map(({ rule, error }) => `broken ${rule} ${error}`),
    ];
  };

  it('see no fact that their options leave alone', () => {
    expect(told({}).filter((one) => one.includes('hidden'))).toEqual([]);
    expect(told({ loud: setting({ options: { loud: true } }) })).toContain('error loud a.txt says hidden');
  });

  it('hold for a path as the last entry that fits it says', () => {
    const overrides: RuleSetting['overrides'] = [
      { paths: ['a.txt', 'b.txt'], severity: 'warning', options: { loud: true } },
      { paths: ['b*'], severity: 'off', options: { loud: false } },
    ];
    expect(told({ texts: setting({ overrides }) })).toEqual([
      'error texts c.txt says c.txt',
      'warning texts a.txt says a.txt',
      'warning texts a.txt says hidden',
    ]);
  });

  it('that throw are broken, and the others go on', () => {
    expect(told({}, { broken, texts })).toEqual([
      ...rootTexts.map(({ path }) => `error texts ${path} says ${path}`),
      'broken broken Error: of the rule',
    ]);
  });

  it('say one thing of one place once, whichever commits have it', () => {
    const twice = { ...facts, hidden: [], rootTexts: [...rootTexts, ...rootTexts] };
    expect(applyRules(twice, selectRules(here({}), 'ci'), sha256).findings).toHaveLength(3);
  });
});

describe('excuses', () => {
  const waiver: Waiver = { rule: 'texts', file: '*.txt', reason: 'agreed', until: '2026-01-31' };
  const change = { path: 'policy.json' } as Change;
  const all = async (
    found: Finding[],
    given: Partial<Excuses> & { waivers?: Waiver[] } = {},
    at: Partial<Subject> = {},
  ) => {
    const { waivers = [], ...rest } = given;
    const policy = here({});
    const rules = selectRules(policy, 'ci');
    const subject = { stage: 'ci', whole: false, changes: async () => [], ...at } as Partial<Subject> as Subject;
    return excuse(found, rules, subject, {
      ...{ baseline: [], isOwn: true, only: [], skipped: [], today: '2026-01-31', sha256 },
      policy: { ...policy, declarations: { ...policy.declarations, waivers } },
      ...rest,
    });
  };

  it('a waiver counts to its last day, for its rule and file', async () => {
    const found = [finding(), finding({ file: 'a.md' }), finding({ rule: 'other' }), finding({ file: '*.txt' })];
    const { findings, waived, notices } = await all(found, { waivers: [waiver] });
    expect(findings).toEqual([found[1], found[2]]);
    expect(waived).toEqual(
      [found[0], found[3]].map((one) => ({ ...one, excuse: 'waiver', by: 'agreed', until: '2026-01-31' })),
    );
    expect(notices).toEqual([]);
  });

  it('a waiver that ran out is a finding, but at the hooks of who leaves the policy alone', async () => {
    const late = { waivers: [waiver], today: '2026-02-01' };
    const expired = {
      ...{ rule: 'texts', severity: 'error', file: 'policy.json', line: null, commit: null, layer: null, firm: true },
      message: 'the waiver of texts for *.txt ended on 2026-01-31 ("agreed")',
      hint: 'Repair what it covered and remove the waiver from policy.json, or agree on a new date there',
      ...{ data: { waiver }, fingerprint: `sha256 of waiver\0texts\0*.txt\0${waiver.until}`.slice(0, 32) },
    };
    expect((await all([finding()], late)).findings).toEqual([finding(), expired]);
    expect((await all([], { ...late, isOwn: false })).findings).toEqual([]);
    expect((await all([], { ...late, only: ['other'] })).findings).toEqual([]);
    expect((await all([], { ...late, only: ['texts'] })).findings).toEqual([expired]);
    for (const stage of ['pre-commit', 'pre-push'] as const) {
      expect(await all([], late, { stage })).toMatchObject({
        findings: [],
        notices: ['The waiver of texts for *.txt ended on 2026-01-31. CI and release refuse it.'],
      });
      expect(await all([], late, { stage, changes: async () => [change] })).toMatchObject({
        findings: [expired],
        notices: [],
      });
    }
  });

  it('a skip counts at the hooks, and is told', async () => {
    const skipped = ['texts', 'txets', 'nothing-alike'];
    const at = (stage: Subject['stage'], names = skipped) => all([finding()], { skipped: names }, { stage });
    expect(await at('pre-commit')).toMatchObject({
      findings: [],
      waived: [{ excuse: 'skip', by: 'LAYER_POLICY_SKIP', until: null }],
      notices: [
        "LAYER_POLICY_SKIP: there is no rule 'txets'. Did you mean 'texts'?",
        "LAYER_POLICY_SKIP: there is no rule 'nothing-alike'.",
        'LAYER_POLICY_SKIP: not enforced here: texts. CI and release enforce them.',
      ],
    });
    expect((await at('pre-push', ['texts', 'kind'])).notices).toEqual([
      'LAYER_POLICY_SKIP: not enforced here: texts, kind. CI and release enforce them.',
    ]);
    expect((await at('pre-push', ['nothing-alike'])).notices).toHaveLength(1);
    expect(await at('ci')).toMatchObject({ waived: [], notices: ['LAYER_POLICY_SKIP has no effect at this stage.'] });
  });

  it('the baseline lets each of its entries pass once, and nothing that is firm', async () => {
    const known = { rule: 'texts', file: 'a.txt', fingerprint: 'f' };
    const found = [finding({ firm: true }), finding({ line: 1 }), finding({ line: 2 }), finding({ rule: 'kind' })];
    const { findings, waived } = await all(found, { baseline: [known] });
    expect(findings).toEqual([found[0], found[2], found[3]]);
    expect(waived).toEqual([{ ...found[1], excuse: 'baseline', by: 'baseline', until: null }]);
  });

  it('what is gone is known where all is judged by its own policy, of rules that ran', async () => {
    const baseline = ['texts', 'texts', 'kind'].map((rule) => ({ rule, file: 'a.txt', fingerprint: 'f' }));
    const gone = async (rest: Partial<Excuses>, whole: boolean) =>
      (await all([finding()], { baseline, ...rest }, { whole })).gone;
    expect(await gone({}, true)).toEqual([baseline[0]]);
    expect([...(await gone({}, false)), ...(await gone({ isOwn: false }, true))]).toEqual([]);
    const notice = (entries: string) =>
      `Nothing is left of what ${entries} of .layerpolicy-baseline.json let pass. Run: layer-policy check --update-baseline`;
    expect([0, 1, 2].map((many) => goneNotice(baseline.slice(0, many)))).toEqual([
      [],
      [notice('1 entry')],
      [notice('2 entries')],
    ]);
  });
});
