import { resolve } from 'node:path';
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
    sign: {
      type: 'string',
      value: 'KEY',
      help: 'sign what is built with this private key, and keep that beside it in the environment',
    },
    'signed-by': {
      type: 'string',
      value: 'PUB',
      help: 'take what a holder of this key has built of the same inputs there; build only what is not found',
    },
  },
  examples: [
    ['layer-policy release --env local', 'rehearse what changed; layer_management/ stays as it is'],
    [
      'layer-policy release inbox-core --env local --record',
      'release one layer, with manifest, archive, commit and tag',
    ],
    ['layer-policy release --env local --record --dry-run', 'see what would be done'],
    ['layer-policy release --env dev --sign key.pem --signed-by key.pub.pem', 'of many runners one builds each layer'],
  ],
  run: (env, given, names) =>
    write(env, 'release', given, names, () => {
      const usage = (problem: string) => failure('usage', { problem, command: 'release' });
      if (given.env === undefined) throw usage('Say where to publish: --env local');
      const pinned = names.find((name) => name.includes('@'));
      if (pinned !== undefined) {
        const rest = `${pinned} --env ${given.env}`;
        throw usage(
          `release builds what VERSION says, so it takes names alone, not '${pinned}'. ` +
            `What is released already: layer-policy deploy ${rest}. Another version: layer-policy bump ${pinned.replace('@', ' ')}`,
        );
      }
      if (given.all && names.length > 0) throw usage('Give names or --all, not both.');
      const { env: environment, sign, 'signed-by': signedBy } = given;
      return requestOf('release', given, {
        ...{ environment, names, all: given.all === true },
        ...(sign !== undefined && { sign: resolve(env.cwd, sign) }),
        ...(signedBy !== undefined && { signedBy: resolve(env.cwd, signedBy) }),
      });
    }),
});
