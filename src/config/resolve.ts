import { failure } from '../errors.js';
import type { Declarations, Environment, LambdaFunction, Layer, Waiver } from '../layer/declarations.js';
import { fitsSchema } from '../layer/fits-schema.js';
import { expand } from '../layer/names.js';
import type { ParsedConfig } from './parse.js';
import { resolveRules } from './rules.js';
import { configSchema } from './schema.js';

/** The document as users write it, after the schema held. */
interface Written {
  requires?: string;
  versionFile?: string;
  baseBranch?: string;
  layers: Record<string, Partial<Layer> & Pick<Layer, 'build' | 'source' | 'versionKey' | 'layerName'>>;
  functions?: Record<string, Partial<LambdaFunction> & Pick<LambdaFunction, 'source' | 'versionKey' | 'functionName'>>;
  versioned?: Record<string, string[]>;
  environments?: Record<string, Omit<Environment, 'name'>>;
  archive?: { bucket?: string; prefix?: string };
  waivers?: Waiver[];
  rules?: Record<string, unknown>;
}

const defaultTag = '{name}-v{version}';

/** Defaults filled in, and what no schema can say: references lead somewhere, templates differ, rules exist. */
export async function resolveConfig(file: string, parsed: ParsedConfig, version: string): Promise<Declarations> {
  const refuse = (problems: string[]) =>
    failure('config-invalid', {
      file,
      problems: problems.join('; '),
      fix: `Correct ${file}. The schema: schemas/config.schema.json`,
    });

  const breaches = fitsSchema(configSchema, parsed.value)
    ? []
    : (await import('./breaches.js')).configBreaches(parsed.value).map(({ field, what }) => {
        const line = parsed.lineOf(field);
        return `${line === null ? '' : `line ${line}: `}${field === '' ? 'the policy' : field.slice(1).replaceAll('/', '.')} ${what}`;
      });
  if (breaches.length > 0) throw refuse(breaches);
  const written = parsed.value as Written;
  if (written.requires !== undefined) await checkRequires(file, written.requires, version);

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
      tag: expand(declared.tag ?? defaultTag, { name }),
      layers: declared.layers ?? [],
      maxZipMB: declared.maxZipMB ?? 50,
    }),
  );
  const environments = mapValues(
    written.environments ?? {},
    (environment, name): Environment => ({ ...environment, name }),
  );
  if (!Object.hasOwn(environments, 'local')) environments.local = { name: 'local', target: 'local' };

  const problems = [
    ...unknownLayers(functions, layers),
    ...equalNames(layers, functions),
    ...equalTags([...Object.values(layers), ...Object.values(functions)]),
    ...unknownOrigins(environments),
  ];
  const rules = await resolveRules(written.rules ?? {}, written.waivers ?? [], problems);
  if (problems.length > 0) throw refuse(problems);

  return {
    versionFile: written.versionFile ?? 'VERSION',
    baseBranch: written.baseBranch ?? null,
    layers,
    functions,
    versioned: { ...written.versioned },
    environments,
    archive: { prefix: 'layers/', ...written.archive },
    waivers: written.waivers ?? [],
    rules,
  };
}

async function checkRequires(file: string, range: string, version: string): Promise<void> {
  const { default: validRange } = await import('semver/ranges/valid.js');
  if (validRange(range) === null) {
    throw failure('config-invalid', {
      file,
      problems: `requires: "${range}" is not a version range`,
      fix: 'Write for example ">=1.0.0".',
    });
  }
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  // A run from source has no version to hold against the range.
  if (version.endsWith('-source') || satisfies(version, range, { includePrerelease: true })) return;
  throw failure('requires-newer', { file, range, version });
}

function unknownLayers(functions: Record<string, LambdaFunction>, layers: Record<string, Layer>): string[] {
  return Object.values(functions).flatMap(({ name, layers: used }) =>
    used
      .filter((layer) => !Object.hasOwn(layers, layer))
      .map((layer) => `functions.${name}.layers: "${layer}" is not a declared layer`),
  );
}

function equalNames(layers: Record<string, Layer>, functions: Record<string, LambdaFunction>): string[] {
  return Object.keys(functions)
    .filter((name) => Object.hasOwn(layers, name))
    .map((name) => `"${name}" is a layer and a function; a release is known by its name`);
}

function equalTags(tagged: { name: string; tag: string }[]): string[] {
  const owner = new Map<string, string>();
  return tagged.flatMap(({ name, tag }) => {
    const before = owner.get(tag);
    owner.set(tag, before ?? name);
    return before === undefined ? [] : [`${before} and ${name} have the same tag template "${tag}"`];
  });
}

function unknownOrigins(environments: Record<string, Environment>): string[] {
  return Object.values(environments).flatMap(({ name, promoteFrom }) =>
    promoteFrom === undefined || (promoteFrom !== name && Object.hasOwn(environments, promoteFrom))
      ? []
      : [`environments.${name}.promoteFrom: "${promoteFrom}" is not another declared environment`],
  );
}

function mapValues<From, To>(from: Record<string, From>, to: (value: From, name: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value, name)]));
}
