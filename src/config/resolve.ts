import type { Declarations, Environment, LambdaFunction, Layer } from '../layer/declarations.js';
import { fitsSchema } from '../layer/fits-schema.js';
import { expand } from '../layer/names.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { Env } from '../ports.js';
import type { Breach } from './breach.js';
import { configInvalid } from './config-invalid.js';
import { globBreaches } from './globs.js';
import type { ParsedConfig } from './parse.js';
import { pluginBreaches } from './plugins/names.js';
import { referenceBreaches, targetBreaches } from './references.js';
import { checkRequires } from './requires.js';
import { resolveRules, thePolicy } from './rules.js';
import { configSchema } from './schema.js';
import type { Written, WrittenEnvironment, WrittenRules } from './written.js';

export interface ResolvedConfig {
  declarations: Declarations;
  /** As they are named; none of their code is here yet, and of their rules nothing is settled. */
  plugins: string[];
  /** To settle the rules again when the plugins are here. */
  written: WrittenRules;
  lineOf: ParsedConfig['lineOf'];
}

const defaultTag = '{name}-v{version}';

/** Defaults filled in, and what no schema can say: references lead somewhere, templates differ, rules exist. */
export async function resolveConfig(env: Env, file: string, parsed: ParsedConfig): Promise<ResolvedConfig> {
  const refuse = (breaches: Breach[]): void => {
    if (breaches.length > 0) throw configInvalid(file, breaches, parsed.lineOf);
  };
  if (!fitsSchema(configSchema, parsed.value)) refuse((await import('./breaches.js')).configBreaches(parsed.value));
  const written = parsed.value as Written;
  if (written.requires !== undefined) await checkRequires(file, written.requires, env.version);

  const layers = mapValues(
    written.layers,
    (layer, name): Layer => ({
      runtimes: ['python3.11', 'python3.12'],
      architectures: ['x86_64'],
      natives: layer.build === 'source' ? 'forbid' : 'allow',
      maxZipMB: 50,
      ...layer,
      name,
      tag: expand(layer.tag ?? defaultTag, { name }),
    }),
  );
  const functions = mapValues(
    written.functions ?? {},
    (declared, name): LambdaFunction => ({
      name,
      source: declared.source,
      versionKey: declared.versionKey,
      functionName: declared.functionName,
      ...(declared.alias !== undefined && { alias: declared.alias }),
      tag: expand(declared.tag ?? defaultTag, { name }),
      layers: declared.layers ?? [],
      maxZipMB: declared.maxZipMB ?? 1,
      handler: declared.handler ?? 'handler.lambda_handler',
      events: declared.events ?? {},
      smoke: (declared.smoke ?? []).map(({ event, expect = {} }) => ({ event, expect })),
    }),
  );
  const environments = eachTarget(written.environments ?? {});
  if (!Object.hasOwn(environments, 'local')) environments.local = { name: 'local', target: 'local' };

  const archive = { prefix: 'layers/', ...written.archive };
  const { maintenanceBranches = [], overrides = [], waivers = [], plugins = [], versioned = {} } = written;
  refuse([
    ...referenceBreaches({ layers, functions, environments, archive }),
    ...targetBreaches(written.environments ?? {}),
    ...globBreaches({ maintenanceBranches, versioned, overrides, waivers }),
    ...pluginBreaches(plugins),
  ]);
  // Only a policy that extends something pays for what can be extended.
  const presets = written.extends === undefined ? [] : await readPresets(env, written.extends, refuse);
  const writtenRules = { layers: [...presets, { from: thePolicy, rules: written.rules ?? {} }], overrides, waivers };
  const rules = await resolveRules(writtenRules, ruleIndex, () => plugins.length > 0);
  refuse(rules.breaches);

  return {
    declarations: {
      requires: written.requires ?? null,
      versionFile: written.versionFile ?? 'VERSION',
      baseBranch: written.baseBranch ?? null,
      maintenanceBranches,
      layers,
      functions,
      versioned: { ...versioned },
      environments,
      archive,
      waivers,
      extends: [written.extends ?? []].flat(),
      plugins,
      rules: rules.settings,
      pluginRules: Object.fromEntries(rules.passedOver.map((id) => [id, saidOf(id, writtenRules)])),
    },
    plugins,
    written: writtenRules,
    lineOf: parsed.lineOf,
  };
}

/** Everything that is written about one rule. */
function saidOf(id: string, { layers, overrides }: WrittenRules): unknown[] {
  const own = (rules: Record<string, unknown>) => (Object.hasOwn(rules, id) ? [rules[id]] : []);
  return [
    ...layers.flatMap(({ rules }) => own(rules)),
    ...overrides.flatMap(({ paths, rules }) => own(rules).map((said) => ({ paths, said }))),
  ];
}

async function readPresets(env: Env, names: string | string[], refuse: (breaches: Breach[]) => void) {
  const { layers, breaches } = await (await import('./presets.js')).readPresets(env, [names].flat());
  refuse(breaches);
  return layers;
}

/** An environment of several targets stands for each of them. */
function eachTarget(written: Record<string, WrittenEnvironment>): Record<string, Environment> {
  const each = Object.entries(written).flatMap(([environment, { targets, ...shared }]) =>
    targets === undefined
      ? [{ ...shared, name: environment }]
      : Object.entries(targets).map(([name, own]) => ({ ...shared, ...own, name: `${environment}/${name}` })),
  );
  return Object.fromEntries(each.map((one) => [one.name, one]));
}

function mapValues<From, To>(from: Record<string, From>, to: (value: From, name: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value, name)]));
}
