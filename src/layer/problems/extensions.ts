import { type Extension, extensionOf, isFor, modulePath } from '../inside/module-path.js';
import type { ArtefactReading } from '../inside/reading.js';
import { type Demands, type Place, unserved } from './demands.js';
import type { OneProblem } from './problem.js';

interface Variant extends Extension {
  path: string;
  /** The one runtime that looks where it lies; null: all. */
  runtime: string | null;
  /** Null where it was not read. */
  machine: string | null;
}

/**
 * Python looks for an extension module under a name that says for which Python it is compiled, and does not see any
 * other. So every declared runtime, on every declared architecture, needs one of its own.
 */
export function* extensionProblems(artefact: ArtefactReading, demands: Demands): Iterable<OneProblem> {
  for (const variants of byModule(artefact, demands)) {
    const place = unserved(demands, (one) => variants.some((variant) => serves(variant, one)));
    if (place === null) continue;
    const compiledFor = [...new Set(variants.map(({ abi }) => abi))].join(', ');
    const who = demands.isDeclared ? `${place.runtime} on ${place.architecture} does` : 'the runtimes of Lambda do';
    yield {
      kind: 'platform',
      what: `compiled for ${compiledFor}, so that ${who} not see it`,
      path: variants[0]?.path ?? null,
    };
  }
}

function byModule({ files }: ArtefactReading, { layout, architectures }: Demands): Iterable<Variant[]> {
  const modules = new Map<string, Variant[]>();
  for (const { path, seen } of files) {
    const { path: inside, runtime } = modulePath(path, layout);
    const extension = inside === null ? null : extensionOf(inside);
    const binary = seen?.binary ?? null;
    const machine = binary?.format === 'elf' ? binary.machine : null;
    // What is for another system or machine is refused for that already.
    const isForeign = binary !== null && (machine === null || !architectures.includes(machine));
    if (extension === null || isForeign) continue;
    const variants = modules.get(extension.module) ?? [];
    variants.push({ ...extension, path, runtime, machine });
    modules.set(extension.module, variants);
  }
  return modules.values();
}

function serves(variant: Variant, place: Place): boolean {
  const { runtime, machine } = variant;
  return (
    (runtime ?? place.runtime) === place.runtime &&
    (machine ?? place.architecture) === place.architecture &&
    isFor(variant, place.runtime)
  );
}
