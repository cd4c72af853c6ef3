import { resolve } from 'node:path';
import { loadConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { archiveEnvironment } from '../plan/store-of.js';
import { writingFlags } from '../plan/writing-flags.js';
import { requestOf } from '../writing/request.js';
import { write } from '../writing/write.js';
import { defineCommand } from './command.js';

const { 'dry-run': dryRun, 'plan-out': planOut, plan, yes, 'no-commit': noCommit, push } = writingFlags;

export const archive = defineCommand({
  name: 'archive',
  summary: 'move old months of the archive to the archive bucket',
  args: '',
  flags: {
    'older-than': {
      type: 'string',
      value: 'DAYS',
      help: 'months whose last day is longer ago; counts as archive-age does',
    },
    to: { type: 'string', value: 'DIR', help: 'a folder outside the repository instead of the bucket' },
    ...{ 'dry-run': dryRun, 'plan-out': planOut, plan },
    yes: { ...yes, help: 'do not ask' },
    'no-commit': { ...noCommit, help: 'remove them from the work tree only' },
    push: { ...push, help: 'push the branch when all is done' },
  },
  examples: [
    ['layer-policy archive --older-than 90 --dry-run', 'see what would leave'],
    ['layer-policy archive --older-than 90', 'copy to the bucket, read back, then one commit without them'],
    ['layer-policy archive --older-than 90 --to ../backups/layers', 'to a folder'],
  ],
  async run(env, given, args) {
    const usage = (problem: string) => failure('usage', { problem, command: 'archive' });
    if (args.length > 0) throw usage('archive takes no names: it moves whole months.');
    const { to: _folder, ...flags } = given;
    if (given.plan !== undefined) {
      if (given['older-than'] !== undefined || given.to !== undefined) {
        throw usage('--plan says how old and where to; give it alone.');
      }
      return write(env, 'archive', flags, [], () => {
        throw failure('bug', { problem: 'a saved plan has its request' });
      });
    }
    const days = given['older-than'] ?? '';
    if (!/^\d{1,5}$/.test(days)) throw usage('Say how old, in days: --older-than 90');
    if (given.to === '') throw usage('--to takes a folder.');
    const asked = { olderThan: Number(days), to: given.to === undefined ? null : resolve(env.cwd, given.to) };
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to archive' });
    const { declarations } = await loadConfig(env, given, env.git.tree(head));
    const environment = archiveEnvironment(declarations, asked);
    const none = { 'no-attach': true, 'no-tag': true };
    const request = requestOf(
      'archive',
      { ...given, ...none },
      { environment, names: [], record: true, archive: asked },
    );
    return write(env, 'archive', flags, [], () => request);
  },
});
