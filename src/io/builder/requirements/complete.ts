import { failure } from '../../../errors.js';
import type { Asked } from '../../../layer/packages/asked.js';
import { closureOf, type Lack } from '../../../layer/packages/closure.js';
import { surroundingsOf } from '../../../layer/packages/marker.js';
import type { Metadata } from '../../../layer/packages/metadata.js';
import { keeps } from '../../../layer/packages/pep440.js';
import type { Place } from '../../../layer/problems/demands.js';
import { distributionName } from '../../../layer/python-modules.js';
import type { BuildRequest } from '../../../ports.js';

/**
 * Exactly what is listed goes into a layer, so what is listed has to be all that is needed there, and a lock no more
 * than that: by the packages' own metadata, at the place that is built for.
 */
export function refuseIncomplete(
  { file, roots, isLocked }: Asked,
  { name, source }: Pick<BuildRequest, 'name' | 'source'>,
  packages: readonly Metadata[],
  place: Place,
): void {
  const there = new Map(packages.map((one) => [distributionName(one.name), one]));
  const { reached, lacks, unclear } = closureOf(roots, there, place);
  const refuse = (problem: string) =>
    isLocked
      ? failure('lock-stale', { lock: file, source, problem, name })
      : failure('requirements-incomplete', { file, problem, name });
  const [lack] = lacks;
  if (lack !== undefined) throw refuse(`${sayLack(lack)}, for ${place.runtime} on ${place.architecture}`);
  const [odd] = unclear;
  if (odd !== undefined) throw refuse(`this is not understood: ${odd}`);
  const extra = [...there.keys()].find((one) => !reached.has(one));
  if (isLocked && extra !== undefined) throw refuse(`nothing needs ${extra}`);
  const version = surroundingsOf(place).python_full_version ?? '';
  const unfit = packages.find(({ python }) => !keeps(version, python));
  if (unfit !== undefined) {
    throw failure('package-refused', {
      package: `${unfit.name} ${unfit.version}`,
      problem: `it asks for Python ${unfit.python}, and the layer is declared for ${place.runtime}`,
      fix: 'Take another version of it, or declare other runtimes.',
    });
  }
}

function sayLack({ by, needed, there }: Lack): string {
  const wanted = `${needed.name}${needed.specifier}`;
  const what = there === null ? 'which is not there' : `and ${needed.name} ${there} is there`;
  return by === null ? `${wanted} is asked for, ${what}` : `${by} needs ${wanted}, ${what}`;
}
