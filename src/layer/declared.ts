import type { Declarations, LambdaFunction, Layer } from './declarations.js';
import { environmentOf } from './environments.js';
import { named } from './named.js';
import { artefactFile, expand } from './names.js';
import type { Version } from './version.js';

/** Whatever has a version and an artefact. */
export type Declared = Layer | LambdaFunction;

type Named = Pick<Layer, 'name' | 'layerName'> | Pick<LambdaFunction, 'name' | 'functionName'>;

export const isLayer = (one: Declared): one is Layer => 'layerName' in one;

/** The layer or function of a name; fails with `unknown-name`. */
export function declaredAs({ layers, functions }: Declarations, name: string): Declared {
  return named<Declared>({ ...layers, ...functions }, name, 'layer or function');
}

/** What it is called in an environment, or in a target of one. */
export function publishedName(one: Named, environment: string): string {
  const template = 'layerName' in one ? one.layerName : one.functionName;
  return expand(template, { name: one.name, env: environmentOf(environment) });
}

/** The key of its zip in the bucket of an environment, and below `.build/`: `functions/ingest-1.0.0.zip`. */
export function artefactKey(one: Declared, version: Version): string {
  return `${isLayer(one) ? 'layers' : 'functions'}/${artefactFile(one.name, version)}`;
}
