import { type ExitCode, exitCodes, type Failure, failure } from '../errors.js';
import { type ArtefactReading, unzippedSize } from '../layer/inside/reading.js';
import { megabyte } from '../layer/limits.js';
import { printable } from '../layer/printable.js';
import type { ArtefactVerdict } from '../policy/judge-artefacts.js';
import type { Style } from '../ports.js';
import { artefactLines, refusalError, validationDocument } from './artefacts.js';
import { count } from './headline.js';

export interface ValidatedZip {
  reading: ArtefactReading;
  /** Null where it is larger than any zip may be. */
  sha256: string | null;
  /** One for each interpreter that was asked for; absent where none was. `modules` null: it is not here. */
  imports?: { runtime: string; modules: number | null; needs: string[] }[];
}

export interface ValidateReport {
  zips: ValidatedZip[];
  verdict: ArtefactVerdict;
  notices: string[];
}

export function exitOf(report: ValidateReport): ExitCode {
  if (report.verdict.broken.length > 0) return exitCodes.bug;
  if (!report.verdict.ok) return exitCodes.artefact;
  return untold(report)?.exit ?? exitCodes.ok;
}

/** An import that was asked for and could not be tried is no passed one. */
function untold({ zips }: ValidateReport): Failure | null {
  for (const { reading, imports = [] } of zips) {
    const missing = imports.find(({ modules }) => modules === null);
    if (missing === undefined) continue;
    const { runtime } = missing;
    return failure('interpreter-missing', { runtime, file: reading.file, version: runtime.replace('python', '') });
  }
  return null;
}

/** The `--json` document of `validate`; its schema is `schemas/validate.schema.json`. */
export function validateDocument(report: ValidateReport): object {
  const { zips, verdict, notices } = report;
  const error = verdict.ok ? untold(report) : refusalError(verdict);
  return {
    schema: 1,
    ok: error === null,
    ...(error !== null && { error: { code: error.code, message: error.message, hint: error.hint } }),
    artefacts: zips.map(({ reading, sha256, imports }) => ({
      file: reading.file,
      ok: !isRefused(reading, verdict),
      name: reading.name,
      version: reading.version,
      sha256,
      size_bytes: reading.size,
      unzipped_bytes: unzippedSize(reading),
      files: reading.files.length,
      imports: imports?.map(({ runtime, modules, needs }) => ({ runtime, modules, needs })) ?? null,
    })),
    ...validationDocument(verdict),
    notices,
  };
}

export function validateText(report: ValidateReport, style: Style): string {
  const { zips, verdict, notices } = report;
  const missing = verdict.ok ? untold(report) : null;
  return [
    ...table(zips, verdict, style),
    ...zips.flatMap((zip) => importLines(zip, style)),
    '',
    ...artefactLines(verdict, style),
    ...notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    ...(missing === null
      ? [summary(report, style)]
      : [`${style.red('✖')} ${printable(missing.message)}`, `  ${style.green('→')} ${printable(missing.hint)}`]),
    '',
  ].join('\n');
}

function summary({ zips, verdict }: ValidateReport, style: Style): string {
  const refused = zips.filter(({ reading }) => isRefused(reading, verdict)).length;
  if (verdict.broken.length > 0) return `${style.red('✖')} no verdict: a rule failed itself`;
  if (!verdict.ok) return `${style.red('✖')} ${refused} of ${count(zips.length, 'zip')} refused`;
  return `${style.green('✔')} ${zips.length === 1 ? 'fit for Lambda' : `all ${zips.length} fit for Lambda`}`;
}

const headings = ['zip', 'declared', 'zipped', 'unpacked', 'files'] as const;

/** One line a zip, under headings where there are several. */
function table(zips: readonly ValidatedZip[], verdict: ArtefactVerdict, style: Style): string[] {
  const rows = zips.map(({ reading }) => ({ cells: cells(reading), refused: isRefused(reading, verdict) }));
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...rows.map((row) => row.cells[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return [
    ...(zips.length > 1 ? [`  ${style.bold(line(headings))}`] : []),
    ...rows.map((row) => `${row.refused ? style.red('✖') : style.green('✔')} ${line(row.cells)}`),
  ];
}

function cells(reading: ArtefactReading): string[] {
  const { file, name, version, size, files } = reading;
  const inMB = (bytes: number) => `${(bytes / megabyte).toFixed(2)} MB`;
  const declared = [name ?? '–', version ?? ''].join(' ').trim();
  return [printable(file), printable(declared), inMB(size), inMB(unzippedSize(reading)), String(files.length)];
}

function importLines({ reading, imports = [] }: ValidatedZip, style: Style): string[] {
  return imports.flatMap(({ runtime, modules, needs }) => [
    modules === null
      ? style.yellow(`⚠ ${printable(reading.file)}: ${runtime} is not here`)
      : style.dim(`  ${printable(reading.file)}: ${count(modules, 'module')} tried with ${runtime}`),
    ...(needs.length === 0
      ? []
      : [style.dim(`    it needs ${printable(needs.join(', '))}, of the runtime or of layers that were not given`)]),
  ]);
}

function isRefused({ file }: ArtefactReading, { findings }: ArtefactVerdict): boolean {
  return findings.some((finding) => finding.file === file && finding.severity === 'error');
}
