import { parseDescription } from '../layer/description.js';
import { printable } from '../layer/printable.js';
import type { JudgedVersion } from '../plan/unused.js';
import type { Style } from '../ports.js';
import { bytes } from './bytes.js';

export interface GcReport {
  environment: string;
  layers: { target: string; name: string; layerName: string; versions: JudgedVersion[] }[];
  /** Whether what nothing keeps was deleted. */
  deleted: boolean;
  notices: string[];
}

export const unusedIn = ({ layers }: GcReport): (JudgedVersion & { target: string })[] =>
  layers.flatMap(({ target, versions }) =>
    versions.flatMap((one) => (one.keptBy.length === 0 ? [{ ...one, target }] : [])),
  );

const sizeOf = (versions: readonly JudgedVersion[]) => versions.reduce((sum, { size }) => sum + size, 0);

/** The `--json` document of `gc`; its schema is `schemas/gc.schema.json`. */
export function gcDocument(report: GcReport): object {
  const { environment, layers, deleted, notices } = report;
  const unused = unusedIn(report);
  return {
    schema: 1,
    ok: true,
    environment,
    deleted,
    unused: unused.length,
    bytes: sizeOf(unused),
    layers: layers.map(({ target, name, layerName, versions }) => ({
      ...(target !== environment && { target }),
      name,
      layerName,
      versions: versions.map(({ version: number, arn, description, sha256, size, createdAt, keptBy }) => {
        const version = parseDescription(description)?.version ?? null;
        return { number, arn, version, sha256, size, createdAt, keptBy };
      }),
    })),
    notices,
  };
}

export function gcText(report: GcReport, style: Style): string {
  const { environment, layers, deleted, notices } = report;
  const unused = unusedIn(report);
  const word = deleted ? style.green('deleted') : style.yellow('unused');
  const lines = layers.flatMap(({ target, name, versions }) => [
    style.bold(`${name}  `) + style.dim(`${versions.length} in ${target}`),
    ...versions.map(({ version: number, description, size, createdAt, keptBy }) => {
      const version = parseDescription(description)?.version ?? printable(description || 'no description', 40);
      const why = keptBy.length === 0 ? word : style.dim(`kept: ${printable(shortly(keptBy), 200)}`);
      return `  :${String(number).padEnd(5)} ${version.padEnd(12)} ${bytes(size).padStart(9)}  ${createdAt.slice(0, 10)}  ${why}`;
    }),
  ]);
  const total = `${unused.length} layer version${unused.length === 1 ? '' : 's'}, ${bytes(sizeOf(unused))}`;
  const last =
    unused.length === 0
      ? `${style.green('✔')} Nothing to delete: everything is referenced.`
      : deleted
        ? `${style.green('✔')} Deleted ${total}.`
        : `${total} unused. Delete: layer-policy gc --env ${environment} --delete   (git fetch first: records that this clone does not have keep nothing)`;
  return [...notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)), ...lines, '', last, ''].join('\n');
}

/** Two reasons are enough for a line. */
function shortly(reasons: readonly string[]): string {
  const more = reasons.length > 2 ? [`${reasons.length - 2} more`] : [];
  return [...reasons.slice(0, 2), ...more].join(', ');
}
