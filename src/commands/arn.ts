import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { parseLayerArn } from '../layer/arn.js';
import { publishedName } from '../layer/declared.js';
import { environmentOf, targetOf } from '../layer/environments.js';
import { named } from '../layer/named.js';
import { manifestPath } from '../layer/names.js';
import { isAt } from '../layer/placed-manifest.js';
import { bringing } from '../plan/bringing.js';
import { readManifestAt } from '../plan/manifest-at.js';
import { defineCommand } from './command.js';

export const arn = defineCommand({
  name: 'arn',
  summary: 'Prints the recorded layer version ARN, and nothing else: for scripts, SAM and Terraform.',
  args: '<layer>',
  flags: { env: { type: 'string', value: 'E', help: 'the environment whose ARN is wanted' } },
  examples: [
    ['layer-policy arn inbox-core --env dev', 'arn:aws:lambda:REGION:ACCOUNT:layer:NAME:NUMBER, as HEAD records it'],
    ['sam deploy --parameter-overrides "Core=$(layer-policy arn inbox-core --env dev)"', 'what runs, by number'],
  ],
  async run(env, given, [name, ...more]) {
    const usage = (problem: string) => failure('usage', { problem, command: 'arn' });
    if (name === undefined || more.length > 0) throw usage('Name one layer.');
    if (given.env === undefined) throw usage('Say of which environment: --env dev');
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const { declarations } = await loadConfig(env, given, env.git.tree(head));
    const layer = named(declarations.layers, name, 'layer');
    const environment = targetOf(declarations.environments, given.env);
    const manifest = await readManifestAt(env, head, layer.name, declarations.environments);
    const recorded = manifest?.environments?.[environment.name];
    // The original manifests have this alone; of several targets it is that of one.
    const mirrored = manifest?.[`aws_arn_${environmentOf(environment.name)}`];
    const found = recorded?.arn ?? (mirrored != null && isAt(environment, mirrored) ? mirrored : null);
    if (manifest === null || found === null) {
      throw failure('arn-unrecorded', {
        name: layer.name,
        environment: environment.name,
        how: bringing(layer.name, environment),
      });
    }
    const [wanted, actual] = [publishedName(layer, environment.name), parseLayerArn(found)?.layerName];
    if (actual !== wanted) {
      const problem = `the ARN for ${environment.name} is of ${actual ?? 'no layer'}, not of ${wanted}`;
      throw failure('manifest-unreadable', { file: manifestPath(layer.name), problem });
    }
    const version = recorded?.version ?? manifest.version;
    return {
      exit: exitCodes.ok,
      document: { schema: 1, ok: true, layer: layer.name, environment: environment.name, version, arn: found },
      text: () => `${found}\n`,
    };
  },
});
