import { failure } from '../../errors.js';
import { archivedArtefact, withArchived } from '../../layer/archive-manifest.js';
import { isoDate } from '../../layer/artefact.js';
import { builtArtefact } from '../../layer/build-manifest.js';
import { describeLayer, publishedAs } from '../../layer/description.js';
import { monthOf } from '../../layer/month.js';
import { archivePath, artefactFile, expand, layerKey, manifestPath, readmePath } from '../../layer/names.js';
import { readmeText } from '../../layer/readme.js';
import { jsonText, type ReleaseFacts } from '../../layer/released-manifest.js';
import { compareVersions } from '../../layer/version.js';
import type { Plan, ReleaseRequest } from '../plan.js';
import type { LayerState, ReleaseState } from '../state.js';
import type { Wanted } from '../step.js';
import type { RecordContents } from '../steps/contents.js';
import type { StepData } from '../steps/index.js';

/**
 * Decides what a release has to do. Conflicts with what is published, recorded or tagged are refused here, so before
 * anything is written. A layer of which nothing is left to do gets no steps.
 */
export function planRelease(state: ReleaseState, request: ReleaseRequest): Plan {
  for (const one of state.layers) refuseConflicts(one, state, request);
  const open = state.layers.filter((one) => isOpen(one, state, request));
  const steps: StepData[] = open.length === 0 ? [] : [build(open, state)];
  for (const one of open) steps.push(put(one, state), publish(one, state));
  if (request.record) {
    const unrecorded = open.filter((one) => !isRecorded(one, state));
    if (unrecorded.length > 0) steps.push(recording(unrecorded, state, request));
    if (request.tag) steps.push(...open.map((one) => tagging(one, state)));
  }
  const { date, commit, branch, user } = state;
  return { schema: 1, command: 'release', request, date, commit, branch, user, steps };
}

export function tagName({ layer, artefact }: LayerState): string {
  return expand(layer.tag, { name: layer.name, version: artefact.version });
}

function refuseConflicts(
  { layer, artefact, ...there }: LayerState,
  state: ReleaseState,
  request: ReleaseRequest,
): void {
  const { environment } = state;
  const { name } = layer;
  const { version, sha256 } = artefact;
  const differ = (other: string) => ({ there: other.slice(0, 16), here: sha256.slice(0, 16), name });
  const [other] = publishedAs(there.versions, { name, version, sha256 }).other;
  if (other !== undefined) throw failure('version-taken', { version, ...differ(other.sha256) });
  if (there.object !== null && there.object.sha256 !== sha256) {
    throw failure('object-conflict', { key: there.object.key, environment, ...differ(there.object.sha256) });
  }
  if (!request.record) return;
  const { manifest, tagged } = there;
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

function isOpen(one: LayerState, state: ReleaseState, request: ReleaseRequest): boolean {
  if (one.object === null || publishedAs(one.versions, one.artefact).same.length === 0) return true;
  return request.record && (!isRecorded(one, state) || (request.tag && one.tagged === null));
}

function isRecorded({ artefact, versions, manifest, hasReadme }: LayerState, { environment }: ReleaseState): boolean {
  const [published] = publishedAs(versions, artefact).same;
  const recorded = manifest?.environments?.[environment];
  const isThisRelease = manifest?.version === artefact.version && recorded?.sha256 === artefact.sha256;
  return isThisRelease && hasReadme && recorded.arn === published?.arn;
}

const wanted = ({ artefact: { name, version, sha256, gitSha } }: LayerState): Wanted => ({
  name,
  version,
  sha256,
  gitSha,
});

function build(open: LayerState[], { commit, commitTime, branch }: ReleaseState): StepData {
  const manifest = {
    schema: 1,
    date: isoDate(commitTime),
    git_sha: commit,
    git_branch: branch,
    git_tag: open.find(({ tagged }) => tagged?.commit === commit)?.tagged?.name ?? null,
    layers: Object.fromEntries(open.map(({ artefact }) => [artefact.name, builtArtefact(artefact)])),
    functions: {},
  };
  return {
    kind: 'write-build',
    artefacts: open.map((one) => ({ path: `.build/layers/${one.artefact.file}`, artefact: wanted(one) })),
    manifest: { path: '.build/layers/manifest.json', text: jsonText(manifest) },
  };
}

function put(one: LayerState, { environment }: ReleaseState): StepData {
  const { name, version, size } = one.artefact;
  return { kind: 'put-object', environment, key: layerKey(name, version), size, artefact: wanted(one) };
}

function publish({ layer, artefact }: LayerState, { environment }: ReleaseState): StepData {
  const { name, version, sha256, size } = artefact;
  return {
    kind: 'publish-version',
    environment,
    name,
    version,
    request: {
      layerName: expand(layer.layerName, { name, env: environment }),
      key: layerKey(name, version),
      sha256,
      size,
      description: describeLayer(artefact),
      runtimes: layer.runtimes,
      architectures: layer.architectures,
    },
  };
}

function recording(open: LayerState[], state: ReleaseState, request: ReleaseRequest): StepData {
  const contents = contentsOf(open, state, request);
  if (request.commit && state.branch === null) throw failure('branch-detached', { branch: 'BRANCH' });
  if (!request.commit || state.branch === null) return { kind: 'write-record', contents };
  const titles = open.map(({ artefact }) => `${artefact.name} ${artefact.version}`);
  const body = open.map(({ artefact }) => `${artefact.file} sha256:${artefact.sha256} git:${artefact.gitSha}`);
  return {
    kind: 'record',
    branch: state.branch,
    parent: state.commit,
    message: `release: ${titles.join(', ')} (${state.environment})\n\n${body.join('\n')}\n`,
    date: seconds(state.date),
    contents,
  };
}

function contentsOf(open: LayerState[], state: ReleaseState, request: ReleaseRequest): RecordContents {
  const month = monthOf(state.date);
  const superseded = open.flatMap(({ layer, artefact, manifest, previous }) =>
    manifest === null || previous === null || previous.archivedAs !== null
      ? []
      : [{ name: layer.name, manifest, previous, supersededBy: artefact.version }],
  );
  const entries = superseded.map(({ name, manifest, previous, supersededBy }) =>
    archivedArtefact(manifest, { name, sha256: previous.sha256, size: previous.size, supersededBy, at: state.date }),
  );
  const archive = jsonText(withArchived(state.archiveMonth, month, entries));
  return {
    texts: [
      ...open
        .filter(({ hasReadme }) => !hasReadme)
        .map(({ layer }) => ({ path: readmePath(layer.name), text: readmeText(layer) })),
      ...(entries.length > 0 ? [{ path: archivePath(month, 'manifest.json'), text: archive }] : []),
    ],
    manifests: open.map((one) => ({
      path: manifestPath(one.layer.name),
      before: one.manifest,
      facts: factsOf(one, state, request),
    })),
    archived: superseded.map(({ name, manifest: { version, git_sha: gitSha }, previous: { sha256 } }) => ({
      path: archivePath(month, artefactFile(name, version)),
      artefact: { name, version, sha256, gitSha },
    })),
  };
}

function factsOf(one: LayerState, state: ReleaseState, request: ReleaseRequest): ReleaseFacts {
  const { name, source, build, layerName, runtimes, architectures } = one.layer;
  const { version, gitSha, buildDate, sha256, contentDigest, size, dependencies } = one.artefact;
  return {
    ...{ name, version, gitSha, buildDate, sha256, contentDigest, size, dependencies },
    gitTag: request.tag ? tagName(one) : null,
    gitBranch: state.branch,
    buildUser: state.user,
    environment: state.environment,
    environments: state.environments,
    layer: { name, source, build, layerName, runtimes, architectures },
  };
}

function tagging(one: LayerState, { date, environment }: ReleaseState): StepData {
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

function seconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}
