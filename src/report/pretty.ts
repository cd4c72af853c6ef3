import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import type { Style } from '../ports.js';
import { byRule } from './by-rule.js';
import { letPass } from './let-pass.js';
import { printable } from './printable.js';
import { problemOf } from './thrown.js';

/** Beyond this a screen helps nobody; `--json` has them all. */
const perRule = 30;

/** For people: what is wrong, where, why the rule exists, what to do; a summary last. */
export function pretty(verdict: Verdict, style: Style): string {
  // Errors after warnings: the last lines are the ones read.
  const groups = byRule(verdict.findings).sort(([, a], [, b]) => Number(isError(a)) - Number(isError(b)));
  return [
    ...groups.flatMap(([rule, findings]) => group(rule, findings, verdict.rules[rule]?.why, style)),
    ...waivedLines(verdict, style),
    ...verdict.broken.map(
      ({ rule, error }) =>
        `${style.red('✖')} ${style.bold(printable(rule))} failed itself: ${printable(problemOf(error))}\n`,
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
    `${mark} ${style.bold(printable(rule))}`,
    ...(why ? [`  ${style.dim(printable(why))}`] : []),
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
  return [
    style.dim(`○ let pass: ${waived.length}`),
    ...letPass(waived).map(({ rule, by, times }) => style.dim(`    ${times} × ${printable(`${rule}: ${by}`)}`)),
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
