import { isVersion, type Version } from './version.js';

/** `{name}-{MAJOR.MINOR.PATCH}.zip` */
export function artefactFile(name: string, version: Version): string {
  return `${name}-${version}.zip`;
}

/** The declared name and version in a zip's file name; null when it is not named as the policy wants. */
export function parseArtefactFile(
  file: string,
  declared: readonly string[],
): { name: string; version: Version } | null {
  for (const name of declared) {
    if (!file.startsWith(`${name}-`) || !file.endsWith('.zip')) continue;
    const version = file.slice(name.length + 1, -'.zip'.length);
    if (isVersion(version)) return { name, version };
  }
  return null;
}

/** Fills `{name}`, `{version}` and `{env}` of a template. */
export function expand(template: string, fields: { name?: string; version?: string; env?: string }): string {
  return template.replace(/\{(name|version|env)\}/g, (whole, key: keyof typeof fields) => fields[key] ?? whole);
}

/** The key of a layer's zip in the bucket of an environment. */
export function layerKey(name: string, version: Version): string {
  return `layers/${artefactFile(name, version)}`;
}

export const managementFolder = 'layer_management';
export const activeFolder = `${managementFolder}/active`;
export const manifestPath = (layer: string) => `${activeFolder}/${layer}/manifest.json`;
/** The layer whose manifest a path is; null for any other path. */
export const manifestLayer = (path: string) =>
  /^layer_management\/active\/([^/]+)\/manifest\.json$/.exec(path)?.[1] ?? null;
export const readmePath = (layer: string) => `${activeFolder}/${layer}/README.md`;
export const archivePath = (month: string, file: string) => `${managementFolder}/archive/${month}/${file}`;

/** The folders a path lies in, the nearest first, without the root: `a/b/c` → `a/b`, `a`. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.push(path.slice(0, at));
  return folders;
}

/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The name nearest to a mistyped one; null where none is near. */
export function nearest(name: string, among: readonly string[]): string | null {
  // Nobody mistypes that much, and every candidate costs its length.
  if (name.length > 100) return null;
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of among) {
    // Half a name is meant for the whole: `warn`.
    const isBeginning = name.length > 2 && candidate.startsWith(name);
    const distance = isBeginning ? 1 : editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(name: string, among: readonly string[]): string {
  const near = nearest(name, among);
  return near === null ? '' : `; did you mean "${near}"?`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
