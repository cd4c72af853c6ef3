import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import type { Style } from '../ports.js';
import { printable } from './printable.js';

/** Beyond this a screen helps nobody; `--json` has them all. */
const perRule = 30;

/** For people: what is wrong, where, why the rule exists, what to do; a summary last. */
export function pretty(verdict: Verdict, style: Style): string {
  const byRule = new Map<string, Finding[]>();
  for (const finding of verdict.findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  // Errors after warnings: the last lines are the ones read.
  const groups = [...byRule].sort(([, a], [, b]) => Number(isError(a)) - Number(isError(b)));
  return [
    ...groups.flatMap(([rule, findings]) => group(rule, findings, verdict.rules[rule]?.why, style)),
    ...waivedLines(verdict, style),
    ...verdict.broken.map(
      ({ rule, error }) => `${style.red('✖')} ${style.bold(rule)} failed itself: ${printable(String(error))}\n`,
    ),
    ...verdict.notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    summary(verdict, style),
    '',
  ].join('\n');
}

function group(rule: string, findings: Finding[], why: string | undefined, style: Style): string[] {
  const mark = isError(findings) ? style.red('✖') : style.yellow('⚠');
  const shown = findings.slice(0, perRule);
  return [
    `${mark} ${style.bold(rule)}`,
    ...(why ? [`  ${style.dim(why)}`] : []),
    ...shown.flatMap((finding) => [
      `    ${style.cyan(place(finding))}`,
      `      ${printable(finding.message)}`,
      ...(finding.hint === '' ? [] : [`      ${style.green('→')} ${printable(finding.hint, 1024)}`]),
    ]),
    ...(findings.length > perRule ? [style.dim(`    … and ${findings.length - perRule} more (--json lists all)`)] : []),
    '',
  ];
}

function place({ file, line, commit }: Finding): string {
  return `${printable(file)}${line === null ? '' : `:${line}`}${commit === null ? '' : ` (commit ${commit.slice(0, 7)})`}`;
}

function waivedLines({ waived }: Verdict, style: Style): string[] {
  if (waived.length === 0) return [];
  const reasons = new Map<string, number>();
  for (const { rule, by } of waived) reasons.set(`${rule}: ${by}`, (reasons.get(`${rule}: ${by}`) ?? 0) + 1);
  return [
    style.dim(`○ let pass: ${waived.length}`),
    ...[...reasons].map(([reason, times]) => style.dim(`    ${times} × ${printable(reason)}`)),
    '',
  ];
}

function summary({ ok, counts, judged, ran, stage, broken }: Verdict, style: Style): string {
  const rules = `${ran} ${ran === 1 ? 'rule' : 'rules'} at ${stage}`;
  const seen = stage === 'all' || stage === 'release' ? '; uncommitted changes not seen' : '';
  if (broken.length > 0)
    return style.red(`✖ no verdict on ${printable(judged)}: ${broken.length} of ${rules} failed itself`);
  const found = [plural(counts.error, 'error'), plural(counts.warning, 'warning')]
    .filter((text) => text !== '')
    .join(', ');
  const about = `judged ${printable(judged)}${seen} (${rules})`;
  if (ok) return `${style.green('✔')} ${found === '' ? 'the policy holds' : found}; ${style.dim(about)}`;
  return `${style.red('✖')} ${style.bold(found)}; ${style.dim(about)}`;
}

function plural(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function isError(findings: Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
