import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import type { Style } from '../ports.js';
import { fixedLines, unfixedLines } from './asides.js';
import { byRule } from './by-rule.js';
import type { Frame, Frames } from './frame.js';
import { count } from './headline.js';
import { hintsOf } from './hints.js';
import { letPass } from './let-pass.js';
import { printable } from './printable.js';
import { problemOf } from './thrown.js';

/** Beyond these a screen helps nobody; `--json` has them all. */
const most = { places: 12, messages: 12, frames: 3, hints: 6 };

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
  const messages = byMessage(findings);
  const hints = hintsOf(findings);
  return [
    `${mark(findings, style)} ${style.bold(printable(rule))}${about ? `  ${printable(about.title)}` : ''}`,
    ...(about ? [`  ${style.dim(printable(about.why))}`] : []),
    ...messages.slice(0, most.messages).flatMap((same) => violation(same, findings, frames, style)),
    ...more(messages.slice(most.messages).flat().length, 'more of other kinds', style),
    ...hints
      .slice(0, most.hints)
      .flatMap(({ text, left }) => [
        `  ${style.green('→')} ${printable(text, 8192)}`,
        ...more(left, 'more to be named there', style),
      ]),
    ...more(hints.length - most.hints, 'more hints', style),
  ];
}

/** What is said, everywhere it is said of, and the lines that are meant. */
function violation(same: Finding[], all: Finding[], frames: Frames, style: Style): string[] {
  const [first] = same;
  const level = isError(all) && !isError(same) ? `${style.yellow('warning:')} ` : '';
  return [
    `  ${level}${printable(first?.message ?? '')}`,
    ...same.slice(0, most.places).flatMap((finding, at) => {
      const frame = at < most.frames ? frames.get(finding) : undefined;
      return [`    ${place(finding, style)}`, ...(frame ? drawn(frame, style) : [])];
    }),
    ...more(same.length - most.places, 'more places', style),
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

function more(number: number, what: string, style: Style): string[] {
  return number > 0 ? [style.dim(`    … and ${number} ${what} (--json has all)`)] : [];
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
