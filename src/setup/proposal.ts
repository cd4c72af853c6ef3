import { baseName } from '../layer/names.js';
import type { PythonFinds } from './python.js';

/** The policy that `init` proposes, in the shape of `.layerpolicyrc.json`. */
export interface ProposedPolicy {
  versionFile?: string;
  layers: Record<string, { build: 'source' | 'requirements'; source: string; versionKey: string; layerName: string }>;
  functions?: Record<string, { source: string; versionKey: string; functionName: string; layers: string[] }>;
  environments?: Record<string, { target: 'aws'; region?: string; account?: string }>;
}

/** As many as Lambda attaches to one function. */
const layerLimit = 5;

/**
 * From what the paths show and the keys of VERSION, where it has any. Names of stage, account or bucket cannot be known,
 * so environments are left for their owner to write.
 */
export function proposePolicy(finds: PythonFinds, keys: string[], versionFile = 'VERSION'): ProposedPolicy {
  const taken = new Set<string>();
  const exactKeys = new Set([...finds.packages, ...finds.handlers].map((source) => exactKey(kebab(baseName(source)))));
  const free = new Set(keys.filter((key) => key.endsWith('_VERSION')));

  function named(...wishes: string[]): string {
    const numbered = Array.from({ length: 99 }, (_, i) => `${wishes[0] || 'layer'}-${i + 2}`);
    const name = [...wishes, ...numbered].find((wish) => wish !== '' && !taken.has(wish)) ?? 'layer';
    taken.add(name);
    return name;
  }
  /** The key VERSION has for the name, NORMALIZE_VERSION for normalize-score included; else a new one. */
  function keyOf(name: string): string {
    const exact = exactKey(name);
    const stem = exact.slice(0, -'_VERSION'.length);
    const near = [...free].filter(
      (key) => !exactKeys.has(key) && `${stem}_`.startsWith(key.slice(0, -'VERSION'.length)),
    );
    const key = free.has(exact) || near.length !== 1 ? exact : (near[0] ?? exact);
    free.delete(key);
    return key;
  }

  const layers: ProposedPolicy['layers'] = {};
  for (const source of likelyLayers(finds.packages, keys)) {
    const name = named(kebab(baseName(source)), kebab(source));
    layers[name] = { build: 'source', source, versionKey: keyOf(name), layerName: `${name}-{env}` };
  }
  for (const source of finds.requirements) {
    const known = [...free].find((key) => /(^|_)(DEPS|DEPENDENCIES|REQUIREMENTS)_VERSION$/.test(key));
    const usual = known === undefined ? 'common-deps' : kebab(known.slice(0, -'_VERSION'.length));
    const name = named(usual, `${kebab(source.replace(/\/?requirements\.txt$/, '')) || 'common'}-deps`);
    layers[name] = { build: 'requirements', source, versionKey: keyOf(name), layerName: `${name}-{env}` };
  }
  const functions: NonNullable<ProposedPolicy['functions']> = {};
  for (const source of finds.handlers) {
    const name = named(kebab(baseName(source)), kebab(source));
    functions[name] = {
      source,
      versionKey: keyOf(name),
      functionName: `${name}-{env}`,
      layers: Object.keys(layers).slice(0, layerLimit),
    };
  }
  return {
    ...(versionFile !== 'VERSION' && { versionFile }),
    layers,
    ...(finds.handlers.length > 0 && { functions }),
  };
}

function exactKey(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_VERSION`;
}

/** Where VERSION names some of the packages, those; else all, unless that many cannot be layers. */
function likelyLayers(packages: string[], keys: string[]): string[] {
  const versioned = packages.filter((source) => keys.includes(`${baseName(source).toUpperCase()}_VERSION`));
  if (versioned.length > 0) return versioned;
  return packages.length > layerLimit ? [] : packages;
}

/** `vectora_core`, `VectoraCore` → `vectora-core`; letters a name cannot hold become `-`. */
function kebab(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
}
