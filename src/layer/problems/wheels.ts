import { modulePath } from '../inside/module-path.js';
import type { ArtefactReading } from '../inside/reading.js';
import { fits } from '../inside/wheel.js';
import { distributionOf } from '../python-modules.js';
import { type Demands, unserved } from './demands.js';
import type { OneProblem } from './problem.js';

interface Wheel {
  path: string;
  runtime: string | null;
  tags: readonly string[];
}

/** A package whose wheel pip would not have installed for a declared runtime, by the wheel's own word. */
export function* wheelProblems(artefact: ArtefactReading, demands: Demands): Iterable<OneProblem> {
  for (const [name, wheels] of byPackage(artefact, demands)) {
    const place = unserved(demands, ({ runtime, architecture }) =>
      wheels.some(
        (wheel) => (wheel.runtime ?? runtime) === runtime && wheel.tags.some((tag) => fits(tag, runtime, architecture)),
      ),
    );
    if (place === null) continue;
    const tags = [...new Set(wheels.flatMap((wheel) => wheel.tags))].slice(0, 3).join(', ');
    const who = demands.isDeclared ? `${place.runtime} on ${place.architecture}` : 'Lambda';
    const what = `${name} is a wheel for ${tags}, not for ${who}`;
    yield { kind: 'platform', what, path: wheels[0]?.path ?? null, habit: 'wheel-tags' };
  }
}

function byPackage({ files }: ArtefactReading, { layout }: Demands): Map<string, Wheel[]> {
  const packages = new Map<string, Wheel[]>();
  for (const { path, seen } of files) {
    if (seen?.tags === null || seen?.tags === undefined || seen.tags.length === 0) continue;
    const { path: inside, runtime } = modulePath(path, layout);
    const name = distributionOf((inside ?? path).split(/[\\/]/).at(-2) ?? '') ?? path;
    packages.set(name, [...(packages.get(name) ?? []), { path, runtime, tags: seen.tags }]);
  }
  return packages;
}
