import type { ArtefactEntry } from '../../ports.js';
import { byUtf8 } from '../order.js';

/**
 * Where the files of a wheel go: a path below the folder that is on Python's path, or null for what a layer does without.
 * What is dropped differs with the machine that builds (scripts and their shebang lines, bytecode, the installer's notes)
 * and serves nobody on Lambda. METADATA, entry points and licences stay: packages look themselves up there.
 */
export function placeInSite(path: string): string | null {
  const [, scheme, inside] = /^[^/]+\.data\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const isKept = scheme === undefined || kept.has(scheme);
  const place = isKept ? (inside ?? path) : null;
  return place === null || dropped.some((one) => one.test(place)) ? null : place;
}

/** Of the folders that a wheel has for other places; scripts and headers serve nobody there. */
const kept = new Set(['purelib', 'platlib', 'data']);

const dropped = [
  /(?:^|\/)__pycache__\//,
  /\.py[co]$/i,
  /^bin\//,
  /^[^/]+\.dist-info\/(?:RECORD|RECORD\.jws|RECORD\.p7s|INSTALLER|REQUESTED|direct_url\.json)$/,
];

/** The wheel's own folder of metadata, `PyYAML-6.0.3.dist-info`; null: it has none, or more than one. */
export function infoFolder(paths: readonly string[]): string | null {
  const folders = new Set(paths.flatMap((path) => /^([^/]+\.dist-info)\/METADATA$/.exec(path)?.[1] ?? []));
  return folders.size === 1 ? ([...folders][0] ?? null) : null;
}

/** RECORD anew, for what is there: sorted, so that it says the same whoever packs. `sha256` gives base64url. */
export function recordOf(
  files: readonly Pick<ArtefactEntry, 'path' | 'bytes'>[],
  folder: string,
  sha256: (bytes: Uint8Array) => string,
): string {
  const own = `${folder}/RECORD`;
  const lines = files
    .filter(({ path }) => path !== own)
    .map(({ path, bytes }): [string, string] => [path, `${cell(path)},sha256=${sha256(bytes)},${bytes.length}`]);
  lines.push([own, `${cell(own)},,`]);
  return lines
    .sort(([a], [b]) => byUtf8(a, b))
    .map(([, line]) => `${line}\n`)
    .join('');
}

function cell(path: string): string {
  return /[",]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path;
}
