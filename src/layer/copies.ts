import type { Entry, Oid } from '../ports/git.js';
import type { Declarations } from './declarations.js';
import { baseName, foldersAbove, managementFolder } from './names.js';

/** A folder that holds most of a layer's source a second time. */
export interface SourceCopy {
  folder: string;
  /** The layer, and where its source is. */
  layer: string;
  source: string;
  /** Of the source's different contents, so many are in the folder. */
  shared: number;
  all: number;
}

/** What is written there is no source, whatever it holds. */
const elsewhere = [`${managementFolder}/`, '.build/'];

/** Per cent of a source's contents; fewer of them is a resemblance. */
const enough = 60;

/** Everybody has this file. In both of git's hashes. */
const empty = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

interface Source {
  name: string;
  source: string;
  blobs: Set<Oid>;
  /** Their paths. */
  files: string[];
}

/**
 * Looks at names and object ids only, and at each entry once. A source most of whose contents are nowhere else costs
 * nothing more, however common its other files are. `entries` may leave out what holds no content of a source; `names`
 * tells the paths of all.
 */
export function findCopies(
  entries: readonly Entry[],
  policy: Declarations,
  names = () => new Set(entries.map(({ path }) => path)),
): SourceCopy[] {
  const { sources, places } = sortOut(entries, policy);
  const found = new Map<string, SourceCopy>();
  let paths: ReadonlySet<string> | null = null;
  for (const source of sources) {
    const all = source.blobs.size;
    const needed = Math.max(1, Math.ceil((all * enough) / 100));
    if ([...source.blobs].filter((oid) => places.has(oid)).length < needed) continue;
    paths ??= names();
    const counts = countByFolder(source, places);
    for (const lowest of lowestWith(counts, needed)) {
      const folder = highest(lowest, source, paths);
      const shared = counts.get(folder) ?? 0;
      const before = found.get(folder);
      if (before !== undefined && before.shared / before.all >= shared / all) continue;
      found.set(folder, { folder, layer: source.name, source: source.source, shared, all });
    }
  }
  return [...found.values()];
}

/** The sources of layers with what is in them, and where else in the tree the same contents are. */
function sortOut(entries: readonly Entry[], { layers, functions }: Declarations) {
  // In what is no folder, as requirements are, nothing is.
  const sources = Object.values(layers).map(
    ({ name, source }): Source => ({ name, source, blobs: new Set(), files: [] }),
  );
  const declared = new Map<string, Source[]>();
  for (const { source } of [...Object.values(layers), ...Object.values(functions)]) {
    declared.set(
      source,
      sources.filter((one) => one.source === source),
    );
  }
  const others: Entry[] = [];
  for (const entry of entries) {
    const around = foldersAbove(entry.path).filter((folder) => declared.has(folder));
    if (around.length === 0 && hasContent(entry)) others.push(entry);
    for (const one of around.flatMap((folder) => declared.get(folder) ?? [])) {
      one.files.push(entry.path);
      if (hasContent(entry)) one.blobs.add(entry.oid);
    }
  }
  const wanted = new Set(sources.flatMap(({ blobs }) => [...blobs]));
  const places = new Map<Oid, string[]>();
  for (const { path, oid } of others) {
    if (!wanted.has(oid) || elsewhere.some((folder) => path.startsWith(folder))) continue;
    const known = places.get(oid);
    if (known) known.push(path);
    else places.set(oid, [path]);
  }
  return { sources, places };
}

function hasContent({ mode, oid }: Entry): boolean {
  return mode.startsWith('100') && !empty.has(oid);
}

/** How many of the source's contents are below each folder that does not hold the source itself. */
function countByFolder({ source, blobs }: Source, places: ReadonlyMap<Oid, string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const oid of blobs) {
    const seen = new Set<string>();
    for (const path of places.get(oid) ?? []) {
      for (const folder of foldersAbove(path)) {
        if (seen.has(folder) || `${source}/`.startsWith(`${folder}/`)) break;
        seen.add(folder);
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** The folders with enough in them, none of whose own folders has. */
function lowestWith(counts: ReadonlyMap<string, number>, needed: number): string[] {
  const folders = [...counts].filter(([, count]) => count >= needed).map(([folder]) => folder);
  const above = new Set(folders.flatMap(foldersAbove));
  return folders.filter((folder) => !above.has(folder));
}

/** From a part of a copy to the whole: up as long as the folder is called like one of the source's, and has its neighbours. */
function highest(folder: string, source: Source, paths: ReadonlySet<string>): string {
  const [parent] = foldersAbove(folder);
  if (parent === undefined || `${source.source}/`.startsWith(`${parent}/`)) return folder;
  const parts = new Set(source.files.flatMap(foldersAbove).filter((part) => baseName(part) === baseName(folder)));
  const isPart = [...parts].some((part) => {
    const level = part.slice(0, -baseName(part).length);
    return source.files.some(
      (file) =>
        file.startsWith(level) && !file.startsWith(`${part}/`) && paths.has(`${parent}/${file.slice(level.length)}`),
    );
  });
  return isPart ? highest(parent, source, paths) : folder;
}
