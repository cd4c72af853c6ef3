import { blobUpTo } from '../../../layer/blob.js';
import type { Entry, Git, Tree } from '../../../ports.js';
import { guardedFolders, guardedNames, runsChecks, scriptNames } from '../guarded.js';
import { type Files, pathsIn } from './calls.js';

/** Scripts that call scripts; nobody nests them deeper. */
const rounds = 3;
/** More than any CI file names. */
const mostNamed = 200;

/** Texts of all files of a tree that say what CI and hooks run: their own, and what they name by its path. */
export async function filesThatRun(git: Git, tree: Tree): Promise<Files> {
  const folders = await Promise.all(guardedFolders.map((folder) => tree.list(folder)));
  const named = await present(tree, [...guardedNames, ...scriptNames]);
  let entries = [...named, ...folders.flat().filter(({ path, mode }) => runsChecks(path) && isFile(mode))];
  const files = new Map<string, string>();
  for (let round = 0; round <= rounds; round++) {
    const texts = await Promise.all(entries.map(async (entry) => [entry.path, await textOf(git, entry)] as const));
    for (const [path, text] of texts) files.set(path, text);
    const paths = new Set(texts.flatMap(([, text]) => pathsIn(text)).filter((path) => !files.has(path)));
    entries = await present(tree, [...paths].slice(0, mostNamed));
  }
  return files;
}

export async function present(tree: Tree, files: readonly string[]): Promise<Entry[]> {
  const entries = await Promise.all(files.map((file) => tree.entry(file)));
  return entries.filter((entry) => entry !== null).filter(({ mode }) => isFile(mode));
}

function isFile(mode: string): boolean {
  return mode.startsWith('100');
}

/** What is too long to be read has nothing in it that is understood. */
export async function textOf(git: Git, { oid }: Entry): Promise<string> {
  return new TextDecoder().decode((await blobUpTo(git, oid, 1024 * 1024)) ?? new Uint8Array());
}
