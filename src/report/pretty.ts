import { printable } from '../layer/printable.js';
import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import type { Style } from '../ports.js';
import { fixedLines, unfixedLines } from './asides.js';
import { byRule } from './by-rule.js';
import type { Frame, Frames } from './frame.js';
import { count } from './headline.js';
import { hintsOf } from './hints.js';
import { letPass } from './let-pass.js';
import { problemOf } from './thrown.js';

/** Findings; beyond this a screen helps nobody, and `--json` has them all. */
const perRule = 30;
/** Pieces of text: the third of a kind looks like the first. */
const perMessage = 3;

/** For people: what is wrong, where, why the rule exists, what to do; a summary last. */
export function pretty(verdict: Verdict, style: Style, frames: Frames = new Map()): string {
  // Errors after warnings: the last lines are the ones read.
  const groups = byRule(verdict.findings).sort(([, a], [, b]) => Number(isError(a)) - Number(isError(b)));
  const blocks = [
    ...groups.map(([rule, findings]) => group(rule, findings, verdict, frames, style)),
    passed(verdict, style),
    beside(verdict, style),
    summary(verdict, style),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function group(rule: string, findings: Finding[], { rules }: Verdict, frames: Frames, style: Style): string[] {
  const about = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
  const shown = findings.slice(0, perRule);
  return [
    `${mark(findings, style)} ${style.bold(printable(rule))}${about ? `  ${printable(about.title)}` : ''}`,
    ...(about ? [`  ${style.dim(printable(about.why))}`] : []),
    ...byMessage(shown).flatMap((same) => violation(same, findings, frames, style)),
    ...(shown.length === findings.length
      ? []
      : [style.dim(`  … and ${findings.length - shown.length} more (--json lists all)`)]),
    ...hintsOf(shown).map((hint) => `  ${style.green('→')} ${printable(hint, 16_384)}`),
  ];
}

/** What is said, everywhere it is said of, and the lines that are meant. */
function violation(same: Finding[], all: Finding[], frames: Frames, style: Style): string[] {
  const [first] = same;
  const level = isError(all) && !isError(same) ? `${style.yellow('warning:')} ` : '';
  return [
    `  ${level}${printable(first?.message ?? '')}`,
    ...same.flatMap((finding, at) => {
      const frame = at < perMessage ? frames.get(finding) : undefined;
      return [`    ${place(finding, style)}`, ...(frame ? drawn(frame, style) : [])];
    }),
  ];
}

function drawn({ lines, at }: Frame, style: Style): string[] {
  const width = String(Math.max(...lines.map(({ number }) => number))).length;
  return lines.map(({ number, text }) => {
    const shown = printable(text.replaceAll('\t', '    '), 100);
    const line = `${String(number).padStart(width)} │ ${shown}`.trimEnd();
    return number === at ? `      ${style.red('❯')} ${line}` : `        ${style.dim(line)}`;
  });
}

function place({ file, line, commit }: Finding, style: Style): string {
  const where = style.cyan(`${printable(file)}${line === null ? '' : `:${line}`}`);
  return commit === null ? where : `${where} ${style.dim(`in commit ${commit.slice(0, 7)}`)}`;
}

function passed({ waived }: Verdict, style: Style): string[] {
  const reasons = letPass(waived);
  const width = Math.max(0, ...reasons.map(({ times }) => String(times).length));
  return reasons.length === 0
    ? []
    : [
        style.dim(`○ ${waived.length} let pass`),
        ...reasons.map(({ rule, by, times }) =>
          style.dim(`  ${String(times).padStart(width)} × ${printable(`${rule}: ${by}`)}`),
        ),
      ];
}

function beside({ broken, mending, notices }: Verdict, style: Style): string[] {
  return [
    ...(mending ? fixedLines(mending) : []).map((line) => `${style.green('✔')} ${printable(line)}`),
    ...(mending ? unfixedLines(mending) : []).map((line) => `${style.yellow('⚠')} ${printable(line)}`),
    ...notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    ...broken.map(
      ({ rule, error }) =>
        `${style.red('✖')} ${style.bold(printable(rule))} failed itself: ${printable(problemOf(error))}`,
    ),
  ];
}

function summary({ ok, counts, findings, judged, ran, stage, head, broken, mending }: Verdict, style: Style): string[] {
  const seen = head !== null && (stage === 'all' || stage === 'release') ? '; uncommitted changes not seen' : '';
  const about = style.dim(`judged ${printable(judged)}${seen} (${count(ran, 'rule')} at ${stage})`);
  if (broken.length > 0) {
    return [`${style.red('✖')} ${style.bold(`no verdict: ${count(broken.length, 'rule')} failed`)}; ${about}`];
  }
  const found = [count(counts.error, 'error'), count(counts.warning, 'warning')].filter(
    (text) => !text.startsWith('0 '),
  );
  const told = found.join(', ');
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const fix = stage === 'pre-commit' ? 'check --stage pre-commit --fix' : 'check --fix';
  return [
    ok
      ? `${style.green('✔')} ${told === '' ? 'the policy holds' : told}; ${about}`
      : `${style.red('✖')} ${style.bold(told)}; ${about}`,
    ...(fixable === 0 || mending !== undefined
      ? []
      : [`  ${style.green('→')} ${fixable} of them can be mended for you: layer-policy ${fix}`]),
  ];
}

function byMessage(findings: Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.message}`;
    const same = groups.get(key);
    if (same) same.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function mark(findings: Finding[], style: Style): string {
  return isError(findings) ? style.red('✖') : style.yellow('⚠');
}

function isError(findings: Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
