import type { ApiChanges } from './api-changes.js';
import type { PackageChange } from './distributions.js';
import type { FileChanges } from './file-changes.js';
import type { Hint } from './hint.js';
import type { PackageSize } from './package-sizes.js';
import type { Side } from './side.js';

/** Two zips and what is different, all of it by content. */
export interface Comparison {
  before: Side;
  after: Side;
  files: FileChanges;
  packages: PackageChange[];
  api: ApiChanges;
  /** Sources whose names could not be told, so that neither gone nor added says all. */
  unread: string[];
  hint: Hint | null;
  sizes: PackageSize[];
}
