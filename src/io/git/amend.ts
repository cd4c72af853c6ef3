import { resolve } from 'node:path';
import { failure, isFailure } from '../../errors.js';
import type { IndexChange } from '../../ports.js';
import { files } from '../files.js';
import type { Plumbing } from './plumbing.js';

/** One `update-index` for all of it, so that the index is the old one or the new one. It alone takes and gives the lock. */
export async function amendIndex(git: Plumbing, changes: readonly IndexChange[]): Promise<void> {
  const hexLength = (await git.text(['rev-parse', '--show-object-format'])) === 'sha256' ? 64 : 40;
  const lines: Buffer[] = [];
  for (const { path, pathBytes, becomes } of changes) {
    const entry =
      becomes === null
        ? `0 ${'0'.repeat(hexLength)}`
        : `${becomes.mode} ${await git.feed(Buffer.from(becomes.bytes), ['hash-object', '-w', '--no-filters', '--stdin'])}`;
    const name = pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes, 'base64');
    lines.push(Buffer.from(`${entry}\t`), name, Buffer.from([0]));
  }
  try {
    await git.feed(Buffer.concat(lines), ['update-index', '-z', '--add', '--index-info'], await git.withoutFilters());
  } catch (error) {
    const lock = /Unable to create '(.*?\.lock)': File exists/.exec(isFailure(error) ? error.message : '')?.[1];
    throw lock === undefined ? error : failure('index-locked', { lock }, error);
  }
}

/** Where the lock of the index stands, while somebody has it. */
export async function indexLock(git: Plumbing, root: string): Promise<string | null> {
  const lock = `${resolve(root, await git.text(['rev-parse', '--git-path', 'index']))}.lock`;
  return (await files.exists(lock)) ? lock : null;
}

/** Paths with more than one stage: a merge that somebody is in the middle of. */
export async function unmerged(git: Plumbing): Promise<string[]> {
  const listing = await git.text(['ls-files', '--unmerged', '-z']);
  const paths = listing.split('\0').map((line) => line.slice(line.indexOf('\t') + 1));
  return [...new Set(paths.filter((path) => path !== ''))];
}
