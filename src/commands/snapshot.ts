import { resolve } from 'node:path';
import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { publishedName } from '../layer/declared.js';
import { jsonText } from '../layer/released-manifest.js';
import { rememberSnapshot } from '../plan/saved-snapshots.js';
import { openTargets } from '../plan/target.js';
import { type SnapshotReport, snapshotDocument, snapshotText } from '../report/snapshot.js';
import { defineCommand } from './command.js';

export const snapshot = defineCommand({
  name: 'snapshot',
  summary: 'show what every declared function of an environment is configured as',
  args: '',
  flags: {
    env: { type: 'string', value: 'E', help: 'the environment to look at' },
    output: { type: 'string', value: 'FILE', help: 'save all of it there; gc keeps what a saved snapshot names' },
  },
  examples: [
    ['layer-policy snapshot --env local', 'code, layers, runtime of every function'],
    ['layer-policy snapshot --env local --output before.json', 'all of it, but for values of environment variables'],
  ],
  async run(env, given) {
    if (given.env === undefined) throw failure('usage', { problem: 'Say where: --env local', command: 'snapshot' });
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const config = await loadConfig(env, given, env.git.tree(head));
    const found: SnapshotReport['functions'] = [];
    for (const { environment, functions } of await openTargets(env, config, given.env)) {
      for (const declared of Object.values(config.declarations.functions)) {
        const functionName = publishedName(declared, environment.name);
        // Half a snapshot is none: what is missing is told instead of left out.
        const state = await functions.get(functionName);
        if (state === null) throw failure('function-absent', { functionName, environment: environment.name });
        const { alias } = declared;
        const led = alias === undefined ? null : await functions.get(functionName, alias);
        const configuration = await functions.configuration(functionName);
        found.push({
          target: environment.name,
          name: declared.name,
          state,
          alias: led && { name: alias ?? '', state: led },
          configuration,
        });
      }
    }
    const at = new Date(env.now()).toISOString();
    const report: SnapshotReport = { environment: given.env, at, functions: found, notices: config.notices };
    const document = snapshotDocument(report);
    if (given.output !== undefined) {
      const path = resolve(env.cwd, given.output);
      await env.files.write(path, new TextEncoder().encode(jsonText(document)));
      await rememberSnapshot(env, path);
    }
    return {
      exit: exitCodes.ok,
      document,
      text: (style) => snapshotText(report, style),
    };
  },
});
