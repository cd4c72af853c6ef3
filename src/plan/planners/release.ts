import { failure } from '../../errors.js';
import { archivedArtefact, withArchived } from '../../layer/archive-manifest.js';
import { isoDate } from '../../layer/artefact.js';
import { builtArtefact } from '../../layer/build-manifest.js';
import type { Layer } from '../../layer/declarations.js';
import { artefactKey, isLayer } from '../../layer/declared.js';
import { publishedAs } from '../../layer/description.js';
import { monthOf } from '../../layer/month.js';
import { archivePath, artefactFile, expand, manifestPath, readmePath } from '../../layer/names.js';
import { provenanceFile } from '../../layer/provenance.js';
import { readmeText } from '../../layer/readme.js';
import { jsonText, type ReleaseFacts } from '../../layer/released-manifest.js';
import { compareVersions } from '../../layer/version.js';
import type { Plan, Request } from '../plan.js';
import { type ArtefactState, functionIn, type ReleaseState, whereabouts } from '../state.js';
import type { RecordContents } from '../steps/contents.js';
import type { StepData } from '../steps/index.js';
import { attaching } from './attach.js';
import { type Brought, publishing, wantedOf } from './brought.js';
import { recording, seconds } from './recording.js';

/**
 * Decides what a release has to do. Conflicts with what is published, recorded or tagged are refused here, so before
 * anything is written. An artefact of which nothing is left to do gets no steps.
 */
export function planRelease(state: ReleaseState, request: Request): Plan {
  for (const one of state.artefacts) refuseConflicts(one, request);
  const open = state.artefacts.filter((one) => isOpen(one, state, request));
  const steps: StepData[] = open.length === 0 ? [] : [build(open, state)];
  // Everything is everywhere before functions of any target are touched.
  for (const environment of state.targets) {
    for (const one of open) {
      steps.push(...publishing({ ...broughtOf(one), arns: new Map() }, environment));
      const { inputs: key, provenance: text, declared } = one;
      // The zip lies there when it is told of.
      if (key === null || request.sign === undefined) continue;
      steps.push({ kind: 'put-provenance', environment, name: declared.name, key, text, sign: request.sign });
    }
  }
  const unrecorded = request.record ? open.filter((one) => !isRecorded(one, state, request)) : [];
  const brought = [...state.artefacts.map(broughtOf), ...state.settled];
  if (request.attach) steps.push(...attaching(brought, state, unrecorded.map(broughtOf)));
  if (request.record) {
    if (unrecorded.length > 0) {
      const titles = unrecorded.map(({ artefact }) => artefact);
      steps.push(recording('release', titles, contentsOf(unrecorded, state, request), state, request));
    }
    if (request.tag) steps.push(...open.map((one) => tagging(one, state)));
  }
  const { date, commit, branch, user } = state;
  return { schema: 1, command: 'release', request, date, commit, branch, user, steps };
}

function broughtOf({ declared, artefact, there, measured: { unzipped } }: ArtefactState): Brought {
  const arns = there.flatMap(({ target, versions }) => {
    const [same] = publishedAs(versions, artefact).same;
    return same === undefined ? [] : [[target, same.arn] as const];
  });
  const targets = there.map(({ target }) => target);
  return { declared, artefact, unzipped, targets, arns: new Map(arns) };
}

export function tagName({ declared, artefact }: ArtefactState): string {
  return expand(declared.tag, { name: declared.name, version: artefact.version });
}

function refuseConflicts(one: ArtefactState, request: Request): void {
  const { declared, artefact, manifest, tagged } = one;
  const { name } = declared;
  const { version, sha256 } = artefact;
  const differ = (other: string) => ({ there: other.slice(0, 16), here: sha256.slice(0, 16), name });
  for (const { target: environment, object, versions } of one.there) {
    const [other] = publishedAs(versions, { name, version, sha256 }).other;
    if (other !== undefined) throw failure('version-taken', { version, ...differ(other.sha256) });
    if (object !== null && object.sha256 !== sha256)
      throw failure('object-conflict', { key: object.key, environment, ...differ(object.sha256) });
  }
  if (!request.record) return;
  if (manifest !== null && compareVersions(version, manifest.version) < 0) {
    throw failure('version-backwards', { name, from: manifest.version, to: version });
  }
  if (manifest?.version === version && manifest.sha256 !== undefined && manifest.sha256 !== sha256) {
    throw failure('version-taken', { version, ...differ(manifest.sha256) });
  }
  if (request.tag && tagged !== null && tagged.commit !== artefact.gitSha) {
    throw failure('tag-taken', {
      tag: tagged.name,
      there: tagged.commit.slice(0, 12),
      here: artefact.gitSha.slice(0, 12),
      name,
    });
  }
}

function isOpen(one: ArtefactState, state: ReleaseState, request: Request): boolean {
  const { arns } = broughtOf(one);
  for (const { target, object } of one.there) {
    if (object === null) return true;
    if (isLayer(one.declared) ? !arns.has(target) : request.attach && !runs(one, target, state)) return true;
  }
  return request.record && (!isRecorded(one, state, request) || (request.tag && one.tagged === null));
}

function runs({ declared, artefact }: ArtefactState, target: string, state: ReleaseState): boolean {
  return functionIn(state, target, declared.name)?.state?.codeSha256 === artefact.sha256;
}

function isRecorded(one: ArtefactState, state: ReleaseState, { attach }: Request): boolean {
  const { declared, artefact, manifest, hasReadme } = one;
  if (manifest?.version !== artefact.version || !hasReadme) return false;
  if (!isLayer(declared) && !attach) return manifest.sha256 === artefact.sha256;
  const { arns } = broughtOf(one);
  return state.targets.every((target) => {
    const recorded = manifest.environments?.[target];
    const arn = isLayer(declared) ? arns.get(target) : functionIn(state, target, declared.name)?.state?.arn;
    return recorded?.sha256 === artefact.sha256 && recorded.arn === arn;
  });
}

function build(open: ArtefactState[], { commit, commitTime, branch }: ReleaseState): StepData {
  const manifest = {
    schema: 1,
    date: isoDate(commitTime),
    git_sha: commit,
    git_branch: branch,
    git_tag: open.find(({ tagged }) => tagged?.commit === commit)?.tagged?.name ?? null,
    layers: built(open.filter(({ declared }) => isLayer(declared))),
    functions: built(open.filter(({ declared }) => !isLayer(declared))),
  };
  return {
    kind: 'write-build',
    artefacts: open.map((one) => ({ path: builtPath(one), artefact: wantedOf(one) })),
    texts: [
      ...open.map((one) => ({ path: provenanceFile(builtPath(one)), text: one.provenance })),
      { path: '.build/layers/manifest.json', text: jsonText(manifest) },
    ],
  };
}

const builtPath = ({ declared, artefact }: ArtefactState) => `.build/${artefactKey(declared, artefact.version)}`;

function built(open: ArtefactState[]) {
  return Object.fromEntries(open.map(({ artefact }) => [artefact.name, builtArtefact(artefact)]));
}

function contentsOf(open: ArtefactState[], state: ReleaseState, request: Request): RecordContents {
  const month = monthOf(state.date);
  const superseded = open.flatMap(({ declared, artefact, manifest, previous }) =>
    manifest === null || previous === null || previous.archivedAs !== null
      ? []
      : [{ name: declared.name, manifest, previous, supersededBy: artefact.version }],
  );
  const entries = superseded.map(({ name, manifest, previous, supersededBy }) =>
    archivedArtefact(manifest, { name, sha256: previous.sha256, size: previous.size, supersededBy, at: state.date }),
  );
  const archive = jsonText(withArchived(state.archiveMonth, month, entries));
  return {
    texts: [
      ...open
        .filter(({ hasReadme }) => !hasReadme)
        .map(({ declared }) => ({ path: readmePath(declared.name), text: readmeText(declared) })),
      ...(entries.length > 0 ? [{ path: archivePath(month, 'manifest.json'), text: archive }] : []),
    ],
    manifests: open.map((one) => ({
      path: manifestPath(one.declared.name),
      before: one.manifest,
      facts: factsOf(one, state, request),
    })),
    archived: superseded.map(({ name, manifest: { version, git_sha: gitSha }, previous: { sha256 } }) => ({
      path: archivePath(month, artefactFile(name, version)),
      artefact: { name, version, sha256, gitSha },
    })),
  };
}

function factsOf(one: ArtefactState, state: ReleaseState, request: Request): ReleaseFacts {
  const { declared } = one;
  const { version, gitSha, buildDate, sha256, contentDigest, size, dependencies } = one.artefact;
  const { name, source } = declared;
  const { branch, user, date } = state;
  return {
    ...{ name, version, gitSha, buildDate, sha256, contentDigest, size, dependencies },
    ...whereabouts(state),
    gitTag: request.tag ? tagName(one) : null,
    gitBranch: branch,
    buildUser: user,
    layer: isLayer(declared)
      ? { name, source, ...pickLayer(declared) }
      : { name, source, build: 'source', layerName: declared.functionName, runtimes: [], architectures: [] },
    inPlace: isLayer(declared) ? 'layer' : request.attach ? 'function' : 'nowhere',
    at: date,
    emergency: request.emergency === null ? null : { reason: request.emergency, by: user },
  };
}

const pickLayer = ({ build, layerName, runtimes, architectures }: Layer) => ({
  build,
  layerName,
  runtimes,
  architectures,
});

function tagging(one: ArtefactState, { date, environment }: ReleaseState): StepData {
  const { name, version, sha256, gitSha } = one.artefact;
  return {
    kind: 'tag',
    name,
    tag: tagName(one),
    target: gitSha,
    message: `${name} ${version}\n\nsha256:${sha256}\nenvironment:${environment}\n`,
    date: seconds(date),
  };
}
