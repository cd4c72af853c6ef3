import { expect, it } from 'vitest';
import { printable } from '../../src/layer/printable.js';
import { junit } from '../../src/report/junit.js';
import { broken, clean, enormous, finding, hostile, hostileNames, many, ordinary, verdict } from './verdicts.js';
import { below, type Element, parseXml } from './xml.js';

const outcomes = ['failure', 'error', 'skipped'];

/** What an element says of the cases below it, and what there is. */
function numbers(element: Element): { said: number[]; found: number[] } {
  const { tests, failures, errors, skipped } = element.attributes;
  return {
    said: [tests, failures, errors, skipped].map(Number),
    found: ['testcase', ...outcomes].map((name) => below(element, name).length),
  };
}

it('has a suite for each rule and a case for each finding', () => {
  const suites = parseXml(junit(ordinary)).children;
  expect(suites.map(({ attributes, children }) => `${attributes.name} ${children.length}`)).toEqual([
    'layer-policy 1',
    'no-root-arn 1',
    'no-stray-zips 1',
    'semver-naming 4',
    'version-file 1',
  ]);
});

it.each(Object.entries({ clean, ordinary, broken, hostile, many }))('counts what it holds: %s', (_, given) => {
  const root = parseXml(junit(given));
  for (const element of [root, ...root.children]) {
    const { said, found } = numbers(element);
    expect(said).toEqual(found);
  }
  const cases = given.findings.length + given.waived.length + given.broken.length + 1;
  expect(below(root, 'testcase').length).toBe(Math.min(cases, 5_001));
});

it('of 30,000 findings keeps the 4,999 worst, and fails for the others as well', () => {
  const root = parseXml(junit(many));
  expect(below(root, 'failure').length).toBe(5_000);
  const [more] = below(root, 'testcase').filter(({ attributes }) => attributes.name === '25002 more findings');
  const says = below(more ?? root, 'failure')[0]?.attributes.message;
  expect(says).toContain('25002 more findings (1 of them let pass) are not in this report');
});

it('fails for no more than refused', () => {
  const warnings = many.findings.filter(({ severity }) => severity === 'warning');
  const root = parseXml(junit(verdict({ findings: warnings })));
  expect([below(root, 'failure').length, below(root, 'testcase').length]).toEqual([0, 5_001]);
  expect(below(root, 'system-out').at(1)?.text).toContain('5001 more findings');
});

it('stays below what its readers take where texts are long', () => {
  expect(Buffer.byteLength(junit(enormous))).toBeLessThan(10_000_000);
});

it('fails for an error, passes with a text for a warning, skips what was let pass', () => {
  const root = parseXml(junit(ordinary));
  expect(below(root, 'failure').map(({ attributes }) => attributes.type)).toEqual(['error', 'error']);
  expect(below(root, 'system-out').map(({ text }) => text)[1]).toBe('warning: a zip is committed\nRename it: git mv');
  expect(below(root, 'skipped').map(({ attributes }) => attributes.message)).toContain(
    'Agreed with the data team (waiver until 2026-12-31)',
  );
});

it('fails for warnings where they are what refused', () => {
  const findings = [finding({ severity: 'warning' })];
  expect(below(parseXml(junit(verdict({ findings, ok: false }))), 'failure').length).toBe(1);
  expect(below(parseXml(junit(verdict({ findings }))), 'failure').length).toBe(0);
});

it('shows a name as the terminal does, without what XML cannot hold', () => {
  const findings = hostileNames.map((name) => finding({ rule: 'one', file: name, message: name, hint: name }));
  const cases = below(parseXml(junit(verdict({ findings }))), 'failure');
  const legal = (name: string) => printable(name, 1024).replace(/[\ufffe\uffff]/g, '');
  expect(cases.map(({ attributes }) => attributes.message)).toEqual(hostileNames.map(legal));
  expect(cases.map(({ text }) => text)).toEqual(
    hostileNames.map((name) => (name === '' ? '' : `${legal(name)}\n${legal(name)}`)),
  );
});
