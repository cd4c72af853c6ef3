import type { ApiChange } from '../layer/compare/api-changes.js';
import type { Comparison } from '../layer/compare/comparison.js';
import type { PackageChange } from '../layer/compare/distributions.js';
import type { Weight } from '../layer/compare/package-sizes.js';
import type { Side, SideFile } from '../layer/compare/side.js';
import { sizeTree } from '../layer/compare/size-tree.js';
import { printable } from '../layer/printable.js';
import type { Style } from '../ports.js';
import { bytes, difference } from './bytes.js';
import { count } from './headline.js';
import { sizeTreeLines } from './size-tree.js';

export interface CompareReport {
  comparison: Comparison;
  notices: string[];
}

/** The `--json` document of `compare`; its schema is `schemas/compare.schema.json`. */
export function compareDocument({ comparison, notices }: CompareReport): object {
  const { before, after, files, packages, api, unread, hint, sizes } = comparison;
  return {
    schema: 1,
    ok: true,
    same: before.contentDigest === after.contentDigest,
    before: sideDocument(before),
    after: sideDocument(after),
    files: {
      added: files.added.map(fileDocument),
      removed: files.removed.map(fileDocument),
      changed: files.changed.map((change) => {
        const { path, ...now } = fileDocument(change.after);
        const { path: _path, ...was } = fileDocument(change.before);
        return { path, before: was, after: now };
      }),
      unchanged: files.unchanged,
    },
    packages,
    python: { ...api, unread, hint },
    sizes: sizes.map((one) => ({ name: one.name, before: weight(one.before), after: weight(one.after) })),
    notices,
  };
}

function sideDocument(side: Side) {
  const { file, sha256, contentDigest, size, files } = side;
  const unpacked = unzipped(side);
  return {
    file,
    sha256,
    content_digest: contentDigest,
    size_bytes: size,
    unzipped_bytes: unpacked,
    files: files.length,
  };
}

function fileDocument({ path, mode, size, compressed, sha256 }: SideFile) {
  return { path, mode: `0${mode.toString(8)}`, size_bytes: size, compressed_bytes: compressed, sha256 };
}

function weight(one: Weight | null) {
  return one && { files: one.files, size_bytes: one.size, compressed_bytes: one.compressed };
}

function unzipped({ files }: Side): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

export function compareText({ comparison, notices }: CompareReport, style: Style): string {
  const { before, after } = comparison;
  const isSame = before.contentDigest === after.contentDigest;
  const noted = notices.map((notice) => style.dim(`ℹ ${printable(notice)}`));
  return [
    `${style.bold(printable(before.file))} → ${style.bold(printable(after.file))}`,
    ...headLines(comparison, style),
    ...(isSame
      ? []
      : [...fileLines(comparison, style), ...packageLines(comparison, style), ...apiLines(comparison, style)]),
    '',
    style.bold('Where the bytes are, unpacked'),
    ...sizeTreeLines(sizeTree(before, after), style),
    ...(noted.length === 0 ? [] : ['', ...noted]),
    '',
    conclusion(comparison, style),
    '',
  ].join('\n');
}

function headLines({ before, after }: Comparison, style: Style): string[] {
  const row = (title: string, was: number, is: number) => {
    const change = difference(was, is);
    return `  ${title.padEnd(8)}  ${was === is ? bytes(is) : `${bytes(was)} → ${bytes(is)}`}${change && style.dim(`  ${change}`)}`;
  };
  return [row('zipped', before.size, after.size), row('unpacked', unzipped(before), unzipped(after))];
}

/** Of one list; all of it is in the document. */
const most = 12;

/** Each list is cut by itself, so that none hides another. */
function section(title: string, lists: readonly (readonly string[])[], style: Style): string[] {
  const lines = lists.flatMap((list) => [
    ...list.slice(0, most),
    ...(list.length > most ? [style.dim(`    … and ${list.length - most} more; all of them: --json`)] : []),
  ]);
  return lines.length === 0 ? [] : ['', style.bold(title), ...lines];
}

function fileLines({ files: { added, removed, changed, unchanged } }: Comparison, style: Style): string[] {
  const line = (mark: string, path: string, note: string) =>
    `  ${mark} ${printable(path)}${note && style.dim(`  ${note}`)}`;
  const mode = ({ before, after }: Changed) =>
    before.mode === after.mode ? '' : `0${before.mode.toString(8)} → 0${after.mode.toString(8)} `;
  return section(
    `Files: ${removed.length} gone, ${added.length} added, ${changed.length} changed, ${unchanged} the same`,
    [
      removed.map(({ path, size }) => line(style.red('−'), path, bytes(size))),
      added.map(({ path, size }) => line(style.green('+'), path, bytes(size))),
      [...changed].sort(mostFirst).map((change) => {
        const { before, after } = change;
        return line(style.yellow('~'), after.path, `${mode(change)}${difference(before.size, after.size)}`);
      }),
    ],
    style,
  );
}

type Changed = Comparison['files']['changed'][number];
const grown = ({ before, after }: Changed) => Math.abs(after.size - before.size);
const mostFirst = (a: Changed, b: Changed) => grown(b) - grown(a);

function packageLines({ packages }: Comparison, style: Style): string[] {
  const changed = packages.filter(({ before, after }) => before !== after);
  const line = ({ name, before, after }: PackageChange) => {
    if (before === null) return `  ${style.green('+')} ${printable(name)} ${printable(after ?? '')}`;
    if (after === null) return `  ${style.red('−')} ${printable(name)} ${printable(before)}`;
    return `  ${style.yellow('~')} ${printable(name)} ${printable(before)} → ${printable(after)}`;
  };
  const title = `Packages: ${changed.length} changed, ${packages.length - changed.length} the same`;
  return section(title, [changed.map(line)], style);
}

function apiLines({ api: { gone, added }, unread }: Comparison, style: Style): string[] {
  const line = (mark: string, { module, name, runtimes }: ApiChange) =>
    `  ${mark} ${printable(name === null ? module : `${module}.${name}`)}${runtimes.length === 0 ? '' : style.dim(`  (${runtimes.join(', ')})`)}`;
  return section(
    `What can be imported: ${gone.length} gone, ${added.length} added`,
    [
      gone.map((one) => line(style.red('−'), one)),
      added.map((one) => line(style.green('+'), one)),
      unread.map((path) => `  ${style.yellow('?')} ${printable(path)}${style.dim('  its names could not be read')}`),
    ],
    style,
  );
}

function conclusion({ before, after, hint, api: { gone, added } }: Comparison, style: Style): string {
  if (before.sha256 === after.sha256) return `${style.green('=')} The same zip, byte for byte`;
  if (hint === null) {
    return `${style.green('=')} The same content, packed in another way (content digest ${after.contentDigest.slice(0, 16)}…)`;
  }
  const why = {
    major: `${count(gone.length, 'public name')} gone`,
    minor: `${count(added.length, 'public name')} added, none gone`,
    patch: 'the same public names',
  };
  return `${style.cyan('→')} By its public names this is a ${style.bold(hint)} change: ${why[hint]}`;
}
