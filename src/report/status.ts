import type { Drift, LayerStanding } from '../plan/drift.js';
import type { Orphan } from '../plan/orphans.js';
import type { Style } from '../ports.js';
import { printable } from './printable.js';

export interface StatusReport {
  environment: string;
  head: string;
  layers: (LayerStanding & { drift: Drift[] })[];
  orphans: Orphan[];
  /** The command line of an interrupted plan. */
  pending: string | null;
  notices: string[];
}

export function isSound({ layers, pending }: StatusReport): boolean {
  return pending === null && layers.every(({ drift }) => drift.length === 0);
}

/** The `--json` document of `status`; its schema is `schemas/status.schema.json`. */
export function statusDocument(report: StatusReport): object {
  const { environment, head, layers, orphans, pending, notices } = report;
  return {
    schema: 1,
    ok: isSound(report),
    environment,
    head,
    layers: layers.map(({ name, version, tagName, tag, recorded, key, object, published, drift }) => ({
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
    orphans,
    pending,
    notices,
  };
}

const headings = ['layer', 'VERSION', 'tag', 'manifest', 'object', 'layer version'];

export function statusText(report: StatusReport, style: Style): string {
  const { environment, head, layers, orphans, pending, notices } = report;
  const rows = layers.map(cells);
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const drifts = layers.flatMap(({ name, drift }) => drift.map((one) => ({ name, ...one })));
  return [
    style.dim(`environment ${environment}, commit ${head.slice(0, 12)}`),
    `  ${style.bold(line(headings))}`,
    ...rows.map((row, at) => `${mark(layers[at], style)} ${line(row)}`),
    '',
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

function verdict({ layers }: StatusReport): string {
  const waiting = layers.filter(({ recorded }) => recorded === null).map(({ name }) => name);
  const agree = waiting.length === layers.length ? 'nothing is recorded yet' : 'all agree';
  return waiting.length === 0 || waiting.length === layers.length
    ? agree
    : `${agree}; not released here: ${waiting.join(', ')}`;
}

function cells({ name, version, tag, recorded, object, published }: LayerStanding): string[] {
  return [
    name,
    version,
    tag === null ? '–' : `${tag.name} ${tag.commit.slice(0, 7)}`,
    recorded === null ? '–' : `${recorded.version} ${recorded.git_sha.slice(0, 7)}`,
    object === null ? '–' : `sha256 ${object.sha256.slice(0, 8)}`,
    published === null ? '–' : `:${published.version} ${published.sha256.slice(0, 8)}`,
  ].map((cell) => printable(cell));
}

function mark(layer: StatusReport['layers'][number] | undefined, style: Style): string {
  if (layer === undefined || layer.recorded === null) return style.dim('–');
  return layer.drift.length === 0 ? style.green('✔') : style.red('✖');
}
