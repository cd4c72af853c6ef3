import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Verdict } from '../../src/policy/verdict.js';
import { sarif } from '../../src/report/sarif.js';
import { problemsOf } from './valid.js';
import { enormous, finding, hostile, hostileNames, many, ordinary, verdict } from './verdicts.js';

interface Result {
  ruleId: string;
  level: string;
  message: { text: string };
  locations: [{ physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } } }];
  partialFingerprints: { primaryLocationLineHash: string; 'layerPolicy/v1': string };
  suppressions?: [{ kind: string; status: string; justification: string }];
  properties: Record<string, unknown>;
}

interface Run {
  tool: { driver: { rules: { id: string; help: { text: string } }[] } };
  invocations: [{ executionSuccessful: boolean; toolExecutionNotifications: { level: string }[] }];
  results: Result[];
  properties: Record<string, unknown>;
}

function runOf(given: Verdict): Run {
  return JSON.parse(sarif(given)).runs[0];
}

function uris(given: Verdict): string[] {
  return runOf(given).results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri);
}

const climbs = /(^|\/)\.\.?(\/|$)/;

it('places a finding at the bytes of its path', () => {
  const names = hostileNames.filter((name) => name !== '' && !name.startsWith('/') && !climbs.test(name));
  const written = uris(verdict({ findings: names.map((file) => finding({ file })) }));
  expect(written.map((uri) => decodeURIComponent(uri))).toEqual(names.map((name) => Buffer.from(name).toString()));
});

it('places a path that is not UTF-8 at its bytes too', () => {
  const pathBytes = Buffer.from([0x61, 0xff, 0x2f, 0x80]).toString('base64');
  expect(uris(verdict({ findings: [finding({ file: 'a\\xFF/\\x80', pathBytes })] }))).toEqual(['a%FF/%80']);
});

it('points nowhere outside the repository', () => {
  const root = 'file:///repository/';
  const resolved = uris(hostile).map((uri) => new URL(uri, root).href);
  expect(resolved.filter((href) => !href.startsWith(root))).toEqual([]);
  expect(uris(verdict({ findings: [finding({ file: '' })] }))).toEqual(['.']);
  const pathBytes = Buffer.from('../\xff', 'latin1').toString('base64');
  expect(uris(verdict({ findings: [finding({ file: '../\\xFF', pathBytes })] }))).toEqual(['%5Cx2E%5Cx2E/%FF']);
});

it('gives a region where a line is known and nowhere else', () => {
  const lines = runOf(ordinary).results.map(({ locations }) => locations[0].physicalLocation.region?.startLine);
  expect(lines).toEqual([3, undefined, undefined, undefined, undefined, undefined, undefined]);
});

it('tells severity, commit, layer and the verdict', () => {
  const { results, properties, invocations } = runOf(ordinary);
  expect(results.map(({ level }) => level).slice(0, 3)).toEqual(['error', 'error', 'warning']);
  expect(results[1]?.properties).toEqual({ commit: ordinary.head, layer: 'core' });
  expect(properties).toMatchObject({ stage: 'all', head: ordinary.head, ok: false, counts: { error: 2, warning: 1 } });
  expect(invocations[0].executionSuccessful).toBe(true);
});

it('has a rule with help for every result', () => {
  const { tool, results } = runOf(ordinary);
  const ids = tool.driver.rules.map(({ id }) => id);
  expect(new Set(ids)).toEqual(new Set(results.map(({ ruleId }) => ruleId)));
  const help = tool.driver.rules.find(({ id }) => id === 'semver-naming')?.help.text;
  expect(help).toBe('A name tells which release it is.\nRun: layer-policy explain semver-naming');
});

it('suppresses what was let pass, with the reason', () => {
  const suppressed = runOf(ordinary).results.map(({ suppressions }) => suppressions?.[0].justification ?? null);
  const agreed = 'Agreed with the data team (waiver until 2026-12-31)';
  expect(suppressed).toEqual([null, null, null, agreed, agreed, 'baseline', 'LAYER_POLICY_SKIP']);
});

it('names two findings of one fingerprint apart, and keeps the fingerprint', () => {
  const marks = runOf(ordinary).results.map(({ partialFingerprints }) => partialFingerprints);
  expect(new Set(marks.map(({ primaryLocationLineHash }) => primaryLocationLineHash)).size).toBe(7);
  expect(new Set(marks.map((mark) => mark['layerPolicy/v1'])).size).toBe(1);
});

it('makes no link of a name', () => {
  const texts = runOf(hostile).results.map(({ message }) => message.text);
  expect(texts.filter((text) => text.includes(']('))).toEqual([]);
});

it('tells rules that failed as failures of the tool', () => {
  const [invocation] = runOf(verdict({ ok: false, broken: [{ rule: 'own', error: new Error('oh') }] })).invocations;
  expect(invocation).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', message: { text: 'The rule own failed itself: oh' } }],
  });
});

it('of 30,000 findings keeps the 4,999 worst, and counts the others', async () => {
  const text = sarif(many);
  expect(await problemsOf.sarif?.(text)).toEqual([]);
  const { results } = runOf(many);
  expect(results.length).toBe(5_000);
  expect(new Set(results.map(({ level }) => level))).toEqual(new Set(['error']));
  const last = results.at(-1);
  expect(last?.message.text).toContain('25002 more findings (1 of them let pass)');
  expect(last?.ruleId).toBe('more-findings');
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

it('of exactly 5,000 keeps all', () => {
  const { results } = runOf(verdict({ findings: many.findings.slice(0, 5_000) }));
  expect(results.length).toBe(5_000);
  expect(results.filter(({ ruleId }) => ruleId === 'more-findings')).toEqual([]);
});

it('keeps fewer where they are long, so that the upload stays below 10 MB', () => {
  const text = sarif(enormous);
  const { results } = JSON.parse(text).runs[0] as Run;
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  expect(Buffer.byteLength(text)).toBeGreaterThan(5_000_000);
  expect(results.at(-1)?.message.text).toContain(`${enormous.findings.length - results.length + 1} more findings`);
});
