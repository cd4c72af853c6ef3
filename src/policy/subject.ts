import type { Declarations } from '../layer/declarations.js';
import type { Change, Git, Oid, Sha256, Tree } from '../ports.js';
import type { Stage } from '../rule/define.js';

/** A tag that a push makes, moves or takes away; or the one that a run of CI is about. */
export interface TagMove {
  name: string;
  /** What it is from now on; null: nothing. */
  oid: Oid | null;
  /** What the remote has under its name so far. */
  was: Oid | null;
  /** A commit may stand here for an annotated tag, since CI fetched it in its place. */
  isGuess: boolean;
}

/** What one run of the rules judges: a tree, what it changes, and against what. */
export interface Subject {
  stage: Stage;
  /** How messages call it: `the index`, `commit 85bbcf0`, `refs/heads/x`. */
  name: string;
  tree: Tree;
  /** null for the index. */
  head: Oid | null;
  /** What the tree is compared with; null: with nothing, so all of it is new. */
  base: Oid | null;
  /**
   * Whose policy the change may not weaken, the first of these commits that has one: where it began, then the tip of the
   * branch it began at; by a word that the judged branch cannot give itself.
   */
  begun: readonly Oid[];
  /** The base branch's tip where the judged commit is not part of it, and so may collide with it. */
  tip(): Promise<Oid | null>;
  /** The whole tree is judged, not a change. */
  whole: boolean;
  /** From base to tree; the whole tree where `whole`. */
  changes(): Promise<Change[]>;
  /** What every judged commit brings, for rules about what stays in history. */
  history(): Promise<Change[]>;
  tags: readonly TagMove[];
}

/** What a fact may look at. */
export interface Look {
  git: Git;
  sha256: Sha256;
  policy: Declarations;
  /** The file the policy was read from; a change of it touches every fact. */
  policyFile: string;
  /** Files of the repository that are the code of its rules; so does a change of these. */
  ruleFiles: readonly string[];
  /** The tree of another commit, whose policy this is; null: it is the judged one's own. */
  policyTree: Tree | null;
  /** What another tree declares: its own policy, else this one. */
  policyAt(tree: Tree): Promise<Declarations>;
  subject: Subject;
  /** `YYYY-MM-DD`, UTC. */
  today: string;
  /** For what this clone cannot tell: a sentence for the reader beside the findings, told once however often it is said. */
  note(text: string): void;
}

/** What is judged; a tree without a base is compared with nothing. */
export type Judged = Pick<Subject, 'stage' | 'tree'> & {
  base?: Subject['base'];
  /** The commit that the command line names as the base, and its name there. */
  baseNamed?: { commit: Oid; name: string } | null;
};
