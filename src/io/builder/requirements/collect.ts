import { failure } from '../../../errors.js';
import type { Pin } from '../../../layer/packages/asked.js';
import { platformTags, rankOf } from '../../../layer/packages/platforms.js';
import { isPure, parseWheelName } from '../../../layer/packages/wheel-name.js';
import type { Sha256 } from '../../../ports.js';
import type { Cache, Wheel } from './cache.js';
import type { Download, Installer, Target } from './installer.js';
import { hashRefused } from './trouble.js';

export interface Means {
  cache: Cache;
  /** Asked for where the cache has no answer: to ask pip who it is takes longer than all the rest. */
  installer(): Promise<Installer>;
  sha256: Sha256;
  vars: Readonly<Record<string, string | undefined>>;
  /** What was built of sources so far, which serves every place alike. */
  built: Map<string, Wheel>;
}

/** The wheels that answer these pins at a place, each judged; from the cache where they were brought before. */
export async function collect(means: Means, pins: readonly Pin[], target: Target): Promise<Wheel[]> {
  const { cache, installer, vars } = means;
  const asked = { pins, target, vars };
  const kept =
    (await cache.find({ ...asked, builder: null })) ??
    (await cache.find({ ...asked, builder: (await installer()).id }));
  const wheels = kept ?? (await bring(means, pins, target));
  refuseOthers(pins, wheels, target);
  if (kept === null) await keep(means, pins, target, wheels);
  return wheels;
}

/** For the next who asks for these pins at this place. */
export async function keep(
  means: Means,
  pins: readonly Pin[],
  target: Target,
  wheels: readonly Wheel[],
): Promise<void> {
  const builder = wheels.some(({ isBuilt }) => isBuilt) ? (await means.installer()).id : null;
  await means.cache.keep({ pins, target, builder, vars: means.vars }, wheels);
}

async function bring(means: Means, pins: readonly Pin[], target: Target): Promise<Wheel[]> {
  const { sha256 } = means;
  const installer = await means.installer();
  const { wheels, without } = await installer.wheels(pins, target);
  const brought = wheels.map(({ file, bytes }): Wheel => {
    const digest = sha256(bytes);
    return { file, bytes, sha256: digest, origin: digest, isBuilt: false };
  });
  for (const pin of without) {
    const key = JSON.stringify(pin);
    const wheel = means.built.get(key) ?? (await buildOf(installer, pin, target, sha256));
    means.built.set(key, wheel);
    brought.push(wheel);
  }
  return brought.sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function buildOf(installer: Installer, pin: Pin, target: Target, sha256: Sha256): Promise<Wheel> {
  const source = await installer.source(pin);
  if (source === null) throw absent(pin, target);
  // Before any of its code runs.
  refuseHash(pin, source.file, sha256(source.bytes));
  return judgedBuild(pin, target, source, await installer.build(source), sha256);
}

function judgedBuild(
  pin: Pin,
  target: Target,
  source: Download,
  built: Download | { problem: string },
  sha256: Sha256,
): Wheel {
  const refused = (problem: string) =>
    failure('package-refused', {
      package: `${pin.name} ${pin.version}`,
      problem: `it has no wheel for ${target.runtime} on ${target.architecture}, and its source (${source.file}) ${problem}`,
      fix: 'Take a version that has wheels for Linux, or another package.',
    });
  if ('problem' in built) throw refused(`does not build without a compiler: ${built.problem}`);
  const name = parseWheelName(built.file);
  if (name === null || !isPure(name)) throw refused(`builds to ${built.file}, which suits this machine alone`);
  const { file, bytes } = built;
  return { file, bytes, sha256: sha256(bytes), origin: sha256(source.bytes), isBuilt: true };
}

/** One wheel for each pin, of its version, for the place, and of a hash that was asked for: whoever brought it. */
function refuseOthers(pins: readonly Pin[], wheels: readonly Wheel[], target: Target): void {
  const platforms = target.natives === 'forbid' ? [] : platformTags(target.glibc, target.architecture);
  const byName = new Map(wheels.map((wheel) => [parseWheelName(wheel.file)?.name, wheel]));
  for (const pin of pins) {
    const wheel = byName.get(pin.name);
    if (wheel === undefined) throw absent(pin, target);
    const tags = parseWheelName(wheel.file)?.tags ?? [];
    if (rankOf(tags, { runtime: target.runtime, platforms }) === null) {
      throw failure('package-refused', {
        package: `${pin.name} ${pin.version}`,
        problem: `${wheel.file} is no wheel for ${target.runtime} on ${target.architecture}`,
        fix: 'Take a version that has one.',
      });
    }
    refuseHash(pin, wheel.file, wheel.origin);
  }
  if (wheels.length !== pins.length) throw failure('bug', { problem: 'more wheels came than were asked for' });
}

function refuseHash(pin: Pin, file: string, digest: string): void {
  const known = pin.hashes.filter((hash) => hash.startsWith('sha256:'));
  if (known.length === 0 || known.includes(`sha256:${digest}`)) return;
  throw hashRefused(`${pin.name} ${pin.version}`, `${file} has ${digest}`);
}

function absent(pin: Pin, { runtime, architecture, natives }: Target) {
  const kind = natives === 'forbid' ? 'a wheel without compiled code' : 'a wheel';
  return failure('package-refused', {
    package: `${pin.name} ${pin.version}`,
    problem: `the index has neither ${kind} for ${runtime} on ${architecture} nor a source of it`,
    fix: 'Correct name and version, or the hashes that stand with it; the index may hold other files than it did.',
  });
}
