import type { Declarations } from '../declarations.js';
import { architectures, runtimes } from '../inside/runtime.js';

/** What an artefact has to be, by what the policy declares under its name. */
export interface Demands {
  layout: 'layer' | 'function';
  runtimes: readonly string[];
  architectures: readonly string[];
  /** All of them must take it; else nothing is declared, and it has to suit one of those that Lambda has. */
  isDeclared: boolean;
  natives: 'forbid' | 'allow';
  /** Null: nothing is declared. */
  maxZipMB: number | null;
  /** What is in it was written here, not by the authors of packages. */
  isOwnCode: boolean;
}

/** `name` null, or none that is declared: what holds of any layer. */
export function demandsOf(
  name: string | null,
  { layers, functions }: Pick<Declarations, 'layers' | 'functions'>,
): Demands {
  const layer = name !== null && Object.hasOwn(layers, name) ? layers[name] : undefined;
  if (layer !== undefined) {
    const { natives, maxZipMB } = layer;
    const isOwnCode = layer.build === 'source';
    return { ...common, ...layer, isDeclared: true, layout: 'layer', natives, maxZipMB, isOwnCode };
  }
  const declared = name !== null && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (declared === undefined) return common;
  const used = declared.layers.flatMap((one) => layers[one] ?? []);
  return {
    ...common,
    layout: 'function',
    // A function runs where its layers do.
    isDeclared: used.length > 0,
    runtimes: used.length > 0 ? all(used.map((one) => one.runtimes)) : runtimes,
    architectures: used.length > 0 ? all(used.map((one) => one.architectures)) : architectures,
    maxZipMB: declared.maxZipMB,
  };
}

const common: Demands = {
  layout: 'layer',
  runtimes,
  architectures,
  isDeclared: false,
  natives: 'allow',
  maxZipMB: null,
  isOwnCode: true,
};

/** What is in every list. */
function all(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((one) => others.every((list) => list.includes(one)));
}

/** A runtime on an architecture. */
export interface Place {
  runtime: string;
  architecture: string;
}

/** The first place that has to be served and is not; null when all is well. */
export function unserved(
  { runtimes, architectures, isDeclared }: Demands,
  serves: (place: Place) => boolean,
): Place | null {
  const places = runtimes.flatMap((runtime) => architectures.map((architecture) => ({ runtime, architecture })));
  const missing = places.filter((place) => !serves(place));
  return isDeclared || missing.length === places.length ? (missing[0] ?? null) : null;
}
