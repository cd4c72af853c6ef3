import { printable } from '../layer/printable.js';
import type { Called } from '../plan/call.js';
import type { Style } from '../ports.js';

export interface InvokeReport {
  environment: string;
  called: Called[];
  notices: string[];
}

/** The `--json` document of `invoke`; its schema is `schemas/invoke.schema.json`. */
export function calledDocument({ environment, called, notices }: InvokeReport): object {
  const calls = called.map(({ target, ...one }) => ({
    ok: one.problems.length === 0,
    ...(target !== environment && { target }),
    ...one,
  }));
  return { schema: 1, ok: calls.every(({ ok }) => ok), command: 'invoke', environment, calls, notices };
}

export function calledText({ environment, called, notices }: InvokeReport, style: Style): string {
  const failed = called.filter(({ problems }) => problems.length > 0);
  return [
    ...notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    ...callLines(called, style, environment),
    '',
    failed.length === 0
      ? `${style.green('✔')} ${called.length === 0 ? 'No function is declared' : `All answers of ${environment} are as expected`}`
      : `${style.red('✖')} ${failed.length} of ${called.length} calls in ${environment} did not answer as expected`,
    '',
  ].join('\n');
}

/** A line for each call, and below it what is wrong with the answer. */
export function callLines(called: readonly Called[], style: Style, environment: string): string[] {
  const cells = called.map((one) => [
    one.target === environment ? one.functionName : `${one.functionName} in ${one.target}`,
    one.event,
    `start ${time(one.initMs)}`,
    `ran ${time(one.durationMs)}`,
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...cells.map((row) => printable(row[at] ?? '').length)));
  return called.flatMap((one, i) => {
    const [name = '', ...rest] = (cells[i] ?? []).map((cell, at) => printable(cell).padEnd(widths[at] ?? 0));
    const mark = one.problems.length === 0 ? style.green('✔') : style.red('✖');
    return [
      `${mark} ${style.bold(name)}  ${style.dim(rest.join('  ').trimEnd())}`,
      ...one.problems.map((problem) => `    ${printable(problem, 1024)}`),
      ...logLines(one).map((line) => style.dim(`    │ ${printable(line, 400)}`)),
    ];
  });
}

const logLines = ({ log }: Called) =>
  (log ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8);

const time = (ms: number | null) =>
  ms === null ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
