import type { ArchiveManifest } from '../layer/archive-manifest.js';
import type { LambdaFunction } from '../layer/declarations.js';
import type { Declared } from '../layer/declared.js';
import type { Manifest } from '../layer/manifest.js';
import type { Measured } from '../layer/measured.js';
import type { Artefact, FunctionState, Oid, PublishedVersion, StoredObject, TagInfo } from '../ports.js';
import type { Brought } from './planners/brought.js';
import type { SmokeCall } from './steps/smoke.js';

/** What every plan is made from, whatever it is to do. */
export interface State {
  commit: Oid;
  branch: string | null;
  /** When it was looked at, ISO 8601 UTC. */
  date: string;
  user: string;
  /** As it was asked for: `dev`, `prod`, or one target `prod/eu`. */
  environment: string;
  /** Its targets that this is about; one that is itself, where it has no others. */
  targets: string[];
  /** Declared ones, each target, in order. */
  environments: string[];
  /** Those that what is brought concerns, target by target; none where nothing is to be attached. */
  functions: FunctionLook[];
}

/** The function of a name as a target has it; undefined: nobody looked. */
export function functionIn({ functions }: State, target: string, name: string): FunctionLook | undefined {
  return functions.find((look) => look.target === target && look.declared.name === name);
}

/** Where a record is of. */
export function whereabouts({ environment, targets, environments }: State) {
  return { environment, environments, ...(targets.includes(environment) ? {} : { targets }) };
}

/** The world as the planner of a release sees it: plain data, looked at once. */
export interface ReleaseState extends State {
  /** Committer date of that commit, seconds since the epoch. */
  commitTime: number;
  artefacts: ArtefactState[];
  /** What was not looked at, because it is recorded as done; functions may still have to be brought to it. */
  settled: Brought[];
  /** The manifest of this month's archive at HEAD. */
  archiveMonth: ArchiveManifest | null;
}

export interface ArtefactState {
  declared: Declared;
  artefact: Omit<Artefact, 'bytes' | 'files' | 'left'>;
  /** The text of the artefact's provenance. */
  provenance: string;
  /** The key by which others find it from its inputs; null: it is not to be signed. */
  inputs: string | null;
  measured: Measured;
  /** What each target has of it. */
  there: InTarget[];
  /** At HEAD. */
  manifest: Manifest | null;
  hasReadme: boolean;
  tagged: TagInfo | null;
  /** The zip that the manifest at HEAD speaks of, when it is another release than this one. */
  previous: PreviousArtefact | null;
}

export interface InTarget {
  target: string;
  /** Under the artefact's key. */
  object: StoredObject | null;
  /** Of a layer; a function has none. */
  versions: PublishedVersion[];
}

export interface PreviousArtefact {
  version: string;
  sha256: string;
  size: number;
  /** Where in the archive it lies already. */
  archivedAs: string | null;
}

/** The alias of a function as it is now. */
export interface AliasLook {
  name: string;
  /** What it leads to; null: there is none yet. */
  state: FunctionState | null;
  /** Versions that one could go back to, newest first; none where nobody goes back. */
  versions: FunctionState[];
}

/** A function of a target as it is now. */
export interface FunctionLook {
  target: string;
  declared: LambdaFunction;
  functionName: string;
  /** Null: there is none of that name. */
  state: FunctionState | null;
  /** What callers come by; null: the policy names none. */
  alias: AliasLook | null;
  /** Where its code lies in the target; null where nobody knows. */
  codeKey: string | null;
  /** Of its declared layers: runtimes, architectures, and the ARN that is recorded here; null: none is. */
  layers: { name: string; runtimes: string[]; architectures: string[]; arn: string | null }[];
  smoke: SmokeCall[];
}
