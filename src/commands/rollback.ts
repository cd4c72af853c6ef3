import { failure } from '../errors.js';
import { writingFlags } from '../plan/writing-flags.js';
import { requestOf } from '../writing/request.js';
import { write } from '../writing/write.js';
import { defineCommand } from './command.js';

export const rollback = defineCommand({
  name: 'rollback',
  summary: 'bring functions back to what is recorded as earlier',
  args: '[name@version...]',
  flags: { env: { type: 'string', value: 'E', help: 'the environment to roll back' }, ...writingFlags },
  examples: [
    ['layer-policy rollback --env dev', 'take back what the last release or promotion to dev brought'],
    ['layer-policy rollback inbox-core --env dev', 'one layer, to the version before'],
    ['layer-policy rollback inbox-core@1.2.0 --env dev', 'one layer, to a version of your choice'],
  ],
  run: (env, given, names) =>
    write(env, 'rollback', given, names, () => {
      if (given.env === undefined) throw failure('usage', { problem: 'Say where: --env local', command: 'rollback' });
      return requestOf('rollback', given, { environment: given.env, names, tag: false });
    }),
});
