import type { Declarations } from '../../layer/declarations.js';

/** The options of every instance of a rule kind, for everywhere and for some paths: what there is to look for. */
export function askedOf<Options>(policy: Declarations, kind: string): Options[] {
  return Object.values(policy.rules)
    .filter(({ use }) => use === kind)
    .flatMap(({ options, overrides }) => [options, ...overrides.map((override) => override.options)] as Options[]);
}
