import { failure } from '../../errors.js';
import { describeArtefact } from '../../layer/artefact.js';
import { once } from '../../layer/once.js';
import { type Asked, pinsAt, placesOf } from '../../layer/packages/asked.js';
import { type Chosen, layOut } from '../../layer/packages/layout.js';
import { glibcFor } from '../../layer/packages/platforms.js';
import { sourceCommit } from '../../layer/source-commit.js';
import type { Artefact, ArtefactEntry, BuildRequest, Files, Git, Sha256, Zip } from '../../ports.js';
import { limits } from '../zip/format.js';
import { askedAt } from './requirements/asked.js';
import { assemble } from './requirements/assemble.js';
import { openCache } from './requirements/cache.js';
import { collect } from './requirements/collect.js';
import { refuseIncomplete } from './requirements/complete.js';
import { refuseForeign } from './requirements/refuse-foreign.js';
import { type Unpacked, unpackWheel } from './requirements/unpack.js';
import { type Host, inWorkshop } from './requirements/workshop.js';

export type LayerRequest = Required<BuildRequest>;

function layerRequest({ runtimes, architectures, natives, ...request }: BuildRequest): LayerRequest {
  if (runtimes && architectures && natives) return { ...request, runtimes, architectures, natives };
  throw failure('bug', { problem: 'a function is no layer of packages' });
}

interface Ports extends Host {
  git: Git;
  zip: Zip;
  files: Files;
  sha256: Sha256;
}

/**
 * Builds a layer of the packages that the requirements of a commit name. One zip serves every declared runtime and
 * architecture; the same tree gives the same bytes, whoever brings the wheels.
 *
 * Fails with `source-missing`, `version-unreadable`, `shallow`, with `requirements-*` where the commit asks for no exact
 * set of packages, with `package-refused` where the index has none that will do, and where it cannot be reached.
 */
export async function buildRequirements(ports: Ports, given: BuildRequest): Promise<Artefact> {
  const request = layerRequest(given);
  const { git, zip, sha256 } = ports;
  const { name, tip, versionFile, source, versionKey } = request;
  const { commit, version } = await sourceCommit(git, tip, { name, source, versionKey }, versionFile);
  const asked = await askedAt(git, request);
  const entries = await packages(ports, asked, request);
  const bytes = await zip.write(entries, name);
  await refuseForeign(ports, request, version, bytes);
  const { time } = await git.commitInfo(commit);
  return describeArtefact({ name, version, gitSha: commit, time, entries, bytes, left: [] }, sha256);
}

async function packages(ports: Ports, asked: Asked, request: LayerRequest): Promise<ArtefactEntry[]> {
  const { git, zip, files, sha256, vars } = ports;
  const { name, runtimes, natives } = request;
  const cache = await openCache(git, files, sha256);
  const unpacked = new Map<string, Unpacked>();
  const chosen: Chosen[] = [];
  await inWorkshop(ports, async (shop) => {
    // With it come Node's HTTP and TLS, which a build from the cache does without.
    const installer = once(async () =>
      (await import('./requirements/find-installer.js')).findInstaller(shop, runtimes),
    );
    const means = { cache, installer, sha256, vars, built: new Map() };
    for (const place of placesOf(request)) {
      const pins = pinsAt(asked.pins, place);
      if ('problem' in pins) {
        throw failure('requirements-refused', { file: asked.file, problem: pins.problem, fix: 'Correct that line.' });
      }
      const target = { ...place, natives, glibc: glibcFor(runtimes) };
      const wheels = await collect(means, pins, target);
      const own: Unpacked[] = [];
      for (const wheel of wheels) {
        const content = unpacked.get(wheel.sha256) ?? (await unpackWheel(zip, wheel));
        unpacked.set(wheel.sha256, content);
        own.push(content);
        chosen.push({ place, name: content.name, sha256: wheel.sha256 });
      }
      refuseIncomplete(
        asked,
        request,
        own.map(({ metadata }) => metadata),
        place,
      );
    }
  });
  const entries = assemble(name, layOut(chosen, runtimes), unpacked, sha256);
  refuseTooLarge(name, entries);
  return entries;
}

function refuseTooLarge(name: string, entries: readonly ArtefactEntry[]): void {
  const tooLarge = (problem: string) =>
    failure('source-unbuildable', { name, problem, fix: 'Lambda takes no more: split the layer.' });
  if (entries.length === 0) throw tooLarge('its requirements name no package');
  if (entries.length > limits.entries) throw tooLarge(`it has more than ${limits.entries} files`);
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > limits.bytes) throw tooLarge(`it is larger than ${limits.bytes} bytes`);
}
