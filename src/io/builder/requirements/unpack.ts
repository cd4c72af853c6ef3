import { failure } from '../../../errors.js';
import { type Metadata, parseMetadata } from '../../../layer/packages/metadata.js';
import { compareReleases } from '../../../layer/packages/pep440.js';
import { infoFolder, placeInSite } from '../../../layer/packages/wheel-contents.js';
import { parseWheelName } from '../../../layer/packages/wheel-name.js';
import { distributionName } from '../../../layer/python-modules.js';
import type { ArtefactEntry, Zip } from '../../../ports.js';
import { unreadable } from '../../zip/mode.js';
import { whole } from '../../zip/whole.js';
import type { Wheel } from './cache.js';

export interface Unpacked {
  /** `PyYAML-6.0.3.dist-info` */
  info: string;
  /** Normalised. */
  name: string;
  metadata: Metadata;
  /** Below the folder on Python's path, without what a layer does without. */
  files: ArtefactEntry[];
}

const text = new TextDecoder();

/** Reads a wheel as strictly as any zip from elsewhere, but for what others' zip writers do without bad intent. */
export async function unpackWheel(zip: Zip, wheel: Wheel): Promise<Unpacked> {
  const refuse = (problem: string) =>
    failure('package-refused', { package: wheel.file, problem, fix: 'Take another version of it.' });
  const walked = await zip.walk(wheel.bytes, whole);
  // Whoever installs a wheel gives its files modes of his own, and so do we.
  const bad = walked.problems.find(({ habit, what }) => habit === undefined && !what.startsWith(unreadable));
  if (bad !== undefined) throw refuse(bad.path === null ? bad.what : `${bad.path}: ${bad.what}`);
  const info = infoFolder(walked.files.map(({ path }) => path));
  if (info === null) throw refuse('it does not have exactly one METADATA');
  const files = walked.files.flatMap(({ path, mode, seen }): ArtefactEntry[] => {
    const place = placeInSite(path);
    if (place === null || seen === null) return [];
    return [{ path: place, mode, bytes: place === `${info}/WHEEL` && wheel.isBuilt ? withoutGenerator(seen) : seen }];
  });
  const own = files.find(({ path }) => path === `${info}/METADATA`);
  const metadata = own === undefined ? null : parseMetadata(text.decode(own.bytes));
  if (metadata === null) throw refuse('its METADATA names no package');
  const called = parseWheelName(wheel.file);
  const name = distributionName(metadata.name);
  if (called?.name !== name || compareReleases(called.version, metadata.version) !== 0) {
    throw refuse(`its METADATA says that it is ${metadata.name} ${metadata.version}`);
  }
  return { info, name, metadata, files };
}

/** Which build tool wrote it is no part of a package that was built here. */
function withoutGenerator(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(text.decode(bytes).replace(/^Generator:.*$/m, 'Generator: layer-policy'));
}
