import { byUtf8 } from '../order.js';
import type { Module } from './modules.js';

/** A module with its public names; null where they are not known. */
export interface Offered {
  module: Module;
  names: readonly string[] | null;
}

export interface ApiChange {
  module: string;
  /** Null: the whole module. */
  name: string | null;
  /** Of the Pythons that the zips serve by folders of their own, those that see the change; empty: all do. */
  runtimes: string[];
}

export interface ApiChanges {
  gone: ApiChange[];
  added: ApiChange[];
}

/** `before` and `after` hold the modules of all files; those in files that are the same may come without names. */
export function apiChanges(before: readonly Offered[], after: readonly Offered[]): ApiChanges {
  const served = [...before, ...after].flatMap(({ module }) => module.runtime ?? []);
  const runtimes = [...new Set(served)].sort();
  // Where none has a folder of its own, one view is that of all.
  const views = runtimes.length === 0 ? [''] : runtimes;
  const gone = gather(views.length);
  const added = gather(views.length);
  for (const runtime of views) {
    const [old, now] = [seenBy(before, runtime), seenBy(after, runtime)];
    leaves(old, now, (module, name) => gone.note(module, name, runtime));
    leaves(now, old, (module, name) => added.note(module, name, runtime));
  }
  return { gone: gone.all(), added: added.all() };
}

type View = ReadonlyMap<string, Offered>;

/** A runtime looks into its own folder first. */
function seenBy(offered: readonly Offered[], runtime: string): View {
  const common = offered.filter(({ module }) => module.runtime === null);
  const own = offered.filter(({ module }) => module.runtime === runtime);
  return new Map([...common, ...own].map((one) => [one.module.name, one]));
}

/** What the first has and the second has not. A module that is missing says nothing of each of its names. */
function leaves(of: View, missing: View, note: (module: string, name: string | null) => void): void {
  for (const [module, { names }] of of) {
    const there = missing.get(module);
    if (there === undefined) note(module, null);
    else if (names !== null && there.names !== null) {
      const known = new Set(there.names);
      for (const name of names) if (!known.has(name)) note(module, name);
    }
  }
}

/** Collects one change however many runtimes see it; one that all see names none. */
function gather(views: number) {
  const changes = new Map<string, ApiChange>();
  return {
    note(module: string, name: string | null, runtime: string) {
      const key = `${module} ${name ?? ''}`;
      const change = changes.get(key) ?? { module, name, runtimes: [] };
      changes.set(key, change);
      change.runtimes.push(runtime);
    },
    all(): ApiChange[] {
      const sorted = [...changes].sort(([a], [b]) => byUtf8(a, b)).map(([, change]) => change);
      return sorted.map((change) => (change.runtimes.length === views ? { ...change, runtimes: [] } : change));
    },
  };
}
