import { describe, expect, it } from 'vitest';
import type { Declarations, Environment, RuleSetting } from '../../../src/layer/declarations.js';
import { weaker } from '../../../src/policy/weaker/declarations.js';
import { examplePolicy } from '../../../src/rule/index.js';

/** The example's policy after a change of it. */
function changed(change: (policy: Declarations) => void, from = examplePolicy): Declarations {
  const policy = structuredClone(from);
  change(policy);
  return policy;
}

const told = (base: Declarations, head: Declarations) =>
  weaker(base, head).map(({ kind, what, was, is }) => `${what}: ${was} → ${is}${kind === 'unclear' ? ' ?' : ''}`);

const setting = (severity: RuleSetting['severity'], more: Partial<RuleSetting> = {}): RuleSetting => ({
  ...{ severity, use: 'archive-age', options: { days: 90 }, from: [], overrides: [] },
  ...more,
});

const strict = changed((policy) => {
  policy.requires = '>=1.2.0';
  policy.versioned = { CANONICAL_VERSION: ['canonical/**', 'schemas/**'] };
  policy.environments.stage = { ...policy.environments.stage, promoteFrom: 'dev' } as never;
  policy.functions.tried = { ...policy.functions.ingest, name: 'tried', alias: 'live' } as never;
  policy.waivers = [{ rule: 'no-root-arn', file: 'docs/**', reason: 'x', until: '2026-06-30' }];
  policy.extends = ['recommended', 'strict'];
  policy.plugins = ['./policy/rules.mjs'];
  policy.pluginRules = { 'acme/no-notebooks': ['error'] };
  policy.rules = {
    'archive-age': setting('error'),
    'no-stray-zips': setting('error', { use: 'no-stray-zips', options: { allow: ['tests/**'] } }),
    'version-bump': setting('error', { use: 'version-bump', options: { per: 'base' } }),
    'short-archive': setting('warning', { options: { days: 30 } }),
  };
});

/** What was `dev` is `dev/eu` of two. */
function severalTargets(policy: Declarations, more: Partial<Environment> = {}): void {
  const { dev, ...rest } = policy.environments;
  if (dev === undefined) throw new Error('the example has it');
  const eu = { ...dev, name: 'dev/eu', ...more };
  const us = { ...dev, name: 'dev/us', region: 'us-east-1' };
  policy.environments = { 'dev/us': us, 'dev/eu': eu, ...rest };
}

const sized = (options: object, severity: RuleSetting['severity'] = 'error') =>
  setting(severity, { use: 'file-size', options: { maxKiB: 100, paths: [], except: [], history: true, ...options } });

describe('an instance of a kind', () => {
  const instance = (rule: RuleSetting) => changed((p) => (p.rules['no-giants'] = rule));

  it.each<[string, RuleSetting, RuleSetting, string[]]>([
    ['a lower limit', sized({}), sized({ maxKiB: 99 }), []],
    ['a higher one', sized({}), sized({ maxKiB: 101 }), ['rules.no-giants.options.maxKiB: 100 → 101']],
    ['none at all', sized({}), sized({ maxKiB: 0 }), ['rules.no-giants: with an aim → without one']],
    ['one where there was none', sized({ maxKiB: 0 }), sized({ maxKiB: 1 }), []],
    ['fewer files', sized({}), sized({ paths: ['a/**'] }), ['rules.no-giants.options.paths: [] → ["a/**"] ?']],
    ['more exceptions', sized({}), sized({ except: ['a'] }), ['rules.no-giants.options.except: [] → ["a"]']],
    ['not in history', sized({}), sized({ history: false }), ['rules.no-giants.options.history: true → false']],
  ])('with %s', (_, was, is, expected) => {
    expect(told(instance(was), instance(is))).toEqual(expected);
  });
});

describe('nothing is weaker', () => {
  it.each<[string, (policy: Declarations) => void]>([
    ['that is the same', () => {}],
    [
      'where more is said of what was declared',
      (p) => Object.assign(p.environments.dev ?? {}, { promoteFrom: 'stage' }),
    ],
    ['where more is declared', (p) => (p.layers.second = { ...p.layers['inbox-core'], name: 'second' } as never)],
    ['where a limit falls', (p) => Object.assign(p.layers['inbox-core'] ?? {}, { maxZipMB: 5 })],
    ['in what demands nothing', (p) => Object.assign(p.layers['inbox-core'] ?? {}, { runtimes: ['python3.13'] })],
    ['where a function uses another layer', (p) => Object.assign(p.functions.ingest ?? {}, { layers: [] })],
    ['where a function gets an alias', (p) => Object.assign(p.functions.ingest ?? {}, { alias: 'live' })],
    ['where severities rise', (p) => (p.rules['short-archive'] = setting('error', { options: { days: 30 } }))],
    ['where options get stricter', (p) => (p.rules['archive-age'] = setting('error', { options: { days: 9 } }))],
    [
      'where fewer may stay',
      (p) => (p.rules['no-stray-zips'] = setting('error', { use: 'no-stray-zips', options: { allow: [] } })),
    ],
    [
      'where a rule is said to be what it is by itself',
      (p) => (p.rules['no-root-arn'] = setting('error', { use: 'no-root-arn', options: { contents: false } })),
    ],
    ['where a newer tool is asked for', (p) => (p.requires = '^1.3.0')],
    ['where a waiver goes', (p) => (p.waivers = [])],
    ['where a waiver ends earlier', (p) => Object.assign(p.waivers[0] ?? {}, { until: '2026-01-01', reason: 'y' })],
    ['where a waiver covers one file of many', (p) => Object.assign(p.waivers[0] ?? {}, { file: 'docs/a.txt' })],
    ['where presets come', (p) => p.extends.push('acme')],
    ['where plugins come', (p) => p.plugins.push('acme')],
    [
      'where an override is as strict',
      (p) => p.rules['archive-age']?.overrides.push({ paths: ['a/**'], severity: 'error', options: { days: 1 } }),
    ],
  ])('%s', (_, change) => {
    expect(told(strict, changed(change, strict))).toEqual([]);
  });
});

describe('it is weaker', () => {
  it.each<[string, (policy: Declarations) => void, string[]]>([
    ['a rule off', (p) => (p.rules['archive-age'] = setting('off')), ['rules.archive-age: error → off']],
    [
      'a default off',
      (p) => (p.rules['safe-paths'] = setting('warning', { use: 'safe-paths', options: {} })),
      ['rules.safe-paths: error → warning'],
    ],
    [
      'an alias that nobody moves any more',
      (p) => Object.assign(p.functions.tried ?? {}, { alias: undefined }),
      ['functions.tried.alias: live → nothing'],
    ],
    ['an instance gone', (p) => delete p.rules['short-archive'], ['rules.short-archive: warning → nothing']],
    [
      'an instance of another kind',
      (p) => (p.rules['short-archive'] = setting('error', { use: 'no-root-arn', options: { contents: false } })),
      ['rules.short-archive.use: archive-age → no-root-arn'],
    ],
    [
      'options',
      (p) => (p.rules['archive-age'] = setting('error', { options: { days: 91 } })),
      ['rules.archive-age.options.days: 90 → 91'],
    ],
    [
      'what may stay',
      (p) =>
        (p.rules['no-stray-zips'] = setting('error', { use: 'no-stray-zips', options: { allow: ['tests/**', '**'] } })),
      ['rules.no-stray-zips.options.allow: ["tests/**"] → ["tests/**","**"]'],
    ],
    [
      'an option without direction',
      (p) => (p.rules['version-bump'] = setting('error', { use: 'version-bump', options: { per: 'commit' } })),
      ['rules.version-bump.options.per: base → commit ?'],
    ],
    [
      'an override',
      (p) => p.rules['archive-age']?.overrides.push({ paths: ['a/**', 'b'], severity: 'off', options: { days: 90 } }),
      ['rules.archive-age.overrides: a/**, b: error → off'],
    ],
    [
      'an override of options',
      (p) => p.rules['archive-age']?.overrides.push({ paths: ['a'], severity: 'error', options: { days: 900 } }),
      ['rules.archive-age.overrides: a.days: 90 → 900'],
    ],
    [
      'a plugin’s rule',
      (p) => (p.pluginRules['acme/no-notebooks'] = ['warning']),
      ['pluginRules.acme/no-notebooks: ["error"] → ["warning"] ?'],
    ],
    [
      'a plugin’s rule nobody spoke of',
      (p) => (p.pluginRules['acme/other'] = ['off']),
      ['pluginRules.acme/other: nothing → ["off"] ?'],
    ],
    ['a preset gone', (p) => p.extends.pop(), ['extends: ["recommended","strict"] → ["recommended"]']],
    ['a plugin gone', (p) => (p.plugins = []), ['plugins: ["./policy/rules.mjs"] → []']],
    [
      'a waiver more',
      (p) => p.waivers.push({ rule: 'safe-paths', file: 'a', reason: 'x', until: '2026-01-01' }),
      ['waivers: safe-paths for a: nothing → waived until 2026-01-01'],
    ],
    [
      'a waiver for longer',
      (p) => Object.assign(p.waivers[0] ?? {}, { until: '2026-07-01' }),
      ['waivers: no-root-arn for docs/**: waived until 2026-06-30 → waived until 2026-07-01'],
    ],
    [
      'a waiver for more',
      (p) => Object.assign(p.waivers[0] ?? {}, { file: '**' }),
      ['waivers: no-root-arn for **: nothing → waived until 2026-06-30'],
    ],
    ['any tool', (p) => (p.requires = null), ['requires: >=1.2.0 → nothing']],
    ['an older tool', (p) => (p.requires = '^1.1.9'), ['requires: >=1.2.0 → ^1.1.9']],
    ['a tool that nobody can tell', (p) => (p.requires = '1 || 2'), ['requires: >=1.2.0 → 1 || 2 ?']],
    ['another version file', (p) => (p.versionFile = 'V'), ['versionFile: VERSION → V']],
    ['another base branch', (p) => (p.baseBranch = 'mine'), ['baseBranch: develop → mine']],
    ['one more base', (p) => (p.maintenanceBranches = ['**']), ['maintenanceBranches: [] → ["**"]']],
    ['no layer', (p) => delete p.layers['inbox-core'], ['layers.inbox-core: declared → nothing']],
    ['no function', (p) => delete p.functions.ingest, ['functions.ingest: declared → nothing']],
    [
      'a layer elsewhere',
      (p) => Object.assign(p.layers['inbox-core'] ?? {}, { source: 'lib', versionKey: 'X', tag: 'x-{version}' }),
      [
        'layers.inbox-core.source: src_v2/inbox_core → lib',
        'layers.inbox-core.versionKey: INBOX_CORE_VERSION → X',
        'layers.inbox-core.tag: inbox-core-v{version} → x-{version}',
      ],
    ],
    [
      'natives and size',
      (p) => Object.assign(p.layers['inbox-core'] ?? {}, { natives: 'allow', maxZipMB: 11 }),
      ['layers.inbox-core.natives: forbid → allow', 'layers.inbox-core.maxZipMB: 10 → 11'],
    ],
    [
      'a field of the future',
      (p) => Object.assign(p.layers['inbox-core'] ?? {}, { exclude: ['a'] }),
      ['layers.inbox-core.exclude: nothing → ["a"] ?'],
    ],
    [
      'globs of a key',
      (p) => (p.versioned.CANONICAL_VERSION = ['canonical/**']),
      ['versioned.CANONICAL_VERSION: ["canonical/**","schemas/**"] → ["canonical/**"]'],
    ],
    ['a key', (p) => (p.versioned = {}), ['versioned.CANONICAL_VERSION: declared → nothing']],
    ['promotion', (p) => delete p.environments.stage?.promoteFrom, ['environments.stage.promoteFrom: dev → nothing']],
    ['a second target, under another name', (p) => severalTargets(p), []],
    [
      'a second target, and another bucket in the first',
      (p) => severalTargets(p, { bucket: 'mine' }),
      ['environments.dev.bucket: acme-code-dev → mine'],
    ],
    [
      'another target in its place',
      (p) => severalTargets(p, { region: 'us-west-2' }),
      ['environments.dev: declared → nothing'],
    ],
    [
      'account and bucket',
      (p) => Object.assign(p.environments.dev ?? {}, { account: '210987654321', bucket: 'mine' }),
      ['environments.dev.account: 123456789012 → 210987654321', 'environments.dev.bucket: acme-code-dev → mine'],
    ],
  ])('with %s', (_, change, expected) => {
    expect(told(strict, changed(change, strict))).toEqual(expected);
  });
});

it('a waiver or a word on a rule that the base did not have takes nothing from it', () => {
  const head = changed((p) => {
    p.plugins = ['acme'];
    p.pluginRules = { 'acme/no-notes': ['off'] };
    p.waivers = ['acme/no-notes', 'archive-age', 'mine'].map((rule) => ({
      rule,
      file: '**',
      reason: 'x',
      until: '2027-01-01',
    }));
  });
  const lax = changed((p) => (p.rules['archive-age'] = setting('off')));
  expect(told(lax, head).filter((one) => !one.startsWith('rules.'))).toEqual([]);
});

it('what was off demands nothing', () => {
  const lax = changed((p) => (p.rules['archive-age'] = setting('off', { options: { days: 1 } })));
  expect(
    told(
      lax,
      changed((p) => (p.rules['archive-age'] = setting('off', { options: { days: 999 } }))),
    ),
  ).toEqual([]);
});

it('an override behind a stricter one takes from that one, though the policy as a whole asks for no more', () => {
  const entry = (path: string, days: number) => ({ paths: [path], severity: 'error' as const, options: { days } });
  const was = changed((p) => p.rules['archive-age']?.overrides.push(entry('archive/**', 30)), strict);
  const is = changed((p) => p.rules['archive-age']?.overrides.push(entry('**', 60)), was);
  expect(told(was, is)).toEqual(['rules.archive-age.overrides: **.days: 30 → 60']);
});
