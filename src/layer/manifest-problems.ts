import { localAccount, localRegion, parseLayerArn } from './arn.js';
import type { Declarations, Environment, Layer } from './declarations.js';
import type { Manifest, ManifestFile, ManifestProblem } from './manifest.js';
import { expand } from './names.js';

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

  const names = Object.keys(environments).map((env) => expand(layer.layerName, { name: layer.name, env }));
  if (!names.includes(manifest.layer_name)) {
    say('schema', '/layer_name', `is "${manifest.layer_name}"; the policy publishes ${names.join(', ')}`);
  }
  const first = Object.keys(environments)[0] ?? 'local';
  if (!Object.hasOwn(manifest, `aws_arn_${first}`)) {
    say('schema', '', `lacks aws_arn_${first} (null as long as it is not published there)`);
  }
  for (const [key, arn] of Object.entries(manifest)) {
    if (!key.startsWith('aws_arn_') || typeof arn !== 'string') continue;
    const env = key.slice('aws_arn_'.length);
    const wrong = wrongArn(arn, layer, env, environments);
    if (wrong !== null) say('arn', `/${key}`, wrong);
    const truth = manifest.environments?.[env]?.arn;
    if (truth !== undefined && truth !== arn) say('arn', `/${key}`, `differs from environments.${env}.arn`);
  }
  for (const [env, published] of Object.entries(manifest.environments ?? {})) {
    const wrong = wrongArn(published.arn, layer, env, environments);
    if (wrong !== null) say('arn', `/environments/${env}/arn`, wrong);
    const before = published.previous && wrongArn(published.previous.arn, layer, env, environments);
    if (before !== null) say('arn', `/environments/${env}/previous/arn`, before);
  }
  return problems;
}

function wrongArn(text: string, layer: Layer, env: string, environments: Record<string, Environment>): string | null {
  const arn = parseLayerArn(text);
  if (arn === null) return `"${text}" is not the ARN of a layer version`;
  const environment = Object.hasOwn(environments, env) ? environments[env] : undefined;
  if (environment === undefined) return `stands for environment "${env}", which the policy does not declare`;
  const local = environment.target === 'local';
  const expected = {
    layerName: expand(layer.layerName, { name: layer.name, env }),
    region: local ? localRegion : environment.region,
    account: local ? localAccount : environment.account,
  };
  if (arn.layerName !== expected.layerName) return `is of layer ${arn.layerName}, not ${expected.layerName}`;
  if (expected.region && arn.region !== expected.region) return `is in ${arn.region}; ${env} is in ${expected.region}`;
  if (expected.account && arn.account !== expected.account) {
    return `is of account ${arn.account}; ${env} is ${expected.account}`;
  }
  return null;
}
