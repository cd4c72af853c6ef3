import { failure } from '../errors.js';
import { nearest } from './names.js';

/** What is declared under a name; fails with `unknown-name`, which knows the nearest. `kind`: 'layer', 'environment'. */
export function named<Declared>(among: Readonly<Record<string, Declared>>, name: string, kind: string): Declared {
  const found = Object.hasOwn(among, name) ? among[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(among);
  const near = nearest(name, names);
  throw failure('unknown-name', {
    name,
    kind,
    nearest: near === null ? '' : ` Did you mean '${near}'?`,
    declared: names.join(', ') || 'none',
  });
}
