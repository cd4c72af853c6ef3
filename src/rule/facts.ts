import type { SourceCopy } from '../layer/copies.js';
import type { Declarations } from '../layer/declarations.js';
import type { BrokenImport } from '../layer/imports/closure.js';
import type { ManifestFile } from '../layer/manifest.js';
import { pathsOf } from '../layer/paths.js';
import type { ArtefactProblem } from '../layer/problems/problem.js';
import type { PythonName } from '../layer/python-modules.js';
import type { Requirements } from '../layer/requirements.js';
import type { VersionFileProblem } from '../layer/version-file.js';
import type { Paths } from '../ports.js';

/** A path that a judged commit adds, changes, renames or retypes. */
export interface JudgedPath {
  path: string;
  pathBytes?: string;
  /** 100644, 100755, 120000 (symlink), 160000 (submodule). */
  mode: string;
  /** The commit that brought it, where history is judged; null for the index and for a whole tree. */
  commit: string | null;
}

/** One folder of `layer_management/active/`. */
export interface ActiveFolder {
  name: string;
  hasManifest: boolean;
  hasReadme: boolean;
  /** What else is in it, relative to it, sorted. */
  others: string[];
}

export interface Layout {
  active: ActiveFolder[];
  /** Files directly in `active/` that do not belong there. */
  loose: string[];
  /** What stands where the folders of `layer_management/` belong, and is none. */
  notFolders: { path: string; mode: string }[];
  hasExperimental: boolean;
}

/** Whether VERSION says what the policy needs; null values are missing keys. */
export interface VersionKeys {
  path: string;
  exists: boolean;
  problems: VersionFileProblem[];
  declared: { name: string; key: string; value: string | null; line: number | null }[];
  /** Keys of `versioned` that are not in the file; their values are free. */
  missingVersioned: string[];
}

/** A state of something versioned: its VERSION value and an identity of its content, null where it is absent. */
export interface VersionedState {
  version: string | null;
  content: string | null;
}

/** One declared layer, function or `versioned` key, now and where it is compared with. */
export interface Bump {
  name: string;
  key: string;
  /** Where the version is written. */
  file: string;
  now: VersionedState;
  /** null: nothing to compare with. */
  base: VersionedState | null;
  /** The tip of the base branch, where the judged commit is not part of it yet. */
  tip: VersionedState | null;
  /** What was released under the version that VERSION has now, and what says so. */
  released: (VersionedState & { by: string }) | null;
  /** The commit judged, where each commit is judged on its own. */
  commit: string | null;
}

/** A declared layer that rose by a major version, and an identity of its README.md now and before, null where there is none. */
export interface MajorRise {
  layer: string;
  key: string;
  readmePath: string;
  now: { version: string; readme: string | null };
  before: { version: string; readme: string | null };
  /** When that was, in words: `in 85bbcf0`, `at release 1.4.2`. */
  since: string;
}

/** How a commit that a manifest names stands to the judged one; `unknown` where the history of this clone is cut off. */
export type CommitStanding = 'before' | 'beside' | 'absent' | 'tag' | 'tree' | 'blob' | 'unknown';

/** A release as a manifest records it, and what git has to say of it. */
export interface RecordedRelease {
  layer: string;
  key: string;
  /** The manifest. */
  file: string;
  /** In front of the names of its fields: '' for the latest release, `environments.dev.` for an environment. */
  at: string;
  version: string;
  gitSha: string;
  standing: CommitStanding;
  /** The layer's version at that commit, null where it has none; undefined where this clone cannot tell. */
  versionThere: string | null | undefined;
  /** In the judged tree. */
  versionNow: string | null;
  /** The tags it goes by, as this clone has them. */
  tags: { name: string; commit: string }[];
  /** Other accounts of its zip that say otherwise. */
  contradictions: { field: string; here: string | number; there: string | number; by: string }[];
  /** Where its fields stand, by their names without `at`; absent where they stand nowhere. */
  lines?: Readonly<Record<string, number>>;
}

export interface Records {
  releases: RecordedRelease[];
  /** Manifests of declared layers that the change takes away, and where they still are. */
  removed: { layer: string; file: string; version: string; base: string }[];
}

/** What stands where a plain file belongs: in a declared source, or in place of VERSION, the policy or a manifest. */
export interface StandIn {
  path: string;
  pathBytes?: string;
  kind: 'symlink' | 'submodule' | 'lfs-pointer';
  /** In words: `in the source of inbox-core`, `in place of VERSION`. */
  where: string;
  /** The layer or function it concerns; null for VERSION and the policy. */
  layer: string | null;
}

/** A text file in the root folder. */
export interface RootText {
  path: string;
  text: string;
}

/** The requirements file of a declared layer, or the lock beside it, which such a layer is then built from. */
export interface RequirementsFile extends Requirements {
  layer: string;
  path: string;
  exists: boolean;
  /** There is a lock beside these requirements. */
  hasLock: boolean;
}

/** What is wrong with a finished zip, measured on the zip itself. */
export interface JudgedArtefact {
  /** Relative to the root where it lies below it. */
  file: string;
  /** The declared layer or function it is; null: none that the policy knows. */
  name: string | null;
  problems: ArtefactProblem[];
}

/** A declared function that uses layers. */
export interface FunctionModules {
  name: string;
  /** What lies directly in its folder. */
  carries: (PythonName & { path: string })[];
  /** What its layers put on Python's path; of requirements, what their names tell. */
  provided: (PythonName & { layer: string })[];
}

/** What a declared function imports, itself or through its source layers, and will not find on Lambda. */
export interface FunctionImport extends BrokenImport {
  name: string;
  layers: string[];
}

/** A judged file and how large it is. */
export interface SizedPath extends JudgedPath {
  bytes: number;
}

/** What is wrong with a document that a `json-schema` rule asks for, or with its schema. */
export interface DocumentProblem {
  /** Which of these rules: its options, as `documentsAsked` puts them. */
  asked: string;
  /** breaks: a document breaks the schema; unreadable: it is no JSON; schema: the schema is none; tooMuch: it asks for too much. */
  kind: 'breaks' | 'unreadable' | 'schema' | 'tooMuch';
  /** The document, or the schema; the policy where the schema stands in it. */
  path: string;
  pathBytes?: string;
  line: number | null;
  /** JSON pointer within the document or the schema. */
  field: string;
  what: string;
}

/** A tag that is pushed, or that CI runs for, whose name says that a version is released. */
export interface ReleaseTag {
  tag: string;
  /** The layer or function, its key, and the version that the tag's name says. */
  name: string;
  key: string;
  version: string;
  /** Where the version is written. */
  file: string;
  /** The commit it leads to; null: to none, or it is taken away. */
  commit: string | null;
  /** The version that VERSION has at that commit. */
  found: string | null;
  /** `annotated` or `plain`; `unknown` where CI may have fetched it in another form; else what it is instead of a tag of a commit. */
  form: 'annotated' | 'plain' | 'unknown' | 'tree' | 'blob' | 'deleted';
  /** What the remote has under this name, where that is something else. */
  was: string | null;
}

/** Something that the policy which a change began with demanded, and the change demands less of. */
export interface Weakened {
  file: string;
  line: number | null;
  /**
   * `weaker` than it was; `unclear`: another value, and nobody has said which way is stricter; `gone`; `escape`: what
   * lets a refusal go without consequence.
   */
  kind: 'weaker' | 'unclear' | 'gone' | 'escape';
  /** `rules.archive-age.options.days`, a command, `owners of VERSION`. */
  what: string;
  /** In few words; `nothing` for what was not or is not there. */
  was: string;
  is: string;
}

/** All that a rule can ask to see. A rule sees only the facts it names. */
export interface Facts {
  /** What the policy declares, defaults filled in. */
  policy: Declarations;
  /** The day of judgement, `YYYY-MM-DD`, UTC. */
  today: string;
  /** What stands in the judged tree and not in its base: without what a later commit takes out again. */
  tipPaths: Iterable<JudgedPath>;
  /** Which of the paths and globs that `required-paths` rules name lead to nothing. */
  absent: string[];
  /** The files of `tipPaths` that `file-size` rules are about. */
  sizes: SizedPath[];
  /** The same of every judged commit. */
  historySizes: SizedPath[];
  /** Of what `json-schema` rules ask for, in the documents that a change brings; in all where the schema or the policy is among it. */
  documents: DocumentProblem[];
  /** Every path that the judged commits bring; all paths of the tree where a whole tree is judged. */
  paths: Paths<JudgedPath>;
  /** Paths that a change adds and that another path of the tree equals but for case or the form of accents; or wholly. */
  collisions: { path: string; other: string }[];
  /** What lies in `layer_management/archive/`: all of it in ci, release and all; what is added at the hooks. */
  archive: Iterable<JudgedPath>;
  /** Paths below `.build/` that the tree's own .gitignore files would let in. */
  unignored: string[];
  /** Paths of the archive, and `layer_management/` itself, that the tree's own .gitignore files would keep out. */
  hidden: string[];
  /** The manifests of `layer_management/active/`, parsed. */
  manifests: ManifestFile[];
  layout: Layout;
  versionFile: VersionKeys;
  /** Against the base: the merge base with the base branch, or --from. */
  bumps: Bump[];
  /** Every judged commit against its parent. */
  commitBumps: Bump[];
  /** What the layers that are built from requirements ask for, in the judged tree. */
  requirements: RequirementsFile[];
  /** Folders that hold a layer's source a second time, wherever in the tree. */
  copies: SourceCopy[];
  /** Finished zips: those that a release has just built, those that `validate` is given; none where a tree is judged. */
  artefacts: JudgedArtefact[];
  /** What functions carry beside what their layers provide. */
  functionModules: FunctionModules[];
  /** What functions import and will not find on Lambda; of all of them where one of them, or a layer, is touched. */
  functionImports: FunctionImport[];
  /** Judged text files of the root folder. */
  rootTexts: RootText[];
  /** Against the base; where a whole tree is judged, against the last release that a manifest records. */
  majors: MajorRise[];
  /** What the manifests of declared layers record, against history, tags and archive. */
  records: Records;
  /** Among the judged paths; in all of the declared sources where the policy is. */
  standIns: StandIn[];
  /** Where the policy of the base is judged by, what the change takes from it; nothing where another one is. */
  weakenings: Weakened[];
  releaseTags: ReleaseTag[];
}

export type FactId = keyof Facts;

/** The value of a fact that no judged path touches. */
export const nothing: Omit<Facts, 'policy' | 'today'> = {
  tipPaths: [],
  absent: [],
  sizes: [],
  historySizes: [],
  documents: [],
  paths: pathsOf<JudgedPath>([]),
  collisions: [],
  archive: [],
  unignored: [],
  hidden: [],
  manifests: [],
  layout: { active: [], loose: [], notFolders: [], hasExperimental: false },
  versionFile: { path: 'VERSION', exists: true, problems: [], declared: [], missingVersioned: [] },
  bumps: [],
  commitBumps: [],
  requirements: [],
  copies: [],
  functionImports: [],
  functionModules: [],
  rootTexts: [],
  artefacts: [],
  majors: [],
  records: { releases: [], removed: [] },
  standIns: [],
  weakenings: [],
  releaseTags: [],
};
