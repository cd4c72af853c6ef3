import { failure } from '../errors.js';
import { writingFlags } from '../plan/writing-flags.js';
import { requestOf } from '../writing/request.js';
import { write } from '../writing/write.js';
import { defineCommand } from './command.js';

export const promote = defineCommand({
  name: 'promote',
  summary: 'bring the same bytes to the next environment',
  args: '[name@version...]',
  flags: {
    from: { type: 'string', value: 'E1', help: 'where it was tried' },
    to: { type: 'string', value: 'E2', help: 'the environment whose "promoteFrom" that is' },
    ...writingFlags,
  },
  examples: [
    ['layer-policy promote --from dev --to stage', 'everything that runs in dev'],
    ['layer-policy promote --from dev --to stage inbox-core', 'one layer'],
    ['layer-policy promote --from dev --to stage --dry-run', 'see what would be done'],
  ],
  run: (env, given, names) =>
    write(env, 'promote', given, names, () => {
      const { from, to } = given;
      if (from === undefined || to === undefined) {
        throw failure('usage', { problem: 'Say from where to where: --from dev --to stage', command: 'promote' });
      }
      return requestOf('promote', given, { environment: to, from, names, tag: false });
    }),
});
