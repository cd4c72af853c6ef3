import { isFailure } from '../../../src/errors.js';
import { writeGit } from '../../../src/io/git/write.js';
import type { RecordCommit } from '../../../src/ports.js';
import { type Repo, repo } from '../../kit/repo.js';

/** What the tests of git's writer share. */

export const manifest = 'layer_management/active/core/manifest.json';
export const zip = 'layer_management/archive/2026-01/core-1.0.0.zip';
export const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * 31) % 256);
export const text = (content: string) => new TextEncoder().encode(content);

export const writer = (on: Repo, vars: Record<string, string> = {}) =>
  writeGit({ root: on.dir, vars: { ...on.env, ...vars } });
export const story = () => repo().commit('init', { 'a.txt': 'a\n', [manifest]: 'old\n' });
export const recordOn = (
  on: Repo,
  files: [string, Uint8Array][] = [
    [manifest, text('new\n')],
    [zip, bytes],
  ],
): RecordCommit => ({
  branch: 'develop',
  parent: on.head(),
  message: 'release: core 1.1.0\n',
  date: Date.parse('2026-01-20T00:00:00Z') / 1000,
  files: new Map(files),
});
export const paths = [manifest, zip];

export async function codeOf(running: Promise<unknown>): Promise<string> {
  const error = await running.then(
    () => new Error('it ended well'),
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw error;
  return error.code;
}
