import type { Place } from '../problems/demands.js';
import { distributionName } from '../python-modules.js';
import type { Requirement } from '../requirement.js';
import { holds, surroundingsOf } from './marker.js';
import type { Metadata } from './metadata.js';
import { keeps } from './pep440.js';

type Wanted = Pick<Requirement, 'name' | 'extras' | 'specifier' | 'marker'>;

/** Something that is needed and not there, or there in a version that does not do. */
export interface Lack {
  /** The package that needs it; null: it is asked for directly. */
  by: string | null;
  needed: Wanted;
  /** Which version is there; null: none. */
  there: string | null;
}

export interface Closure {
  /** Normalised names of everything that is asked for, directly or not. */
  reached: Set<string>;
  lacks: Lack[];
  /** Markers and requirements that are not understood, with the package that has them. */
  unclear: string[];
}

/** AWS's SDK is part of every Python runtime of Lambda, so a layer may rely on it and leave it out. */
const provided = new Set(['boto3', 'botocore', 's3transfer', 'jmespath']);

/**
 * Follows requirements through the packages' own metadata, for one place. pip asks markers about the machine it runs on,
 * not the one that is built for; so this is decided here.
 */
export function closureOf(roots: readonly Wanted[], there: ReadonlyMap<string, Metadata>, place: Place): Closure {
  const surroundings = surroundingsOf(place);
  const closure: Closure = { reached: new Set(), lacks: [], unclear: [] };
  const seen = new Set<string>();
  const open: { by: Metadata | null; needed: Wanted; extra: string }[] = roots.map((needed) => ({
    by: null,
    needed,
    extra: '',
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { by, needed, extra } = next;
    const isMeant = holds(needed.marker, { ...surroundings, extra });
    if (isMeant === null) closure.unclear.push(`${by?.name ?? 'a requirement'}: ${needed.name}; ${needed.marker}`);
    if (!isMeant) continue;
    const name = distributionName(needed.name);
    const found = there.get(name);
    if (found === undefined || !keeps(found.version, needed.specifier)) {
      const isProvided = found === undefined && by !== null && provided.has(name);
      if (!isProvided) closure.lacks.push({ by: by?.name ?? null, needed, there: found?.version ?? null });
      if (found === undefined) continue;
    }
    closure.reached.add(name);
    for (const wanted of ['', ...needed.extras]) {
      const key = `${name}[${wanted}]`;
      if (seen.has(key)) continue;
      seen.add(key);
      closure.unclear.push(...found.problems.map((problem) => `${found.name}: ${problem}`));
      for (const one of found.needs) open.push({ by: found, needed: one, extra: wanted });
    }
  }
  return closure;
}
