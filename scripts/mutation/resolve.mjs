/** Here tests find their words in `words.ts`, and rules their door in the sources that hold the mutants. */
let found = {};

export function initialize(doors) {
  found = doors;
}

export function resolve(specifier, context, next) {
  return next(found[specifier] ?? specifier, context);
}
