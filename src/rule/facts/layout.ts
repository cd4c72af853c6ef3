/** What lies in `layer_management/`. */

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
