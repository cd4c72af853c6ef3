import { describe, expect, it } from 'vitest';
import { sayBreaches } from '../../src/config/breach.js';
import { resolveRules } from '../../src/config/rules.js';
import type { WrittenRules } from '../../src/config/written.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';

type Rules = Record<string, unknown>;

async function resolve(rules: Rules, { presets = {}, ...more }: Partial<WrittenRules> & { presets?: Rules } = {}) {
  const layers = [
    { from: 'strict', rules: presets },
    { from: 'policy', rules },
  ];
  const { settings, breaches } = await resolveRules(
    { layers, overrides: [], waivers: [], ...more },
    ruleIndex,
    () => false,
  );
  return { settings, said: sayBreaches(breaches, () => null) };
}

const said = async (...given: Parameters<typeof resolve>) => (await resolve(...given)).said;

it('a typo in an instance of a rule kind is refused, not passed over', async () => {
  expect(await said({ 'no-notes': { use: 'no-root-arn', severity: 'error', option: { contents: true } } })).toBe(
    'rules.no-notes has an unknown key "option"; did you mean "options"?',
  );
});

it('no rule runs under the name of another', async () => {
  expect(await said({ 'semver-naming': { use: 'archive-age', severity: 'error' } })).toBe(
    'rules.semver-naming is a rule itself; an instance of "archive-age" needs a name of its own',
  );
  expect(await said({ 'semver-naming': { use: 'semver-naming', severity: 'warning' } })).toBe('');
});

it.each([
  [{ 'no-root-arm': 'error' }, 'rules.no-root-arm names "no-root-arm", which is no rule; did you mean "no-root-arn"?'],
  [
    { mine: { use: 'archive-agee' } },
    'rules.mine.use names "archive-agee", which is no rule; did you mean "archive-age"?',
  ],
  [{ 'archive-age': 'eror' }, 'did you mean "error"?'],
  [
    { 'archive-age': ['error', { day: 3 }] },
    'rules.archive-age options has an unknown key "day"; did you mean "days"?',
  ],
  [{ 'archive-age': ['error', { days: '3' }] }, 'rules.archive-age options.days must be integer'],
  [{ 'archive-age': ['error', []] }, 'must have an object of options'],
  [
    { 'archive-age': ['error'] },
    'must be "off", "warning" or "error", [severity, options], or { use, severity, options }',
  ],
  [{ 'archive-age': 2 }, 'must be "off"'],
  [{ 'archive-age': null }, 'must be "off"'],
  [{ 'Archive-Age': 'off' }, 'did you mean "archive-age"?'],
  [{ 'My Notes': { use: 'archive-age' } }, 'no name for an instance'],
  [{ 'acme/notes': { use: 'archive-age' } }, 'no name for an instance'],
  [{ 'acme/notes': 'error' }, 'names "acme/notes", a rule that no plugin here brings'],
])('%j is refused: %s', async (rules, problem) => {
  expect(await said(rules)).toContain(problem);
});

describe('layers', () => {
  it('what the policy says wins, each option by itself, and it is known who said it', async () => {
    const presets = { 'no-root-arn': ['error', { contents: true }], 'archive-age': ['error', { days: 30 }] };
    const { settings } = await resolve(
      { 'no-root-arn': 'warning', 'archive-age': ['warning', { days: 60 }] },
      { presets },
    );
    expect(settings).toMatchObject({
      'no-root-arn': { severity: 'warning', options: { contents: true }, from: ['strict', 'policy'] },
      'archive-age': { severity: 'warning', options: { days: 60 }, from: ['strict', 'policy'] },
    });
    expect(Object.keys(settings)).toEqual(['no-root-arn', 'archive-age']);
  });

  it('an object without a severity leaves it as it was', async () => {
    const { settings } = await resolve(
      { 'archive-age': { options: { days: 7 } } },
      { presets: { 'archive-age': 'warning' } },
    );
    expect(settings['archive-age']).toMatchObject({ severity: 'warning', options: { days: 7 } });
  });

  it('an instance of another rule starts from that rule again', async () => {
    const presets = { mine: { use: 'no-root-arn', severity: 'warning', options: { contents: true } } };
    const { settings } = await resolve({ mine: { use: 'archive-age' } }, { presets });
    expect(settings.mine).toMatchObject({
      use: 'archive-age',
      severity: 'error',
      options: { days: 90 },
      from: ['policy'],
    });
  });

  it('what is wrong in a preset is told of the preset', async () => {
    expect(await said({}, { presets: { 'archive-age': ['error', { day: 3 }] } })).toBe(
      'preset "strict": rules.archive-age options has an unknown key "day"; did you mean "days"?',
    );
  });

  it('names that objects are born with are no rules', async () => {
    for (const id of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const rules = JSON.parse(`{"${id}": "error"}`);
      expect(await said(rules)).toContain('which is no rule');
      expect(await said({}, { waivers: [{ rule: id, file: 'x', reason: 'x', until: '2026-01-01' }] })).toContain(
        'no rule',
      );
      expect(await said({}, { overrides: [{ paths: ['x'], rules }] })).toContain('which is no rule');
      expect(await said({ x: { use: id } })).toContain('which is no rule');
    }
    expect(({} as Rules).severity).toBeUndefined();
  });
});

describe('overrides', () => {
  const overrides = (rules: Rules, ...paths: string[]) => ({ overrides: [{ paths, rules }] });

  it('stand on what holds elsewhere, option by option', async () => {
    const { settings } = await resolve(
      { 'archive-age': ['warning', { days: 30 }] },
      overrides({ 'archive-age': 'off', 'no-root-arn': ['warning', { contents: true }] }, 'legacy/{a,b}/**'),
    );
    const paths = ['legacy/{a,b}/**'];
    expect(settings).toMatchObject({
      'archive-age': { overrides: [{ paths, severity: 'off', options: { days: 30 } }] },
      'no-root-arn': {
        severity: 'error',
        from: [],
        overrides: [{ paths, severity: 'warning', options: { contents: true } }],
      },
    });
  });

  it.each([
    [{ 'archive-agee': 'off' }, 'overrides.0.rules.archive-agee names "archive-agee", which is no rule; did you mean'],
    [{ 'archive-age': ['error', { day: 1 }] }, 'overrides.0.rules.archive-age options has an unknown key "day"'],
    [{ mine: { use: 'archive-age', severity: 'off' } }, 'makes an instance; only "rules" can'],
  ])('%j is refused: %s', async (rules, problem) => {
    expect(await said({}, overrides(rules, 'x'))).toContain(problem);
  });

  it('may name an instance', async () => {
    const { settings, said } = await resolve({ mine: { use: 'archive-age' } }, overrides({ mine: 'off' }, 'x'));
    expect([said, settings.mine?.overrides[0]?.severity]).toEqual(['', 'off']);
  });
});
