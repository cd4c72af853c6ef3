import type { Declarations, LambdaFunction, Layer } from './declarations.js';
import { named } from './named.js';
import { artefactFile, expand } from './names.js';
import type { Version } from './version.js';

/** Whatever has a version and an artefact. */
export type Declared = Layer | LambdaFunction;

export const isLayer = (one: Declared): one is Layer => 'layerName' in one;

/** The layer or function of a name; fails with `unknown-name`. */
export function declaredAs({ layers, functions }: Declarations, name: string): Declared {
  return named<Declared>({ ...layers, ...functions }, name, 'layer or function');
}

/** What it is called in an environment. */
export function publishedName(one: Declared, environment: string): string {
  return expand(isLayer(one) ? one.layerName : one.functionName, { name: one.name, env: environment });
}

/** The key of its zip in the bucket of an environment, and below `.build/`: `functions/ingest-1.0.0.zip`. */
export function artefactKey(one: Declared, version: Version): string {
  return `${isLayer(one) ? 'layers' : 'functions'}/${artefactFile(one.name, version)}`;
}
