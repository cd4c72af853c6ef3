import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { asides } from './asides.js';
import { byRule } from './by-rule.js';
import { count, headline } from './headline.js';
import { letPass } from './let-pass.js';
import { code, prose, row } from './markdown-text.js';
import { problemOf } from './thrown.js';

/** Bytes; GitHub refuses a longer step summary whole. */
const most = 1_048_576;
/** What all that is no table may take: an eighth each. */
const aside = most / 8;

/** A page for a step summary or a comment: a table for each rule, those that refuse first. */
export function markdown(verdict: Verdict): string {
  const { findings, waived, broken } = verdict;
  const before = [
    `### layer-policy: ${prose(headline(verdict))}`,
    ...list(
      'Rules that failed themselves',
      broken.map(({ rule, error }) => `${code(rule)}: ${prose(problemOf(error))}`),
    ),
  ];
  const after = [
    ...list(
      'Let pass',
      letPass(waived).map(({ rule, by, times }) => `${times} × ${code(rule)}: ${prose(by)}`),
    ),
    ...list(
      'Notices',
      asides(verdict).map((notice) => prose(notice)),
    ),
  ];
  const room = most - size([...before, ...after]) - 200;
  return `${[...before, ...tables(findings, verdict.rules, room), ...after].join('\n\n')}\n`;
}

/** Each rule may take its share of what the ones before it left, so one with thousands does not hide the others. */
function tables(findings: readonly Finding[], rules: Verdict['rules'], room: number): string[] {
  const groups = byRule(findings).sort(([, a], [, b]) => Number(refuses(b)) - Number(refuses(a)));
  const blocks: string[] = [];
  let left = room;
  let unseen = 0;
  groups.forEach(([rule, own], i) => {
    const why = Object.hasOwn(rules, rule) ? rules[rule]?.why : undefined;
    const block = table(rule, own, why, left / (groups.length - i));
    if (block === null) unseen += own.length;
    else {
      blocks.push(block);
      left -= size([block]);
    }
  });
  return unseen === 0
    ? blocks
    : [...blocks, `… and ${count(unseen, 'finding')} of other rules: \`layer-policy check\``];
}

/** Null where its head and one row have no room. */
function table(rule: string, findings: readonly Finding[], why: string | undefined, room: number): string | null {
  const head = [
    `#### ${refuses(findings) ? '✖' : '⚠'} ${code(rule)} (${findings.length})`,
    '',
    ...(why === undefined ? [] : [`Why: ${prose(why)}`, '']),
    row('Where', 'What', 'What to do'),
    row('---', '---', '---'),
  ];
  const rows = within(findings.map(asRow), room - size(head));
  return rows === null ? null : [...head, ...rows].join('\n');
}

function asRow({ file, line, commit, message, hint }: Finding): string {
  const where = code(line === null ? file : `${file}:${line}`);
  return row(commit === null ? where : `${where} in ${code(commit.slice(0, 12))}`, prose(message), code(hint, 1024));
}

function list(title: string, items: string[]): string[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => `- ${item}`);
  return [`#### ${title}`, (within(lines, aside) ?? []).join('\n')];
}

/** As many lines as have room, and one that counts the others; null when not even the first has room. */
function within(lines: readonly string[], room: number): string[] | null {
  const closing = 64;
  const shown: string[] = [];
  let used = closing;
  for (const line of lines) {
    used += size([line]);
    if (used > room) break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  if (left === 0) return shown;
  return shown.length === 0 ? null : [...shown, '', `… and ${left} more: \`layer-policy check --json\``];
}

function refuses(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** In bytes, with the line breaks between them. */
function size(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + new TextEncoder().encode(block).length + 2, 0);
}
