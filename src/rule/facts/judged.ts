/** What a change brings, path by path. */

/** A path that a judged commit adds, changes, renames or retypes. */
export interface JudgedPath {
  path: string;
  pathBytes?: string;
  /** 100644, 100755, 120000 (symlink), 160000 (submodule). */
  mode: string;
  /** The commit that brought it, where history is judged; null for the index and for a whole tree. */
  commit: string | null;
}

/** A judged file and how large it is. */
export interface SizedPath extends JudgedPath {
  bytes: number;
}

/** A text file in the root folder. */
export interface RootText {
  path: string;
  text: string;
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
