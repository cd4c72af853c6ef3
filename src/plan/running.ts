import { failure } from '../errors.js';
import { parseLayerArn } from '../layer/arn.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { publishedName } from '../layer/declared.js';
import type { PublishedVersion } from '../ports.js';
import { called, calledAs } from './called.js';
import { inTurns } from './in-turns.js';
import type { Target } from './target.js';

/** The version of a layer that the functions of an environment have. */
export interface Running {
  layer: Layer;
  published: PublishedVersion;
}

/** What functions of an environment run of these layers. All that have a layer have to have the same version of it. */
export async function runningLayers(
  { layers, functions }: Declarations,
  target: Target,
  wanted: ReadonlySet<string>,
): Promise<{ running: Running[]; notices: string[] }> {
  const environment = target.environment.name;
  const notices: string[] = [];
  const byLayerName = new Map(Object.values(layers).map((layer) => [publishedName(layer, environment), layer]));
  const names = Object.values(functions).map((one) => calledAs(publishedName(one, environment), one.alias));
  const states = await inTurns(Object.values(functions), (one) => called(target.functions, one));
  if (states.every((state) => state === null)) {
    throw failure('nothing-runs', { environment, names: names.join(', ') || 'none are declared' });
  }
  const users = new Map<Layer, Map<string, string[]>>();
  for (const [at, state] of states.entries()) {
    if (state === null) notices.push(`${names[at]} is not in ${environment}.`);
    for (const arn of state?.layers ?? []) {
      const layer = byLayerName.get(parseLayerArn(arn)?.layerName ?? '');
      if (layer === undefined) notices.push(`${names[at]} runs ${arn} as well, which no layer of the policy is.`);
      else if (wanted.has(layer.name)) {
        const arns = users.get(layer) ?? new Map<string, string[]>();
        users.set(layer, arns.set(arn, [...(arns.get(arn) ?? []), names[at] ?? '']));
      }
    }
  }
  const running: Running[] = [];
  for (const [layer, arns] of users) {
    const [arn = '', other] = arns.keys();
    if (other !== undefined) throw mixed(layer, environment, arns);
    const there = await target.registry.version(publishedName(layer, environment), parseLayerArn(arn)?.version ?? 0);
    if (there?.arn === arn && there.sha256 !== '') running.push({ layer, published: there });
    else
      notices.push(
        `${layer.name}: ${arn} is run, and ${there?.arn === arn ? 'has no digest' : 'is gone'}; release it.`,
      );
  }
  for (const layer of Object.values(layers)) {
    if (wanted.has(layer.name) && !users.has(layer)) notices.push(`No function of ${environment} has ${layer.name}.`);
  }
  return { running, notices };
}

function mixed({ name }: Layer, environment: string, arns: ReadonlyMap<string, string[]>) {
  const found = [...arns].map(([arn, by]) => `${by.join(', ')}: ${arn}`).join('; ');
  return failure('layer-mixed', { name, environment, found });
}
