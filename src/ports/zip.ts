/** One file of an artefact. `path` starts at the root of the zip. */
export interface ArtefactEntry {
  path: string;
  mode: 0o644 | 0o755;
  bytes: Uint8Array;
}

export interface Zip {
  /** One sequence of bytes for one list of entries, on every official Node from 20.19 on. */
  write(entries: ArtefactEntry[]): Promise<Uint8Array>;
  /**
   * The files of a zip that is strictly well-formed; fails with `zip-invalid` on anything else. `file` is the zip's
   * name, for that failure.
   */
  read(bytes: Uint8Array, file?: string): Promise<ArtefactEntry[]>;
}
