import { pathsAs } from '../layer/paths.js';
import type { Paths } from '../ports.js';

/** Plain data that nobody can change any more: rules share their facts. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (isPaths(value)) return Object.freeze(pathsAs(value, frozen)) as Value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
}

/** Many paths are no data but answers, each made when it is asked for. */
function isPaths(value: object): value is Paths<unknown> {
  return 'endingIn' in value && Symbol.iterator in value;
}
