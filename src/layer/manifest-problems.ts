import { type LayerArn, localAccount, localRegion, parseLayerArn } from './arn.js';
import type { Declarations, Environment, Layer } from './declarations.js';
import { publishedName } from './declared.js';
import { environmentNames, environmentOf } from './environments.js';
import type { Manifest, ManifestFile, ManifestProblem } from './manifest.js';
import { placedManifest } from './placed-manifest.js';

/** All problems of a manifest: those of its text, and what contradicts the policy. */
export function manifestProblems(file: ManifestFile, policy: Declarations): ManifestProblem[] {
  const layer = Object.hasOwn(policy.layers, file.layer) ? policy.layers[file.layer] : undefined;
  if (file.manifest === null || layer === undefined) return file.problems;
  return [...file.problems, ...contradictions(file.manifest, layer, policy.environments)];
}

function contradictions(
  manifest: Manifest,
  layer: Layer,
  environments: Record<string, Environment>,
): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const say = (kind: 'schema' | 'arn', field: string, what: string) => problems.push({ kind, field, line: null, what });

  const names = environmentNames(environments).map((env) => publishedName(layer, env));
  if (!names.includes(manifest.layer_name)) {
    say('schema', '/layer_name', `is "${manifest.layer_name}"; the policy publishes ${names.join(', ')}`);
  }
  const first = environmentNames(environments)[0] ?? 'local';
  if (!Object.hasOwn(manifest, `aws_arn_${first}`)) {
    say('schema', '', `lacks aws_arn_${first} (null as long as it is not published there)`);
  }
  for (const [key, arn] of Object.entries(manifest)) {
    if (!key.startsWith('aws_arn_') || typeof arn !== 'string') continue;
    const env = key.slice('aws_arn_'.length);
    const recorded = Object.entries(manifest.environments ?? {}).filter(([target]) => environmentOf(target) === env);
    // Of a target; what is to be said of it is said of its entry.
    if (recorded.some(([target, one]) => target !== env && one.arn === arn)) continue;
    const wrong = wrongArn(arn, layer, env, environments);
    if (wrong !== null) say('arn', `/${key}`, wrong);
    const [of, truth] = recorded[0] ?? [];
    if (truth !== undefined && truth.arn !== arn) say('arn', `/${key}`, `differs from environments.${of}.arn`);
  }
  for (const [env, published] of Object.entries(placedManifest(manifest, environments).environments ?? {})) {
    const field = `/environments/${env.replace('/', '~1')}`;
    const wrong = wrongArn(published.arn, layer, env, environments);
    if (wrong !== null) say('arn', `${field}/arn`, wrong);
    const before = published.previous && wrongArn(published.previous.arn, layer, env, environments);
    if (before !== null) say('arn', `${field}/previous/arn`, before);
  }
  return problems;
}

/** Of an environment with several targets any may be meant: it may have had but one when this was written. */
function wrongArn(text: string, layer: Layer, env: string, environments: Record<string, Environment>): string | null {
  const arn = parseLayerArn(text);
  if (arn === null) return `"${text}" is not the ARN of a layer version`;
  const targets = Object.values(environments).filter(({ name }) => name === env || environmentOf(name) === env);
  if (targets.length === 0) return `stands for environment "${env}", which the policy does not declare`;
  const wrong = targets.map((target) => notOf(target, arn, layer));
  return wrong.includes(null) ? null : (wrong[0] ?? null);
}

function notOf(environment: Environment, arn: LayerArn, layer: Layer): string | null {
  const { name } = environment;
  const local = environment.target === 'local';
  const expected = {
    layerName: publishedName(layer, name),
    region: local ? localRegion : environment.region,
    account: local ? localAccount : environment.account,
  };
  if (arn.layerName !== expected.layerName) return `is of layer ${arn.layerName}, not ${expected.layerName}`;
  if (expected.region && arn.region !== expected.region) return `is in ${arn.region}; ${name} is in ${expected.region}`;
  if (expected.account && arn.account !== expected.account) {
    return `is of account ${arn.account}; ${name} is ${expected.account}`;
  }
  return null;
}
