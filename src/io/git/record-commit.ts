import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../../errors.js';
import type { Oid, RecordCommit } from '../../ports.js';
import type { Plumbing } from './plumbing.js';

/**
 * The commit of a record, on no branch yet. Its tree is put together in an index of our own, in `scratch`: the user's is
 * not touched until the branch has moved. `more` are variables for every git that has a part in it.
 */
export async function makeRecord(
  git: Plumbing,
  record: RecordCommit,
  scratch: string,
  more: Record<string, string> = {},
): Promise<Oid> {
  const own = { ...more, GIT_INDEX_FILE: join(scratch, 'index') };
  const paths = [...record.files.keys()];
  const stray = paths.find((path) => !path.startsWith('layer_management/'));
  if (stray !== undefined) throw failure('bug', { problem: `a record holds ${stray}` });
  const contents: string[] = [];
  for (const bytes of record.files.values()) {
    if (bytes === null) continue;
    const file = join(scratch, `content-${contents.length}`);
    await writeFile(file, bytes);
    contents.push(file);
  }
  const blobs =
    contents.length === 0
      ? []
      : (await git.text(['hash-object', '-w', '--no-filters', '--', ...contents], more)).split('\n');
  await git.text(['read-tree', record.parent], own);
  const entries = [...record.files].map(([path, bytes]) =>
    bytes === null ? removal(path, record.parent) : `100644 ${blobs.shift()}\t${path}\0`,
  );
  await git.feed(entries.join(''), ['update-index', '-z', '--add', '--replace', '--index-info'], own);
  const tree = await git.text(['write-tree'], own);
  const message = join(scratch, 'message');
  await writeFile(message, record.message);
  const sign = (await setting(git, 'commit.gpgSign')) ? ['-S'] : [];
  const words = ['commit-tree', ...sign, '-p', record.parent, '-F', message, tree];
  return git.text(words, { ...more, ...dates(record.date) });
}

/** A line of `update-index --index-info`; `like`: any name of the repository's own hash. */
export const removal = (path: string, like: Oid) => `0 ${'0'.repeat(like.length || 40)}\t${path}\0`;

export function dates(seconds: number): Record<string, string> {
  return { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` };
}

export async function setting(git: Plumbing, name: string): Promise<boolean> {
  return (await git.text(['config', '--type=bool', '--default=false', '--get', name])) === 'true';
}
