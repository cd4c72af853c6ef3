import { folderType, regularFile, unix } from './format.js';
import type { Say } from './say.js';

/** How that is said; who gives the files modes of their own may let it pass. */
export const unreadable = 'not everybody may read it';

/**
 * Of the directory's record at `at`; `path` ends in a slash for a folder. Lambda runs as another user: what not everybody
 * may read is not there.
 */
export function readMode(view: DataView, at: number, path: string, say: Say): 0o644 | 0o755 {
  const isFolder = path.endsWith('/');
  const attributes = view.getUint32(at + 38, true);
  const mode = attributes >>> 16;
  if (view.getUint8(at + 5) !== unix) {
    say('mode', path, 'it has no Unix permissions (zipped on Windows?)', 'windows-modes');
    // Unpackers of Unix obey these bits all the same, where there are any.
    if (mode === 0) return 0o644;
  }
  const type = mode & 0o170000;
  if (type !== 0 && type !== (isFolder ? folderType : regularFile)) {
    say('mode', path, 'neither a plain file nor a folder (a link, a device, …)');
  }
  if (!isFolder && attributes & 0x10) say('mode', path, 'a file that is also marked as a folder');
  if (mode & 0o7000) say('mode', path, 'it has a setuid, setgid or sticky bit');
  const needed = isFolder ? 0o555 : 0o444;
  if ((mode & needed) !== needed) say('mode', path, `${unreadable} (mode ${(mode & 0o777).toString(8)})`);
  return mode & 0o111 ? 0o755 : 0o644;
}
