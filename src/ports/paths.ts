/**
 * Things that have a path, asked for by how their paths look. A tree may hold a hundred thousand: who names what it is
 * after gets that, and of the rest no object is ever made. All come in the order of the whole.
 */
export interface Paths<Item> extends Iterable<Item> {
  /** Whose path ends in this, in any case of ASCII's letters; or is read so (`layer/as-read.ts`). */
  endingIn(suffix: string): Iterable<Item>;
  /** What stands at this path or below it, in any case of ASCII's letters; or is read so. */
  below(folder: string): Iterable<Item>;
  /** What lies in no folder. */
  inRoot(): Iterable<Item>;
  /** All that some system could read as another path, and a few more; see `oddPath` in `layer/paths.ts`. */
  odd(): Iterable<Item>;
  /** All, for documents. */
  toJSON(): Item[];
}

/** All entries of a tree. */
export interface Listing<Item> extends Paths<Item> {
  /** Whose object is one of these. */
  holding(oids: ReadonlySet<string>): Iterable<Item>;
  /** Whether two paths, or folders of theirs, may be equal but for case or the form of accents; false is certain. */
  mayCollide(): boolean;
}
