import type { ManifestEnvironment } from '../layer/manifest.js';
import { printable } from '../layer/printable.js';
import type { Drift, LayerStanding } from '../plan/drift.js';
import type { FunctionDrift, FunctionStanding } from '../plan/function-standing.js';
import type { Orphan } from '../plan/orphans.js';
import type { Style } from '../ports.js';

export interface StatusReport {
  environment: string;
  head: string;
  layers: (LayerStanding & { target: string; drift: Drift[] })[];
  functions: (FunctionStanding & { target: string; drift: FunctionDrift[] })[];
  orphans: Orphan[];
  /** The command line of an interrupted plan. */
  pending: string | null;
  notices: string[];
}

export function isSound({ layers, functions, pending }: StatusReport): boolean {
  return pending === null && [...layers, ...functions].every(({ drift }) => drift.length === 0);
}

/** The `--json` document of `status`; its schema is `schemas/status.schema.json`. */
export function statusDocument(report: StatusReport): object {
  const { environment, head, layers, functions, orphans, pending, notices } = report;
  return {
    schema: 1,
    ok: isSound(report),
    environment,
    head,
    layers: layers.map(({ target, name, version, tagName, tag, recorded, key, object, published, drift }) => ({
      ...(target !== environment && { target }),
      name,
      version,
      tag: { name: tagName, commit: tag?.commit ?? null },
      manifest: recorded && {
        version: recorded.version,
        git_sha: recorded.git_sha,
        sha256: recorded.sha256,
        arn: recorded.arn,
      },
      object: { key, sha256: object?.sha256 ?? null },
      published: published && { number: published.version, arn: published.arn, sha256: published.sha256 },
      drift,
    })),
    functions: functions.map(({ target, name, functionName, version, recorded, state, drift }) => ({
      ...(target !== environment && { target }),
      name,
      functionName,
      version,
      manifest: recorded && { version: recorded.version, git_sha: recorded.git_sha, sha256: recorded.sha256 },
      runs: state && { sha256: state.codeSha256, layers: state.layers },
      drift,
    })),
    orphans,
    pending,
    notices,
  };
}

const headings = ['layer', 'VERSION', 'tag', 'manifest', 'object', 'layer version'];
const functionHeadings = ['function', 'VERSION', 'manifest', 'code', 'layers'];

export function statusText(report: StatusReport, style: Style): string {
  const { environment, head, layers, functions, orphans, pending, notices } = report;
  const called = ({ target, name }: { target: string; name: string }) =>
    target === environment ? name : `${name} in ${target}`;
  const drifts = [...layers, ...functions].flatMap((one) => one.drift.map((each) => ({ name: called(one), ...each })));
  const marks = (of: StatusReport['layers'] | StatusReport['functions']) => of.map((one) => mark(one, style));
  return [
    style.dim(`environment ${environment}, commit ${head.slice(0, 12)}`),
    ...table(
      headings,
      layers.map((one) => [called(one), ...cells(one)]),
      marks(layers),
      style,
    ),
    '',
    ...(functions.length === 0
      ? []
      : [
          ...table(
            functionHeadings,
            functions.map((one) => [called(one), ...functionCells(one)]),
            marks(functions),
            style,
          ),
          '',
        ]),
    ...drifts.flatMap(({ name, problem, mend }) => [
      `${style.red('✖')} ${style.bold(name)}: ${printable(problem)}`,
      `  ${style.green('→')} ${printable(mend, 1024)}`,
    ]),
    ...(pending === null
      ? []
      : [`${style.red('✖')} interrupted: ${printable(pending)}`, `  ${style.green('→')} layer-policy resume`]),
    ...orphans.map(({ arn, name, version }) =>
      style.dim(`ℹ ${printable(arn)} (${name} ${version}) is published, and no manifest names it`),
    ),
    ...notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    isSound(report)
      ? `${style.green('✔')} ${verdict(report)}`
      : `${style.red('✖')} ${drifts.length + (pending === null ? 0 : 1)} to mend`,
    '',
  ].join('\n');
}

function table(headings: readonly string[], rows: string[][], marks: string[], style: Style): string[] {
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [`  ${style.bold(line(headings))}`, ...rows.map((row, at) => `${marks[at]} ${line(row)}`)];
}

function verdict({ layers }: StatusReport): string {
  const waiting = layers.filter(({ recorded }) => recorded === null);
  const agree = waiting.length === layers.length ? 'nothing is recorded yet' : 'all agree';
  const names = new Set(waiting.map(({ name }) => name));
  return waiting.length === 0 || waiting.length === layers.length
    ? agree
    : `${agree}; not released here: ${[...names].join(', ')}`;
}

function cells({ version, tag, recorded, object, published }: LayerStanding): string[] {
  return [
    version,
    tag === null ? '–' : `${tag.name} ${tag.commit.slice(0, 7)}`,
    recorded === null ? '–' : recordedCell(recorded),
    object === null ? '–' : `sha256 ${object.sha256.slice(0, 8)}`,
    published === null ? '–' : `:${published.version} ${published.sha256.slice(0, 8)}`,
  ].map((cell) => printable(cell));
}

function recordedCell({ version, git_sha }: ManifestEnvironment): string {
  return `${version} ${git_sha?.slice(0, 7) ?? 'no commit'}`;
}

function functionCells({ version, recorded, state }: FunctionStanding): string[] {
  return [
    version,
    recorded === null ? '–' : recordedCell(recorded),
    state === null ? '–' : `sha256 ${state.codeSha256.slice(0, 8)}`,
    state === null ? '–' : state.layers.map((arn) => arn.split(':').slice(-2).join(':')).join(', '),
  ].map((cell) => printable(cell));
}

function mark({ recorded, drift }: { recorded: unknown; drift: readonly unknown[] }, style: Style): string {
  if (drift.length > 0) return style.red('✖');
  return recorded === null ? style.dim('–') : style.green('✔');
}
