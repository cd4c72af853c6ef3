/**
 * Which paths an artefact may hold: those that every unpacker, on every system, writes to the same place. Used for what
 * goes into a zip and for what comes out of one.
 */

/** Bytes of UTF-8. */
export const pathLimit = 1024;

const plain = /^[ -~]*$/;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const relative = /(?:^|\/)\.{0,2}(?:\/|$)/;
const trimmed = /[. ](?:\/|$)/;
const device = /(?:^|\/)(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:[./]|$)/i;
const encoder = new TextEncoder();

/** What is wrong with a path (without its trailing slash, for a folder); null when nothing is. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'an empty name';
  if (path.startsWith('/')) return 'an absolute path';
  // Compiling Unicode's classes takes a hook a tenth of its time, so only names that need them pay.
  if (!plain.test(path) && invisible.test(path)) return 'a control or invisible character in a name';
  if (path.includes('\\')) return 'a backslash in a name';
  if (path.includes(':')) return 'a colon in a name';
  if (relative.test(path)) return `an empty, '.' or '..' part in a path`;
  if (trimmed.test(path)) return 'a name that ends in a dot or a blank';
  if (device.test(path)) return 'a name that Windows reads as a device';
  return isLong(path) ? `a path of more than ${pathLimit} bytes` : null;
}

/** No character takes more than three bytes for each unit of its length, so hardly a path has to be encoded. */
function isLong(path: string): boolean {
  return path.length * 3 > pathLimit && encoder.encode(path).length > pathLimit;
}

/**
 * Watches the paths of one artefact for pairs that some system takes for the same one: letters that differ in case or in
 * Unicode form only, the same path twice, a file where another path needs a folder. Of folders it remembers at most so
 * many: `tooMany` hears it, once, and from then on files alone are watched.
 */
export function watchCollisions(
  mostFolders = Number.POSITIVE_INFINITY,
  tooMany: () => void = () => {},
): (path: string, kind: 'file' | 'folder') => string | null {
  /** By what systems take for the same. */
  const seen = new Map<string, { path: string; kind: 'file' | 'folder' }>();
  const folders = new Set<string>();
  let isFull = false;

  function place(path: string, kind: 'file' | 'folder'): string | null {
    const key = fold(path);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, { path, kind });
      return null;
    }
    return kind === 'folder' && before.kind === 'folder' && before.path === path ? null : before.path;
  }

  /** The path it collides with, or null. A folder may be named again; it is there already when a file is in it. */
  return (path, kind) => {
    // Where a folder is known, those above it are: nobody pays for depth twice.
    const fresh: string[] = [];
    for (let folder = above(path); folder !== '' && !folders.has(folder); folder = above(folder)) fresh.push(folder);
    if (folders.size + fresh.length > mostFolders) {
      if (!isFull) tooMany();
      isFull = true;
      return place(path, kind);
    }
    for (const folder of fresh.reverse()) {
      const other = place(folder, 'folder');
      if (other !== null) return other;
      folders.add(folder);
    }
    return place(path, kind);
  };
}

function above(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function fold(path: string): string {
  if (plain.test(path)) return path.toLowerCase();
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
