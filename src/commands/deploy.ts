import { failure } from '../errors.js';
import { writingFlags } from '../plan/writing-flags.js';
import { requestOf } from '../writing/request.js';
import { write } from '../writing/write.js';
import { defineCommand } from './command.js';

export const deploy = defineCommand({
  name: 'deploy',
  summary: 'bring what is recorded to an environment, without building it again',
  args: '[name@version...]',
  flags: { env: { type: 'string', value: 'E', help: 'the environment to bring it to' }, ...writingFlags },
  examples: [
    ['layer-policy deploy --env dev', 'the latest recorded release of everything'],
    ['layer-policy deploy inbox-core@1.2.0 --env dev', 'one version of one layer, by its recorded digest'],
  ],
  run: (env, given, names) =>
    write(env, 'deploy', given, names, () => {
      if (given.env === undefined) throw failure('usage', { problem: 'Say where: --env local', command: 'deploy' });
      return requestOf('deploy', given, { environment: given.env, names, tag: false });
    }),
});
