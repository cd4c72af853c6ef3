import { printable, visible } from '../layer/printable.js';
import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { asides } from './asides.js';
import { count, headline } from './headline.js';
import { letPass } from './let-pass.js';
import { problemOf } from './thrown.js';

/** GitHub shows as many annotations of a level for one step, and drops the others without a word. */
const mostPerLevel = 10;

type Level = 'error' | 'warning' | 'notice';

/**
 * Workflow commands of GitHub Actions, which become annotations. Every line begins with our own text, for a line that
 * begins with a name from git would be a command of whoever chose that name.
 */
export function github(verdict: Verdict): string {
  const { findings, waived, broken } = verdict;
  const beside = asides(verdict);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const shownErrors = errors.slice(0, broken.length > 0 ? mostPerLevel - 1 : mostPerLevel);
  const shownWarnings = warnings.slice(0, mostPerLevel);
  return `${[
    ...failed(broken),
    ...[...shownErrors, ...shownWarnings].map(annotation),
    ...passed(waived),
    ...(beside.length === 0 ? [] : [command('notice', {}, few(beside))]),
    closing(verdict, errors.length - shownErrors.length, warnings.length - shownWarnings.length),
  ].join('\n')}\n`;
}

function annotation({ severity, file, line, rule, message, hint, commit }: Finding): string {
  const where = commit === null ? '' : `In commit ${commit.slice(0, 12)}`;
  return command(severity, { file, line: line === null ? '' : String(line), title: visible(rule, 255) }, [
    message,
    hint,
    where,
  ]);
}

function failed(broken: Verdict['broken']): string[] {
  if (broken.length === 0) return [];
  const lines = broken.map(({ rule, error }) => `${rule} failed itself: ${problemOf(error)}`);
  return [command('error', {}, ['This is no verdict.', ...few(lines)])];
}

function passed(waived: Verdict['waived']): string[] {
  if (waived.length === 0) return [];
  const reasons = letPass(waived).map(({ rule, by, times }) => `${times} × ${rule}: ${by}`);
  return [command('notice', {}, [`${count(waived.length, 'finding')} let pass`, ...few(reasons)])];
}

function few(lines: string[]): string[] {
  const most = 50;
  const more = lines.length - most;
  return more <= 0 ? lines : [...lines.slice(0, most), `… and ${more} more: layer-policy check --json`];
}

/** Tells how much is not annotated; where all is, the verdict in a line that makes no annotation. */
function closing(verdict: Verdict, errors: number, warnings: number): string {
  if (errors === 0 && warnings === 0) return `layer-policy: ${printable(headline(verdict))}`;
  const left = [errors > 0 && count(errors, 'more error'), warnings > 0 && count(warnings, 'more warning')];
  return command('notice', {}, [
    headline(verdict),
    `GitHub shows ${mostPerLevel} annotations of a level; not shown: ${left.filter((text) => text !== false).join(', ')}.`,
    'Run layer-policy check to see them all.',
  ]);
}

function command(level: Level, place: { file?: string; line?: string; title?: string }, lines: string[]): string {
  const { file = '', line = '', title = 'layer-policy' } = place;
  const properties = Object.entries({ file, line, title })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${escapeProperty(value)}`);
  // An annotation holds 64 KB; a command in a hint is worth nothing when it is cut.
  const room = Math.min(4096, Math.floor(61_440 / lines.length));
  const message = lines.filter((text) => text !== '').map((text) => escapeData(visible(text, room)));
  return `::${level} ${properties.join(',')}::${message.join('%0A')}`;
}

/** As the toolkit of GitHub does it; the runner undoes it. */
function escapeData(text: string): string {
  // The form of command that may stand anywhere in a line is broken, for nothing undoes an escape of it.
  return text.replaceAll('##[', '##\\x5B').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A name keeps its line breaks: the annotation must find the file. What a terminal would obey, it may not keep. */
function escapeProperty(text: string): string {
  const safe = text.split(/([\r\n])/).map((part) => (/^[\r\n]$/.test(part) ? part : visible(part, 4096)));
  return escapeData(safe.join('')).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
