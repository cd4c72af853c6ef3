/** Files of the work tree and of git's own folder. Paths are absolute. Every write is atomic and durable. */
export interface Files {
  read(path: string): Promise<Uint8Array | null>;
  /** Temporary file, fsync, rename, fsync of the folder. Creates folders. */
  write(path: string, bytes: Uint8Array, mode?: number): Promise<void>;
  /** As write, but never replaces: false when the path exists. */
  create(path: string, bytes: Uint8Array, mode?: number): Promise<boolean>;
  /** Appends and fsyncs. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Names in a folder, sorted; empty when there is none. */
  list(path: string): Promise<string[]>;
  exists(path: string): Promise<boolean>;
  /** What stands at a path, a link not followed; null for nothing. `mode` holds the permission bits, of a link's target. */
  look(path: string): Promise<{ kind: 'file' | 'folder' | 'link' | 'other'; mode: number } | null>;
  /** Renames, so bytes, mode and links stay as they are; never replaces: false when there is something at `to`. */
  move(from: string, to: string): Promise<boolean>;
  /** The path with every link in it resolved; null when nothing is there. */
  real(path: string): Promise<string | null>;
  /** Removes a file or a folder and all in it; nothing to remove is fine. Links are removed, never followed. */
  remove(path: string): Promise<void>;
  /** Removes from a folder what writers that were killed left half written there. */
  sweep(folder: string): Promise<void>;
}
