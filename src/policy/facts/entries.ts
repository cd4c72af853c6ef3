import type { Entry, Tree } from '../../ports.js';

/** The entries below a folder. To list all of an index would start a process, so its folders are read one by one. */
export async function entriesIn(tree: Tree, folder: string): Promise<Entry[]> {
  if (folder !== '' || tree.commit !== null) return tree.list(folder);
  const names = await tree.names('');
  const parts = await Promise.all(names.map(async (name) => (await tree.entry(name)) ?? tree.list(name)));
  return parts.flat();
}
