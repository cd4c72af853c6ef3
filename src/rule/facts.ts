import type { SourceCopy } from '../layer/copies.js';
import type { Declarations } from '../layer/declarations.js';
import type { ManifestFile } from '../layer/manifest.js';
import { pathsOf } from '../layer/paths.js';
import type { Paths } from '../ports/paths.js';
import type { FunctionImport, FunctionModules, JudgedArtefact, RequirementsFile } from './facts/artefacts.js';
import type { DocumentProblem, JudgedPath, RootText, SizedPath, StandIn } from './facts/judged.js';
import type { Layout } from './facts/layout.js';
import type { Records } from './facts/records.js';
import type { Bump, MajorRise, ReleaseTag, VersionKeys } from './facts/versions.js';
import type { Weakened } from './facts/weakened.js';

export type * from './facts/artefacts.js';
export type * from './facts/judged.js';
export type * from './facts/layout.js';
export type * from './facts/records.js';
export type * from './facts/versions.js';
export type * from './facts/weakened.js';

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
