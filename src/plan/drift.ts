import type { Environment } from '../layer/declarations.js';
import type { ManifestEnvironment } from '../layer/manifest.js';
import { compareVersions, raise, type Version } from '../layer/version.js';
import type { Oid, PublishedVersion, StoredObject, TagInfo } from '../ports.js';
import { bringing } from './bringing.js';

/** One layer as git, VERSION, manifest and registry have it. */
export interface LayerStanding {
  name: string;
  /** VERSION at HEAD. */
  version: Version;
  /** Whether what is packed at HEAD is what the recorded commit packs; null where that cannot be told. */
  unchanged: boolean | null;
  /** The manifest's word on this environment at HEAD; null: never recorded here. */
  recorded: ManifestEnvironment | null;
  /** Of the recorded version; where nothing is recorded, of VERSION. */
  tagName: string;
  tag: TagInfo | null;
  key: string;
  object: StoredObject | null;
  published: PublishedVersion | null;
}

export interface Drift {
  kind:
    | 'ahead'
    | 'behind'
    | 'changed'
    | 'no-tag'
    | 'light-tag'
    | 'tag-elsewhere'
    | 'no-object'
    | 'other-object'
    | 'not-published'
    | 'other-arn';
  problem: string;
  /** The command that mends it. */
  mend: string;
}

/** Where the five disagree. What was never recorded cannot drift: a rehearsal, or a layer not released yet. */
export function driftsOf(layer: LayerStanding, environment: Environment): Drift[] {
  const { name, version, recorded } = layer;
  if (recorded === null) return [];
  const drifts: Drift[] = [];
  const release = `layer-policy ${bringing(name, environment)}`;
  const say = (kind: Drift['kind'], problem: string, mend: string) => drifts.push({ kind, problem, mend });

  const rise = compareVersions(version, recorded.version);
  if (rise > 0) say('ahead', `VERSION says ${version}, released is ${recorded.version}`, release);
  if (rise < 0) {
    const next = raise(recorded.version, 'patch');
    say(
      'behind',
      `VERSION says ${version}, though ${recorded.version} is released`,
      `layer-policy bump ${name} ${next}`,
    );
  }
  if (rise === 0 && layer.unchanged === false) {
    say('changed', `the source is not what was released as ${version}`, `layer-policy bump ${name} patch`);
  }
  const isCurrent = rise === 0;
  // Whose commit nobody recorded was stored and tagged by other means, or not at all.
  if (recorded.git_sha !== null) tagDrifts(layer, recorded.git_sha, isCurrent ? release : null, say);

  const { object, published } = layer;
  if (object === null) {
    if (recorded.git_sha !== null) say('no-object', `${layer.key} is not in ${environment.name}`, release);
  } else if (object.sha256 !== recorded.sha256) {
    say('other-object', `${layer.key} holds other bytes than were released`, `layer-policy bump ${name} patch`);
  }
  if (published === null)
    say('not-published', `no layer version in ${environment.name} holds ${recorded.version}`, release);
  else if (published.arn !== recorded.arn) {
    say(
      'other-arn',
      `${recorded.version} is published as ${published.arn}, and the manifest says ${recorded.arn}`,
      release,
    );
  }
  return drifts;
}

function tagDrifts(
  { tag, tagName, recorded, name }: LayerStanding,
  commit: Oid,
  release: string | null,
  say: (kind: Drift['kind'], problem: string, mend: string) => void,
): void {
  const short = commit.slice(0, 12);
  const make = release ?? `git tag -a -m '${name} ${recorded?.version ?? ''}' ${tagName} ${short}`;
  if (tag === null) say('no-tag', `there is no tag ${tagName}`, make);
  else if (tag.commit !== commit) {
    say(
      'tag-elsewhere',
      `${tagName} is on ${tag.commit.slice(0, 12)}, released was ${short}`,
      `git tag -d ${tagName} && ${make}`,
    );
  } else if (!tag.annotated) say('light-tag', `${tagName} is not annotated`, `git tag -d ${tagName} && ${make}`);
}
