import { failure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { type Declared, declaredAs, isLayer } from '../layer/declared.js';
import type { Env } from '../ports.js';
import type { Buildable } from './look.js';

const methodOf = (one: Declared) => (isLayer(one) ? one.build : 'function');

/** With names: those, or a refusal. Without: all that this version can build; what it cannot is said. */
export function choose(
  env: Pick<Env, 'builder'>,
  declarations: Declarations,
  names: readonly string[],
): { wanted: Buildable[]; notices: string[] } {
  const wanted: Buildable[] = [];
  const notices: string[] = [];
  const all: Declared[] = Object.values({ ...declarations.layers, ...declarations.functions });
  const chosen = names.length > 0 ? [...new Set(names)].map((name) => declaredAs(declarations, name)) : all;
  for (const declared of chosen) {
    const builder = env.builder(methodOf(declared));
    if (builder !== null) {
      wanted.push({ declared, builder });
      continue;
    }
    const { name } = declared;
    const method = methodOf(declared);
    if (names.length === 0) notices.push(`${name} is skipped: this version cannot build from ${method} yet.`);
    else {
      const buildable = all.filter((one) => env.builder(methodOf(one)) !== null).map((one) => one.name);
      throw failure('not-built-here', { name, method, buildable: buildable.join(', ') || 'none' });
    }
  }
  return { wanted, notices };
}
