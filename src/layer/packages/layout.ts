import type { Place } from '../problems/demands.js';

/** A wheel that serves one place. */
export interface Chosen {
  place: Place;
  /** Normalised name of the package. */
  name: string;
  /** Of the wheel. */
  sha256: string;
}

/** A package in a folder of the layer, made of these wheels: more than one where architectures have their own. */
export interface Placed {
  name: string;
  folder: string;
  wheels: string[];
}

/**
 * One zip for all runtimes: a package whose wheels are the same for each lies once in `python/`; any other lies in the
 * folder of each runtime, which only that one looks in.
 */
export function layOut(chosen: readonly Chosen[], runtimes: readonly string[]): Placed[] {
  const names = [...new Set(chosen.map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const byRuntime = runtimes.map((runtime) => {
      const own = chosen.filter((one) => one.name === name && one.place.runtime === runtime);
      return { runtime, wheels: [...new Set(own.map(({ sha256 }) => sha256))].sort() };
    });
    const [first] = byRuntime;
    const isShared = byRuntime.every(({ wheels }) => wheels.join() === first?.wheels.join());
    if (isShared) return [{ name, folder: 'python', wheels: first?.wheels ?? [] }];
    return byRuntime
      .filter(({ wheels }) => wheels.length > 0)
      .map(({ runtime, wheels }) => ({ name, folder: `python/lib/${runtime}/site-packages`, wheels }));
  });
}
