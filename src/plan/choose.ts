import { failure } from '../errors.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import type { Env } from '../ports.js';
import type { Buildable } from './look.js';

/** With names: those, or a refusal. Without: all that this version can build; what it cannot is said. */
export function choose(
  env: Pick<Env, 'builder'>,
  { layers, functions }: Declarations,
  names: readonly string[],
): { wanted: Buildable[]; notices: string[] } {
  const wanted: Buildable[] = [];
  const notices: string[] = [];
  const buildable = Object.values(layers).filter(({ build }) => env.builder(build) !== null);
  const declared: Record<string, Layer | { name: string }> = { ...functions, ...layers };
  for (const name of names.length > 0 ? new Set(names) : Object.keys({ ...layers, ...functions })) {
    const one = named(declared, name, 'layer or function');
    const method = 'build' in one ? one.build : 'function';
    const builder = env.builder(method);
    if (builder !== null && 'build' in one) wanted.push({ layer: one, builder });
    else if (names.length > 0) {
      throw failure('not-built-here', {
        name,
        method,
        buildable: buildable.map((layer) => layer.name).join(', ') || 'none',
      });
    } else notices.push(`${name} is skipped: this version cannot build from ${method} yet.`);
  }
  return { wanted, notices };
}
