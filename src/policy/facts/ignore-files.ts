import { blobUpTo } from '../../layer/blob.js';
import type { IgnoreFile } from '../../layer/gitignore.js';
import type { Look } from '../subject.js';

/** Those that can say something of what lies below `.build/`; the root's says it of all else, too. */
const folders = ['', '.build'];

const pathIn = (folder: string) => (folder === '' ? '.gitignore' : `${folder}/.gitignore`);

/** Beyond this nobody has written it, and it is read as empty. */
const limit = 1024 * 1024;

export const isIgnoreFile = (path: string) => folders.some((folder) => pathIn(folder) === path);

/** The tree's own: what one clone ignores in its private settings protects nobody else. */
export function ignoreFilesOf({ git, subject: { tree } }: Look): Promise<IgnoreFile[]> {
  return Promise.all(
    folders.map(async (folder) => {
      const entry = await tree.entry(pathIn(folder));
      const bytes = entry?.mode.startsWith('100') ? await blobUpTo(git, entry.oid, limit) : null;
      return { folder, text: new TextDecoder().decode(bytes ?? new Uint8Array()) };
    }),
  );
}
