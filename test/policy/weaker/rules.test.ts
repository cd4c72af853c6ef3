import { describe, expect, it } from 'vitest';
import type { RuleSetting } from '../../../src/layer/declarations.js';
import { isDemanded, weakerPluginRules, weakerRules } from '../../../src/policy/weaker/rules.js';
import type { Weakening } from '../../../src/policy/weaker/weakening.js';
import { examplePolicy } from '../../../src/rule/index.js';

type Override = RuleSetting['overrides'][number];
type Severity = RuleSetting['severity'];

const told = (found: Weakening[]) =>
  found.map(({ kind, what, was, is }) => `${what}: ${was} → ${is}${kind === 'unclear' ? ' ?' : ''}`);
const aged = (severity: Severity, days: number, ...overrides: Override[]): RuleSetting => ({
  ...{ severity, use: 'archive-age', options: { days }, from: [], overrides },
});
const over = (severity: Severity, days: number, ...paths: string[]): Override => ({
  ...{ paths, severity, options: { days } },
});
const sized = (maxKiB: number, paths: string[], ...overrides: Override[]): RuleSetting => ({
  ...{ severity: 'error', use: 'file-size', from: [], overrides },
  options: { maxKiB, paths, except: [], history: true },
});

it('a kind of which a part of the aim is missing runs nowhere, so it demands nothing', () => {
  const asked = (files: string[], schema: unknown): RuleSetting => ({
    ...{ severity: 'error', use: 'json-schema', from: [], overrides: [] },
    options: { files, schema },
  });
  const lost = (was: RuleSetting, is: RuleSetting | null) =>
    told(weakerRules('rules', { x: was }, is === null ? {} : { x: is }));
  const whole = asked(['*.json'], 'a.json');
  for (const part of [asked(['*.json'], ''), asked([], 'a.json'), asked([], '')]) {
    expect(lost(part, null)).toEqual([]);
    expect(lost(whole, part)).toContain('rules.x: with an aim → without one');
  }
  expect(lost(whole, null)).toEqual(['rules.x: error → nothing']);
});

describe('a rule with what it says of some paths', () => {
  const a = over('warning', 30, 'a');
  it.each<[what: string, was: RuleSetting, is: RuleSetting | null, says: string[]]>([
    ['the same', aged('error', 90, a), aged('error', 90, a), []],
    ['that is gone', aged('error', 90), null, ['x: error → nothing']],
    ['that was off, and is gone', aged('off', 90), null, []],
    ['that was off but for some paths, and is gone', aged('off', 90, a), null, ['x: off → nothing']],
    ['switched off, with other options', aged('error', 90), aged('off', 900), ['x: error → off']],
    [
      'that warns, with other options',
      aged('error', 9),
      aged('warning', 90),
      ['x: error → warning', 'x.options.days: 9 → 90'],
    ],
    [
      'for other paths',
      aged('error', 90, a),
      aged('error', 90, over('warning', 30, 'b')),
      [
        'x.overrides: [{"paths":["a"],"severity":"warning","options":{"days":30}}] → [{"paths":["b"],"severity":"warning","options":{"days":30}}] ?',
      ],
    ],
    [
      'without them',
      aged('error', 90, a),
      aged('error', 90),
      ['x.overrides: [{"paths":["a"],"severity":"warning","options":{"days":30}}] → [] ?'],
    ],
    ['and more of them, as strict', aged('error', 90, a), aged('error', 90, a, over('error', 30, 'b')), []],
    [
      'and more of them, milder than the strictest',
      aged('warning', 90, over('error', 90, 'a')),
      aged('warning', 90, over('error', 90, 'a'), over('warning', 90, 'b', 'c')),
      ['x.overrides: b, c: error → warning'],
    ],
    [
      'and more of them, with more leave than any before',
      aged('error', 90, over('error', 30, 'a')),
      aged('error', 90, over('error', 30, 'a'), over('error', 60, 'b', 'c')),
      ['x.overrides: b, c.days: 30 → 60'],
    ],
    [
      'and more of them, off and with more leave',
      aged('error', 90),
      aged('error', 90, over('off', 900, 'b')),
      ['x.overrides: b: error → off'],
    ],
    [
      'that was off but for some paths',
      aged('off', 10, over('error', 30, 'a')),
      aged('off', 10, over('error', 30, 'a'), over('error', 60, 'b')),
      ['x.overrides: b.days: 30 → 60'],
    ],
    [
      'told once, whatever is weaker than both',
      aged('error', 30, over('error', 30, 'a')),
      aged('error', 30, over('error', 30, 'a'), over('error', 60, 'b')),
      ['x.overrides: b.days: 30 → 60'],
    ],
    ['without an aim but for some paths', sized(0, [], over('error', 1, 'a')), null, ['x: error → nothing']],
    ['without an aim', sized(0, []), null, []],
    ['that loses its aim', sized(9, ['a']), sized(0, ['a']), ['x: with an aim → without one']],
  ])('%s', (_, was, is, says) => {
    const found = told(weakerRules('rules', { x: was }, is === null ? {} : { x: is }));
    expect(found).toEqual(says.map((one) => `rules.${one}`));
  });

  it('that the policy does not speak of has its defaults', () => {
    expect(told(weakerRules('rules', {}, {}))).toEqual([]);
    const off: RuleSetting = { severity: 'off', use: 'safe-paths', options: {}, from: [], overrides: [] };
    expect(told(weakerRules('rules', {}, { 'safe-paths': off }))).toEqual(['rules.safe-paths: error → off']);
    expect(told(weakerRules('rules', { 'safe-paths': off }, {}))).toEqual([]);
    expect(told(weakerRules('rules', {}, { mine: aged('off', 900) }))).toEqual([]);
  });
});

describe('a rule of a plugin', () => {
  const withPlugin = { ...examplePolicy, plugins: ['acme'] };
  it.each<[was: unknown, is: unknown, says: string[]]>([
    ['error', 'error', []],
    ['error', 'warning', ['error → warning ?']],
    ['warning', 'error', ['warning → error ?']],
    ['error', undefined, ['error → nothing ?']],
    [undefined, 'error', []],
    [undefined, 'off', ['nothing → off ?']],
    [undefined, ['warning', { x: 1 }], ['nothing → ["warning",{"x":1}] ?']],
  ])('%j, then %j', (was, is, says) => {
    const of = (value: unknown) => (value === undefined ? {} : { 'acme/a': value });
    const found = told(weakerPluginRules('pluginRules', of(was), of(is), withPlugin));
    expect(found).toEqual(says.map((one) => `pluginRules.acme/a: ${one}`));
  });

  it('can run only where a plugin is named', () => {
    expect([isDemanded(withPlugin, 'acme/a'), isDemanded(examplePolicy, 'acme/a')]).toEqual([true, false]);
    expect([isDemanded(examplePolicy, 'safe-paths'), isDemanded(examplePolicy, 'file-size')]).toEqual([true, false]);
  });
});
