import { failure } from '../errors.js';
import { writingFlags } from '../plan/writing-flags.js';
import { requestOf } from '../writing/request.js';
import { write } from '../writing/write.js';
import { defineCommand } from './command.js';

export const release = defineCommand({
  name: 'release',
  summary: 'gate, build, validate, publish, attach, try, record and tag',
  args: '[name...]',
  flags: {
    env: { type: 'string', value: 'E', help: 'the environment to publish to; local needs no account' },
    all: { type: 'boolean', help: 'everything declared that can be built, not only what changed' },
    ...writingFlags,
  },
  examples: [
    ['layer-policy release --env local', 'rehearse what changed; layer_management/ stays as it is'],
    [
      'layer-policy release inbox-core --env local --record',
      'release one layer, with manifest, archive, commit and tag',
    ],
    ['layer-policy release --env local --record --dry-run', 'see what would be done'],
  ],
  run: (env, given, names) =>
    write(env, 'release', given, names, () => {
      const usage = (problem: string) => failure('usage', { problem, command: 'release' });
      if (given.env === undefined) throw usage('Say where to publish: --env local');
      if (given.all && names.length > 0) throw usage('Give names or --all, not both.');
      return requestOf('release', given, { environment: given.env, names, all: given.all === true });
    }),
});
