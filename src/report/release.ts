import type { Released } from '../plan/after.js';
import type { ChecklistLine } from '../plan/checklist.js';
import type { StepReport } from '../plan/execute.js';
import { commandLine, type Plan } from '../plan/plan.js';
import type { ReleaseState } from '../plan/state.js';
import type { Style } from '../ports.js';
import { printable } from './printable.js';

export interface ReleaseReport {
  plan: Plan;
  state: ReleaseState;
  notices: string[];
  reports: StepReport[];
  released: Released[];
  dryRun?: boolean;
  resumed?: boolean;
  /** Where the plan was saved. */
  file?: string;
}

/** The `--json` document of `release` and `resume`; its schema is `schemas/release.schema.json`. */
export function releaseDocument({ plan, notices, reports, released, dryRun, resumed }: ReleaseReport): object {
  const recorded = reports.find(({ step }) => step.kind === 'record')?.receipt?.commit ?? null;
  return {
    schema: 1,
    ok: true,
    command: 'release',
    environment: plan.request.environment,
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

export function releaseText(report: ReleaseReport, style: Style): string {
  const { plan, state, notices, reports, released, dryRun, resumed, file } = report;
  const noted = notices.map((notice) => style.dim(`ℹ ${printable(notice)}`));
  if (reports.every((one) => one.state === 'present') && !resumed) {
    const known = state.layers.map(({ artefact }) => `${artefact.name} ${artefact.version}`).join(', ') || 'no layer';
    return [
      ...noted,
      `${style.green('✔')} Nothing to do: ${known} is released to ${plan.request.environment} already.`,
      '',
    ].join('\n');
  }
  const what = [...new Set(state.layers.map(({ artefact }) => artefact.name))].length;
  const title = dryRun
    ? 'Would do'
    : resumed
      ? 'Went on with an interrupted release'
      : `Released from commit ${plan.commit.slice(0, 12)}`;
  return [
    ...noted,
    `${style.bold(title)}${style.dim(`  (${what} ${what === 1 ? 'layer' : 'layers'} looked at, environment ${plan.request.environment})`)}`,
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
              ? `Nothing was written. Do it: layer-policy ${commandLine(plan.request)}`
              : `Saved. Run it: layer-policy release --plan ${file}`,
          ),
        ]
      : []),
    ...rehearsalHint(report, style),
    '',
  ].join('\n');
}

function rehearsalHint({ plan, dryRun }: ReleaseReport, style: Style): string[] {
  if (dryRun || plan.request.record) return [];
  return [
    '',
    style.dim(
      `A rehearsal: layer_management/ is as it was. For good: layer-policy ${commandLine({ ...plan.request, record: true })}`,
    ),
  ];
}

const marks = { done: '✔', present: '=', planned: '○' } as const;
const notes = { done: '', present: '  (is there already)', planned: '' } as const;

function stepLines(reports: readonly StepReport[], style: Style): string[] {
  const paint = { done: style.green, present: style.dim, planned: style.cyan } as const;
  return reports.map(
    ({ text, state }) => `  ${paint[state](marks[state])} ${printable(text, 1024)}${style.dim(notes[state])}`,
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
