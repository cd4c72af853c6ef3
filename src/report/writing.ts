import { marks, thereAlready } from '../layer/marks.js';
import { printable } from '../layer/printable.js';
import type { Released } from '../plan/after.js';
import type { ChecklistLine } from '../plan/checklist.js';
import type { StepReport } from '../plan/execute.js';
import { commandLine, type Plan, type WritingCommand, wordsOf } from '../plan/plan.js';
import { several } from '../policy/judge.js';
import type { Style } from '../ports.js';

interface About {
  /** What was looked at, in words. */
  about: string[];
  notices: string[];
}

export interface Planned extends About {
  plan: Plan;
  reports: StepReport[];
}

export interface WritingReport extends Planned {
  released: Released[];
  dryRun?: boolean;
  resumed?: boolean;
  /** Where the plan was saved. */
  file?: string;
}

/** The `--json` document of every writing command; its schema is `schemas/release.schema.json`. */
export function writingDocument({ plan, notices, reports, released, dryRun, resumed }: WritingReport): object {
  const recorded = reports.find(({ step }) => step.kind === 'record')?.receipt?.commit ?? null;
  return {
    schema: 1,
    ok: true,
    command: plan.command,
    environment: plan.request.environment,
    from: plan.request.from,
    dryRun: dryRun === true,
    resumed: resumed === true,
    commit: plan.commit,
    record: recorded,
    steps: reports.map(({ step, name, text, state }) => ({ kind: step.kind, name, text, state })),
    released,
    notices,
    plan,
  };
}

/** What a command does, when it is done. */
export const done: Record<WritingCommand, string> = {
  release: 'released',
  deploy: 'deployed',
  promote: 'promoted',
  rollback: 'rolled back',
  archive: 'archived',
  adopt: 'adopted',
};

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** What is about to be done, for whoever is asked whether it shall be. */
export function planText({ plan, about, notices, reports }: Planned, style: Style): string {
  return [...titled('Would do', plan, { about, notices }, style), ...stepLines(reports, style), '', ''].join('\n');
}

function titled(title: string, { request }: Plan, { about, notices }: About, style: Style): string[] {
  return [
    ...noted(notices, style),
    `${style.bold(title)}${style.dim(`  (${printable(about.join(', '))}, environment ${request.environment})`)}`,
  ];
}

const noted = (notices: string[], style: Style) => notices.map((notice) => style.dim(`ℹ ${printable(notice)}`));

export function writingText(report: WritingReport, style: Style): string {
  const { plan, about, notices, reports, released, dryRun, resumed, file } = report;
  const { command } = plan;
  if (reports.every((one) => one.state === 'present') && !resumed) {
    return [...noted(notices, style), `${style.green('✔')} Nothing to do: ${whyNothing(plan, about)}.`, ''].join('\n');
  }
  const title = dryRun
    ? 'Would do'
    : resumed
      ? `Went on with an interrupted ${command}`
      : `${sentence(done[command])} from ${originOf(plan)}`;
  return [
    ...titled(title, plan, report, style),
    ...stepLines(reports, style),
    ...released.flatMap(({ name, version, checklist }) => [
      '',
      ...checklistLines(`${name} ${version}`, checklist, style),
    ]),
    ...(dryRun
      ? [
          '',
          style.dim(
            file === undefined
              ? `Nothing was written. Do it: layer-policy ${commandLine(plan)}`
              : `Saved. Run it: layer-policy ${wordsOf(command)} --plan ${file}`,
          ),
        ]
      : []),
    ...rehearsalHint(report, style),
    '',
  ].join('\n');
}

function originOf({ command, request, commit }: Plan): string {
  if (command === 'promote') return `${request.from} to ${request.environment}`;
  return command === 'adopt' ? request.environment : `commit ${commit.slice(0, 12)}`;
}

function rehearsalHint({ plan, dryRun }: WritingReport, style: Style): string[] {
  if (dryRun || plan.request.record) return [];
  return [
    '',
    style.dim(
      `A rehearsal: layer_management/ is as it was. For good: layer-policy ${commandLine({ ...plan, request: { ...plan.request, record: true } })}`,
    ),
  ];
}

function whyNothing({ command, request }: Plan, about: readonly string[]): string {
  if (request.archive !== undefined)
    return `no month of the archive ended more than ${request.archive.olderThan} days ago`;
  const known = several(about) || 'nothing';
  if (command === 'adopt') return `${known} is recorded for ${request.environment} already`;
  return `${known} ${command === 'release' ? 'is released to' : 'is in'} ${request.environment} already`;
}

function stepLines(reports: readonly StepReport[], style: Style): string[] {
  const mark = {
    done: style.green(marks.done),
    present: style.dim(marks.present),
    planned: style.cyan(marks.waiting),
  } as const;
  return reports.map(
    ({ text, state }) =>
      `  ${mark[state]} ${printable(text, 1024)}${state === 'present' ? style.dim(thereAlready) : ''}`,
  );
}

/** Eleven lines: what is asked, what was found. */
function checklistLines(title: string, lines: readonly ChecklistLine[], style: Style): string[] {
  const width = Math.max(...lines.map((line) => line.title.length));
  return [
    style.bold(title),
    ...lines.map(({ title: asked, holds, detail }) => {
      const mark = holds === null ? style.dim('–') : holds ? style.green('✔') : style.red('✖');
      const cell = asked.padEnd(width);
      return `  ${mark} ${holds === null ? style.dim(cell) : cell}  ${style.dim(printable(detail))}`;
    }),
  ];
}
