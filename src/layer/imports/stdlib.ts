import { minorOf } from '../inside/runtime.js';
import { stdlibMinors, stdlibNames } from './stdlib.gen.js';

interface Span {
  since: number;
  /** The first that has it no more. */
  until: number;
}

const known = read();

/** Whether a module of this top-level name is in the standard library of a runtime; a newer one is taken for the newest known. */
export function isStdlib(module: string, runtime: string): boolean {
  const span = known.get(module);
  const [first, last] = stdlibMinors;
  const minor = Math.min(Math.max(minorOf(runtime), first), last);
  return span !== undefined && span.since <= minor && minor < span.until;
}

function read(): Map<string, Span> {
  const entries = stdlibNames.trim().split(/\s+/);
  return new Map(
    entries.map((entry) => {
      const [, name = '', since, until] = /^(\w+)(?:>(\d+))?(?:<(\d+))?$/.exec(entry) ?? [];
      return [name, { since: Number(since ?? 0), until: Number(until ?? Number.POSITIVE_INFINITY) }];
    }),
  );
}
