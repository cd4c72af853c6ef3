import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { publishedName } from '../layer/declared.js';
import { openTarget } from '../plan/target.js';
import { type SnapshotReport, snapshotDocument, snapshotText } from '../report/snapshot.js';
import { defineCommand } from './command.js';

export const snapshot = defineCommand({
  name: 'snapshot',
  summary: 'show what every declared function of an environment is configured as',
  args: '',
  flags: { env: { type: 'string', value: 'E', help: 'the environment to look at' } },
  examples: [
    ['layer-policy snapshot --env local', 'code, layers, runtime of every function'],
    ['layer-policy snapshot --env local --json > before.json', 'all of it, but for values of environment variables'],
  ],
  async run(env, given) {
    if (given.env === undefined) throw failure('usage', { problem: 'Say where: --env local', command: 'snapshot' });
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const config = await loadConfig(env, given, env.git.tree(head));
    const { functions } = await openTarget(env, config, given.env);
    const found: SnapshotReport['functions'] = [];
    for (const declared of Object.values(config.declarations.functions)) {
      const functionName = publishedName(declared, given.env);
      // Half a snapshot is none: what is missing is told instead of left out.
      const state = await functions.get(functionName);
      if (state === null) throw failure('function-absent', { functionName, environment: given.env });
      found.push({ name: declared.name, state, configuration: await functions.configuration(functionName) });
    }
    const at = new Date(env.now()).toISOString();
    const report: SnapshotReport = { environment: given.env, at, functions: found, notices: config.notices };
    return {
      exit: exitCodes.ok,
      document: snapshotDocument(report),
      text: (style) => snapshotText(report, style),
    };
  },
});
