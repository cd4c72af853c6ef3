import { failure } from '../../../errors.js';
import { once } from '../../../layer/once.js';
import { type Pin, pinOf, placesOf } from '../../../layer/packages/asked.js';
import { closureOf, type Lack } from '../../../layer/packages/closure.js';
import { holds, surroundingsOf } from '../../../layer/packages/marker.js';
import type { Metadata } from '../../../layer/packages/metadata.js';
import { glibcFor } from '../../../layer/packages/platforms.js';
import { distributionName } from '../../../layer/python-modules.js';
import type { Requirement } from '../../../layer/requirement.js';
import { parseRequirements } from '../../../layer/requirements.js';
import type { Files, Git, LockedPackage, LockRequest, Sha256, Zip } from '../../../ports.js';
import { refuseProblems } from './asked.js';
import { openCache, type Wheel } from './cache.js';
import { collect, keep, type Means } from './collect.js';
import { findInstaller } from './find-installer.js';
import type { Target } from './installer.js';
import { unpackWheel } from './unpack.js';
import { type Host, inWorkshop } from './workshop.js';

interface Ports extends Host {
  git: Pick<Git, 'commonDir'>;
  zip: Zip;
  files: Files;
  sha256: Sha256;
}

type Root = Omit<Requirement, 'line'>;

/**
 * Every package that requirements need, directly or not, at each place that a layer is declared for, with the digests of
 * the very files that a build takes; they are in the cache afterwards. Fails as a build does.
 */
export async function lockRequirements(ports: Ports, request: LockRequest): Promise<LockedPackage[]> {
  const { git, zip, files, sha256, vars } = ports;
  const { source, bytes, runtimes, natives } = request;
  const asked = parseRequirements(bytes);
  refuseProblems(asked, source);
  const cache = await openCache(git, files, sha256);
  const locked = new Map<string, LockedPackage>();
  const places: { target: Target; wheels: Wheel[] }[] = [];
  await inWorkshop(ports, async (shop) => {
    const installer = once(() => findInstaller(shop, runtimes));
    const means: Means = { cache, installer, sha256, vars, built: new Map() };
    for (const place of placesOf(request)) {
      const roots = asked.requirements.filter(({ marker, name }) => {
        const isMeant = holds(marker, surroundingsOf(place));
        if (isMeant === null) throw unclear(source, `the marker of ${name} is not understood: ${marker}`);
        return isMeant;
      });
      const target = { ...place, natives, glibc: glibcFor(runtimes) };
      const answers = await resolveAt({ means, zip, source }, roots, target);
      for (const { metadata, wheel } of answers) {
        const name = distributionName(metadata.name);
        const key = `${name}==${metadata.version}`;
        const one = locked.get(key) ?? { name, version: metadata.version, places: [], sha256: [] };
        one.places.push(place);
        one.sha256.push(wheel.origin);
        locked.set(key, one);
      }
      places.push({ target, wheels: answers.map(({ wheel }) => wheel) });
    }
    // A build asks by the lock, so that it finds here what the lock was made of.
    for (const { target, wheels } of places) {
      await keep(means, pinsOf([...locked.values()], target), target, wheels);
    }
  });
  return [...locked.values()];
}

/** As they are read out of the lock again. */
function pinsOf(locked: readonly LockedPackage[], { runtime, architecture }: Target): Pin[] {
  return locked
    .filter(({ places }) => places.some((one) => one.runtime === runtime && one.architecture === architecture))
    .map(({ name, version, sha256 }) => {
      const hashes = [...new Set(sha256)].sort().map((hash) => `sha256:${hash}`);
      return { name, version, marker: '', hashes };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Answer {
  metadata: Metadata;
  wheel: Wheel;
}

/** Rounds after which packages that ask for one another's other versions are given up. */
const rounds = 20;

/**
 * pip asks markers about this machine, so what it found is followed through the packages' metadata for the place that is
 * meant; what is missing there is asked for as well, and what only this machine needs is left out.
 */
async function resolveAt(
  { means, zip, source }: { means: Means; zip: Zip; source: string },
  roots: readonly Root[],
  target: Target,
): Promise<Answer[]> {
  if (roots.length === 0) return [];
  const installer = await means.installer();
  const more: Root[] = [];
  let lacks: Lack[] = [];
  for (let round = 0; round < rounds; round++) {
    const wanted = [...roots, ...more].map((root) => ({ ...root, marker: '', hashes: [] }));
    const found = await installer.resolve(wanted, target);
    const pins = found
      .map(({ name, version }) => pinOf({ ...blank, name, version, hashes: hashesOf(roots, name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const answers: Answer[] = [];
    for (const wheel of await collect(means, pins, target)) {
      answers.push({ wheel, metadata: (await unpackWheel(zip, wheel)).metadata });
    }
    const there = new Map(answers.map(({ metadata }) => [distributionName(metadata.name), metadata]));
    const closure = closureOf(roots, there, target);
    const [odd] = closure.unclear;
    if (odd !== undefined) throw unclear(source, `this is not understood: ${odd}`);
    lacks = closure.lacks;
    if (lacks.length === 0)
      return answers.filter(({ metadata }) => closure.reached.has(distributionName(metadata.name)));
    more.push(...lacks.map(({ needed }) => ({ ...blank, ...needed })));
  }
  const [lack] = lacks;
  throw unclear(
    source,
    `no versions suit all of it: ${lack?.by ?? 'it'} needs ${lack?.needed.name}${lack?.needed.specifier}`,
  );
}

const blank = { name: '', extras: [], specifier: '', version: null, marker: '', hashes: [], line: 0 };

/** Hashes that stand in the requirements themselves are kept to. */
function hashesOf(roots: readonly Root[], name: string): string[] {
  return roots.flatMap((root) => (distributionName(root.name) === name ? root.hashes : []));
}

function unclear(file: string, problem: string) {
  return failure('requirements-refused', { file, problem, fix: 'Correct that line, or take another version.' });
}
