import { type Declarations, declaredNames } from '../layer/declarations.js';
import { declaredAs, isLayer } from '../layer/declared.js';
import type { Env } from '../ports.js';
import type { Buildable } from './look.js';

/** With names: those; without: everything declared. Fails with `unknown-name`. */
export function choose(env: Pick<Env, 'builder'>, declarations: Declarations, names: readonly string[]): Buildable[] {
  return [...new Set(names.length > 0 ? names : declaredNames(declarations))].map((name) => {
    const declared = declaredAs(declarations, name);
    return { declared, builder: env.builder(isLayer(declared) ? declared.build : 'function') };
  });
}
