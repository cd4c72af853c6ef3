import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { targetsOf } from '../layer/environments.js';
import { driftsOf } from '../plan/drift.js';
import { functionDriftsOf, functionStandingOf } from '../plan/function-standing.js';
import { journalPorts, pendingPlan } from '../plan/journal.js';
import { readOrphans } from '../plan/orphans.js';
import { commandLine } from '../plan/plan.js';
import { standingOf } from '../plan/standing.js';
import { isSound, type StatusReport, statusDocument, statusText } from '../report/status.js';
import { defineCommand } from './command.js';

export const status = defineCommand({
  name: 'status',
  summary: 'tag, VERSION, manifest, registry and functions side by side',
  args: '',
  flags: { env: { type: 'string', value: 'E', help: 'the environment to compare with (default local)' } },
  examples: [
    ['layer-policy status', 'the embedded registry; exit 1 when something disagrees'],
    ['layer-policy status --env local --json', 'the same for a program'],
  ],
  async run(env, given, args) {
    if (args.length > 0) throw failure('usage', { problem: 'status takes no names.', command: 'status' });
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const { declarations, notices } = await loadConfig(env, given, env.git.tree(head));
    const { env: environment = 'local' } = given;
    const targets = targetsOf(declarations.environments, environment);
    const layers: StatusReport['layers'] = [];
    const functions: StatusReport['functions'] = [];
    for (const target of targets) {
      const registry = await env.registry(target);
      for (const layer of Object.values(declarations.layers)) {
        const standing = await standingOf(env, declarations, registry, layer, head);
        layers.push({ target: target.name, ...standing, drift: driftsOf(standing, target) });
      }
      for (const one of Object.values(declarations.functions)) {
        const standing = await functionStandingOf(env, declarations, await env.functions(target), one, head);
        functions.push({ target: target.name, ...standing, drift: functionDriftsOf(standing, target) });
      }
    }
    const pending = await pendingPlan(await journalPorts(env));
    const report: StatusReport = {
      environment,
      head,
      layers,
      functions,
      orphans: (await readOrphans(env)).filter((orphan) => targets.some(({ name }) => orphan.environment === name)),
      pending: pending && `layer-policy ${commandLine(pending)}`,
      notices,
    };
    return {
      exit: isSound(report) ? exitCodes.ok : exitCodes.refused,
      document: statusDocument(report),
      text: (style) => statusText(report, style),
    };
  },
});
