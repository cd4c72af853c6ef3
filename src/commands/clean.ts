import { exitCodes, failure } from '../errors.js';
import { isLeftover, leftoverParents } from '../layer/leftover-folders.js';
import { printable } from '../layer/printable.js';
import { takeLock } from '../plan/lock.js';
import type { Env, Style } from '../ports.js';
import { defineCommand } from './command.js';

export const clean = defineCommand({
  name: 'clean',
  summary: 'Removes the workspace and the duplicate folders that builds used to leave. Artefacts and records stay.',
  args: '',
  flags: { 'dry-run': { type: 'boolean', help: 'show what would be removed, and stop' } },
  examples: [
    ['layer-policy clean --dry-run', 'look first'],
    ['layer-policy clean', 'artefacts in .build/layers and .build/functions are kept, and .build/registry'],
  ],
  async run(env, given) {
    const found = await leftovers(env);
    if (!given['dry-run'] && found.removable.length > 0) {
      // A run that builds right now has its workspace there.
      const lock = await takeLock(env, 'clean');
      try {
        const root = await env.git.root();
        for (const path of found.removable) await env.files.remove(`${root}/${path}`);
      } finally {
        await lock.release();
      }
    }
    const { removable, tracked } = found;
    const removed = given['dry-run'] ? [] : removable;
    return {
      exit: exitCodes.ok,
      document: { schema: 1, ok: true, dryRun: given['dry-run'] === true, found: removable, removed, tracked },
      text: (style) => said(found, given['dry-run'] === true, style),
    };
  },
});

interface Found {
  /** From the root, `/` between parts. */
  removable: string[];
  /** Those that git has files of: theirs is a commit, not a clean. */
  tracked: string[];
}

async function leftovers({ git, files }: Env): Promise<Found> {
  const root = await git.root();
  const found: Found = { removable: [], tracked: [] };
  const index = git.index();
  for (const parent of leftoverParents) {
    const there = await files.look(`${root}/${parent}`);
    if (there === null) continue;
    if (there.kind !== 'folder') throw failure('workspace-foreign', { path: parent, kind: there.kind });
    for (const name of await files.list(`${root}/${parent}`)) {
      const path = `${parent}/${name}`;
      if (!isLeftover(path)) continue;
      const isTracked = (await index.entry(path)) !== null || (await index.list(path)).length > 0;
      (isTracked ? found.tracked : found.removable).push(path);
    }
  }
  return found;
}

function said({ removable, tracked }: Found, isDry: boolean, style: Style): string {
  const shown = (path: string) => printable(path, 200);
  const lines = removable.map((path) =>
    isDry ? `  ${style.yellow('would remove')} ${shown(path)}` : `  ${style.green('removed')} ${shown(path)}`,
  );
  for (const path of tracked) {
    lines.push(`  ${style.yellow('!')} ${shown(path)} is committed. Run: git rm -r -- ':/${shown(path)}'`);
  }
  return lines.length === 0 ? 'Nothing to clean.\n' : `${lines.join('\n')}\n`;
}
