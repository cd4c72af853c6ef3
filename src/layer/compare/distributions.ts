import { byUtf8 } from '../order.js';
import { distributionName } from '../python-modules.js';
import { utf8 } from './utf8.js';

/** A package that pip put into the zip, by what lies in its `dist-info`. */
export interface Distribution {
  /** The folder, from the root of the zip. */
  folder: string;
  /** As it writes itself. */
  name: string;
  version: string;
  /** Folders and files of the folder above that are its own, by RECORD. */
  owns: readonly string[];
}

export type Metadata = Pick<Distribution, 'name' | 'version'>;

const metadataFile = /(?:^|\/)[^/]+\.(?:dist-info\/METADATA|egg-info\/PKG-INFO)$/;
const recordFile = /(?:^|\/)[^/]+\.dist-info\/RECORD$/;
const metadataFolder = /^((?:.*\/)?([^/-]+)-([^/-]+)(?:-[^/]*)?\.(?:dist-info|egg-info))\//;

export const isMetadata = (path: string) => metadataFile.test(path);
export const isRecord = (path: string) => recordFile.test(path);

/** The headers of a METADATA file; what they say is printed, so it is escaped by whoever prints. */
export function readMetadata(text: string): Metadata | null {
  const [headers = ''] = text.slice(0, 65_536).split(/\r?\n\r?\n/, 1);
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*([^\\r\\n]{1,100}?)[ \\t]*$`, 'im').exec(headers)?.[1];
  const [name, version] = [field('Name'), field('Version')];
  return name === undefined || version === undefined ? null : { name: utf8(name), version: utf8(version) };
}

/** First parts of the paths in a RECORD, at most so many. */
export function readRecord(text: string, most: number): string[] {
  const tops = new Set<string>();
  for (const [, top = ''] of text.slice(0, 4_000_000).matchAll(/^"?([^/,"\r\n]+)[/,"]/gm)) {
    if (tops.size >= most) break;
    if (top !== '..' && !/\.(?:dist|egg)-info$/.test(top)) tops.add(utf8(top));
  }
  return [...tops];
}

/** One for each metadata folder; without METADATA the folder's own name has to do. */
export function distributionsOf(
  paths: readonly string[],
  metadata: ReadonlyMap<string, Metadata>,
  records: ReadonlyMap<string, readonly string[]>,
): Distribution[] {
  const found = new Map<string, Distribution>();
  for (const path of paths) {
    const [, folder = '', name = '', version = ''] = metadataFolder.exec(path) ?? [];
    if (folder === '' || found.has(folder)) continue;
    const told = metadata.get(`${folder}/METADATA`) ?? metadata.get(`${folder}/PKG-INFO`);
    found.set(folder, { folder, name, version, ...told, owns: records.get(`${folder}/RECORD`) ?? [] });
  }
  return [...found.values()];
}

export interface PackageChange {
  name: string;
  /** Several where one zip serves several Pythons: `6.0.1, 6.0.2`. Null: it is not there. */
  before: string | null;
  after: string | null;
}

/** Every package of either side, sorted by name. */
export function packageChanges(before: readonly Distribution[], after: readonly Distribution[]): PackageChange[] {
  const [old, now] = [versions(before), versions(after)];
  const names = new Map([...before, ...after].map(({ name }) => [distributionName(name), name]));
  return [...names]
    .sort(([a], [b]) => byUtf8(a, b))
    .map(([key, name]) => ({ name, before: old.get(key) ?? null, after: now.get(key) ?? null }));
}

function versions(distributions: readonly Distribution[]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { name, version } of distributions) {
    const key = distributionName(name);
    found.set(key, (found.get(key) ?? new Set()).add(version));
  }
  return new Map([...found].map(([key, set]) => [key, [...set].sort().join(', ')]));
}
