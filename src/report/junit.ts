import { printable } from '../layer/printable.js';
import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { asides } from './asides.js';
import { byRule } from './by-rule.js';
import { headline } from './headline.js';
import { keepWorst, leftOver } from './keep-worst.js';
import { letPassLines, reasonOf } from './let-pass.js';
import { problemOf } from './thrown.js';

interface Case {
  rule: string;
  outcome: 'passed' | 'failures' | 'errors' | 'skipped';
  xml: string;
}

/** GitLab reads 250,000 elements and attributes of a file, about twenty of which make a case; one with more it drops whole. */
const limits = { most: 5_000, bytes: 8_000_000 };

/**
 * JUnit XML, as Jenkins and GitLab read it: a suite for each rule, a case for each finding, and one case that always
 * passes, because an empty report is read as a broken one. JUnit knows no warnings: they fail where they refused, and
 * pass with their text otherwise.
 */
export function junit(verdict: Verdict): string {
  const { ok, counts, broken } = verdict;
  const refusedByWarnings = !ok && counts.error === 0 && broken.length === 0;
  const fails = ({ severity }: Finding) => severity === 'error' || refusedByWarnings;
  const { shown, left } = keepWorst(verdict, limits, ({ finding }) =>
    'by' in finding
      ? testCase(finding, 'skipped', `<skipped${attributes({ message: reasonOf(finding) })}/>`)
      : found(finding, fails(finding)),
  );
  const own = [
    judged(verdict, letPassLines(left)),
    ...left.slice(0, 1).map((worst) => more(left, !('by' in worst) && fails(worst))),
  ];
  const cases = [...shown, ...broken.map(({ rule, error }) => failed(rule, problemOf(error)))];
  const suites = [suite('layer-policy', own), ...byRule(cases).map(([rule, ofRule]) => suite(rule, ofRule))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'layer-policy', ...numbers([...own, ...cases]), time: '0' })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(rule: string, cases: readonly Case[]): string {
  const head = attributes({ name: rule, ...numbers(cases), time: '0' });
  return [`  <testsuite${head}>`, ...cases.map(({ xml }) => xml), '  </testsuite>'].join('\n');
}

function numbers(cases: readonly Pick<Case, 'outcome'>[]): Record<string, string> {
  const number = (outcome: Case['outcome']) => String(cases.filter((one) => one.outcome === outcome).length);
  return {
    tests: String(cases.length),
    failures: number('failures'),
    errors: number('errors'),
    skipped: number('skipped'),
  };
}

function found(finding: Finding, fails: boolean): Case {
  const { severity, message, hint, commit } = finding;
  const text = lines(message, hint, commit === null ? '' : `In commit ${commit}`);
  const inside = fails
    ? `<failure${attributes({ type: severity, message })}>${text}</failure>`
    : `<system-out>${lines(`warning: ${message}`, hint)}</system-out>`;
  return testCase(finding, fails ? 'failures' : 'passed', inside);
}

function testCase(finding: Finding, outcome: Case['outcome'], inside: string): Case {
  const { rule, file, line, message } = finding;
  const head = attributes({
    classname: rule,
    name: `${file}${line === null ? '' : `:${line}`} ${message}`,
    file,
    ...(line !== null && { line: String(line) }),
    time: '0',
  });
  return { rule, outcome, xml: `    <testcase${head}>${inside}</testcase>` };
}

function failed(rule: string, problem: string): Case {
  const head = attributes({ classname: rule, name: 'the rule itself', time: '0' });
  const inside = `<error${attributes({ type: 'broken', message: problem })}/>`;
  return { rule, outcome: 'errors', xml: `    <testcase${head}>${inside}</testcase>` };
}

function judged(verdict: Verdict, reasons: string[]): Case {
  const head = attributes({ classname: 'layer-policy', name: 'judged', time: '0' });
  const said = lines(headline(verdict), ...reasons, ...asides(verdict));
  const xml = `    <testcase${head}><system-out>${said}</system-out></testcase>`;
  return { rule: 'layer-policy', outcome: 'passed', xml };
}

/** What this report leaves out fails as it would, had it room. */
function more(left: readonly Finding[], fails: boolean): Case {
  const message = leftOver(left);
  const head = attributes({ classname: 'layer-policy', name: `${left.length} more findings`, time: '0' });
  const inside = fails
    ? `<failure${attributes({ type: 'error', message })}/>`
    : `<system-out>${lines(message)}</system-out>`;
  return {
    rule: 'layer-policy',
    outcome: fails ? 'failures' : 'passed',
    xml: `    <testcase${head}>${inside}</testcase>`,
  };
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

function lines(...texts: string[]): string {
  return texts
    .filter((text) => text !== '')
    .map(escaped)
    .join('\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML 1.0 has no way to write some characters, not even escaped; those that printable leaves are dropped. */
function escaped(text: string): string {
  return printable(text, 1024)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
