import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, realpath, rename, rm, stat, unlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { failure } from '../errors.js';
import type { Files } from '../ports.js';
import { readRegular } from './read-regular.js';

/** Real files. A reader sees the old content or the new one, whole, whatever moment the machine stops at. */
export const files: Files = {
  async read(path) {
    return guarded(path, async () => {
      const found = await readRegular(path, Number.POSITIVE_INFINITY).catch(missing);
      if (found === null) return null;
      if ('problem' in found) throw unfit(path, found.problem);
      return found.bytes;
    });
  },
  async write(path, bytes, mode = 0o644) {
    await guarded(path, async () => {
      const temporary = await writeBeside(path, bytes, mode);
      try {
        await rename(temporary, path);
      } catch (error) {
        await unlink(temporary);
        throw error;
      }
      await syncFolder(dirname(path));
    });
  },
  async create(path, bytes, mode = 0o644) {
    return guarded(path, () => linkNew(path, bytes, mode, 1));
  },
  async append(path, bytes) {
    await guarded(path, async () => {
      await makeFolder(dirname(path));
      const file = await open(path, 'a', 0o644);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(dirname(path));
    });
  },
  async list(path) {
    return guarded(path, async () => ((await readdir(path).catch(missing)) ?? []).sort());
  },
  async exists(path) {
    return guarded(path, async () => (await lstat(path).catch(missing)) !== null);
  },
  async look(path) {
    return guarded(path, async () => {
      const own = await lstat(path).catch(missing);
      if (own === null) return null;
      const target = own.isSymbolicLink() ? await stat(path).catch(missing) : own;
      const kind = own.isSymbolicLink() ? 'link' : own.isFile() ? 'file' : own.isDirectory() ? 'folder' : 'other';
      return { kind, mode: (target?.mode ?? 0) & 0o777 };
    });
  },
  async move(from, to) {
    return guarded(from, async () => {
      if ((await lstat(to).catch(missing)) !== null) return false;
      await rename(from, to);
      await syncFolder(dirname(to));
      return true;
    });
  },
  async real(path) {
    return guarded(path, () => realpath(path).catch(missing));
  },
  async remove(path) {
    await guarded(path, () => rm(path, { recursive: true, force: true }));
  },
  async sweep(folder) {
    for (const name of await files.list(folder)) if (leftover.test(name)) await files.remove(join(folder, name));
  },
};

/** A hard link never replaces, so of two writers one wins, and with whole content. */
async function linkNew(path: string, bytes: Uint8Array, mode: number, retries: number): Promise<boolean> {
  const temporary = await writeBeside(path, bytes, mode);
  try {
    await link(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // A run that clears away leftovers took ours for one.
    if (codeOf(error) === 'ENOENT' && retries > 0) return await linkNew(path, bytes, mode, retries - 1);
    throw error;
  } finally {
    await unlink(temporary).catch(missing);
  }
}

/** Names of files that were being written when a run was killed. */
const leftover = /^\.[0-9a-f]{12}\.tmp$/;

async function writeBeside(path: string, bytes: Uint8Array, mode: number): Promise<string> {
  await makeFolder(dirname(path));
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', mode);
  try {
    await file.writeFile(bytes);
    // The umask may have taken bits away that the caller asked for.
    await file.chmod(mode);
    await file.sync();
  } catch (error) {
    await unlink(temporary);
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}

/** Node's own recursive mkdir never ends where a file system takes no folders (/proc). */
async function makeFolder(path: string): Promise<void> {
  if ((await stat(path).catch(missing))?.isDirectory()) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch((error) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

/** Without this a power cut can lose the rename itself. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function missing(error: unknown): null {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
  throw error;
}

function unfit(path: string, problem: string) {
  return failure('file-system', { path, problem, fix: `Look at it: ls -l ${path}` });
}

async function guarded<Value>(path: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    const fix = code === 'ENOSPC' ? 'Make room on the disk.' : `Check who may write there: ls -ld ${dirname(path)}`;
    throw failure('file-system', { path, problem: error instanceof Error ? error.message : code, fix }, error);
  }
}

function codeOf(error: unknown): string | null {
  const isSystem = error instanceof Error && 'code' in error && 'syscall' in error;
  return isSystem && typeof error.code === 'string' ? error.code : null;
}
