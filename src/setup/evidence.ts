import { parseLayerArn } from '../layer/arn.js';
import type { FoundArn } from './arn-files.js';
import type { ProposedPolicy } from './proposal.js';

/** What old files say of how layers are called and where they are published. */
export interface Evidence {
  layerName: string;
  environment: string;
  region?: string;
  account?: string;
}

/** From the first to what follows it, as people go. */
const usual = [
  'dev',
  'develop',
  'development',
  'test',
  'qa',
  'uat',
  'stage',
  'staging',
  'preprod',
  'prod',
  'production',
];

/** A layer's published name ends with its environment, or nothing is known of it. */
export function evidenceOf(arns: readonly FoundArn[], manifests: readonly unknown[]): Evidence[] {
  const named = (layerName: string, where: Partial<FoundArn> = {}): Evidence[] => {
    const environment = usual.find((name) => layerName.endsWith(`-${name}`));
    if (environment === undefined) return [];
    const { region, account } = where;
    return [{ layerName, environment, ...(region && { region }), ...(account && { account }) }];
  };
  const said = manifests.flatMap((value) => Object.entries(value ?? {}));
  return [
    ...arns.flatMap((arn) => named(arn.layerName, arn)),
    ...said.flatMap(([key, text]) => {
      if (typeof text !== 'string' || text.length > 512) return [];
      if (key === 'layer_name') return /^[\w-]{1,140}$/.test(text) ? named(text) : [];
      const arn = key.startsWith('aws_arn_') ? parseLayerArn(text) : null;
      return arn === null ? [] : named(arn.layerName, arn);
    }),
  ];
}

/** The proposal with the names that are in use, and the environments they were seen in. */
export function informed(proposal: ProposedPolicy, evidence: readonly Evidence[]): ProposedPolicy {
  const layers = { ...proposal.layers };
  const prefixes = new Set<string>();
  const seen: Evidence[] = [];
  for (const [name, layer] of Object.entries(layers)) {
    const stems = new Map<string, Evidence[]>();
    for (const one of evidence) {
      const stem = one.layerName.slice(0, -one.environment.length - 1);
      if (!`-${dashed(stem)}`.endsWith(`-${dashed(name)}`)) continue;
      stems.set(stem, [...(stems.get(stem) ?? []), one]);
    }
    const [known, other] = stems;
    // Two names for one layer: whoever knows which is which has to say it.
    if (known === undefined || other !== undefined) continue;
    const [stem, all] = known;
    layers[name] = { ...layer, layerName: `${stem}-{env}` };
    prefixes.add(stem.slice(0, -name.length));
    seen.push(...all);
  }
  const [prefix = '', another] = prefixes;
  const functions = another === undefined && prefix !== '' ? prefixed(proposal.functions, prefix) : proposal.functions;
  const environments = environmentsOf(seen);
  return { ...proposal, layers, ...(functions && { functions }), ...(environments && { environments }) };
}

const dashed = (name: string) => name.replaceAll('_', '-').toLowerCase();

function prefixed(functions: ProposedPolicy['functions'], prefix: string): ProposedPolicy['functions'] {
  if (functions === undefined) return undefined;
  const all = Object.entries(functions);
  return Object.fromEntries(all.map(([name, one]) => [name, { ...one, functionName: `${prefix}${one.functionName}` }]));
}

function environmentsOf(seen: readonly Evidence[]): ProposedPolicy['environments'] {
  const found = usual.flatMap((name) => {
    const there = seen.filter(({ environment }) => environment === name);
    const places = new Map(
      there.flatMap((one) => (one.region ? [[`${one.region} ${one.account}`, one] as const] : [])),
    );
    const [where] = places.values();
    // In two accounts it is two environments, and nobody here knows what they are called.
    if (there.length === 0 || places.size > 1) return [];
    return [
      [name, { target: 'aws' as const, ...(where && { region: where.region, account: where.account }) }] as const,
    ];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
