import { resolve } from 'node:path';
import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { publishedName } from '../layer/declared.js';
import { inTurns } from '../plan/in-turns.js';
import { journalPorts, pendingPlan } from '../plan/journal.js';
import { takeLock, withLeases } from '../plan/lock.js';
import { updateOrphans } from '../plan/orphans.js';
import { commandLine } from '../plan/plan.js';
import { referencesIn } from '../plan/references.js';
import { savedSnapshots } from '../plan/saved-snapshots.js';
import { among, openTargets } from '../plan/target.js';
import { judgeVersions } from '../plan/unused.js';
import type { Env } from '../ports.js';
import { type GcReport, gcDocument, gcText, unusedIn } from '../report/gc.js';
import { defineCommand } from './command.js';

export const gc = defineCommand({
  name: 'gc',
  summary: 'list layer versions that nothing references; delete them when told to',
  args: '',
  flags: {
    env: { type: 'string', value: 'E', help: 'the environment to look at' },
    keep: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: 'what this file names stays, as what saved snapshots do',
    },
    delete: { type: 'boolean', help: 'delete what is listed as unused, for good' },
    yes: { type: 'boolean', short: 'y', help: 'do not ask (local never asks)' },
  },
  examples: [
    ['layer-policy gc --env local', 'what could go, and what keeps the rest'],
    ['layer-policy gc --env local --delete', 'after a git fetch, so that no record is missed'],
  ],
  async run(env, given, args) {
    const usage = (problem: string) => failure('usage', { problem, command: 'gc' });
    if (args.length > 0) throw usage('gc takes no names.');
    if (given.env === undefined) throw usage('Say where: --env local');
    const environment = given.env;
    const kept = (given.keep ?? []).map((file) => resolve(env.cwd, file));
    for (const file of kept) if (!(await env.files.exists(file))) throw usage(`There is no ${file} to keep anything.`);
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const config = await loadConfig(env, given, env.git.tree(head));
    const { declarations, notices } = config;
    const targets = await openTargets(env, config, environment);
    const isFolder = targets.every((one) => one.environment.target === 'local');

    const judged = async (): Promise<GcReport> => {
      const files = [...(await savedSnapshots(env)), ...kept];
      const references = await referencesIn(env, declarations, head, targets, files);
      const layers: GcReport['layers'] = [];
      for (const { environment: target, registry } of targets) {
        for (const layer of Object.values(declarations.layers)) {
          const layerName = publishedName(layer, target.name);
          const versions = judgeVersions(await registry.versions(layerName), references);
          layers.push({ target: target.name, name: layer.name, layerName, versions });
        }
      }
      return { environment, layers, deleted: false, notices };
    };

    let report = await judged();
    if (given.delete && unusedIn(report).length > 0) {
      await confirm(env, report, isFolder || given.yes === true);
      const lock = await takeLock(env, `gc --env ${environment} --delete`);
      try {
        const plan = await pendingPlan(await journalPorts(env));
        if (plan !== null) throw failure('incomplete', { plan: `layer-policy ${commandLine(plan)}` });
        const held = await withLeases(env, lock, targets, `gc --env ${environment} --delete`);
        try {
          // Looked at again: nobody may have taken one up while somebody was asked.
          const agreed = new Set(unusedIn(report).map(({ arn }) => arn));
          const again = await judged();
          const unused = unusedIn(again).filter(({ arn }) => agreed.has(arn));
          const gone: typeof unused = [];
          try {
            await inTurns(unused, async (one) => {
              await held.check();
              await among(targets, one.target).registry.remove(one.layerName, one.version);
              gone.push(one);
            });
          } finally {
            await updateOrphans(env, { drop: gone });
          }
          report = { ...again, deleted: true };
        } finally {
          await held.release();
        }
      } finally {
        await lock.release();
      }
    }
    return { exit: exitCodes.ok, document: gcDocument(report), text: (style) => gcText(report, style) };
  },
});

async function confirm(env: Env, report: GcReport, yes: boolean): Promise<void> {
  if (yes) return;
  const { environment } = report;
  const count = `${unusedIn(report).length} layer versions`;
  if (env.ask === null) throw failure('deletes-needs-yes', { count, environment });
  const answer = await env.ask(`Delete ${count} in ${environment} for good? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw failure('interrupted', {});
}
