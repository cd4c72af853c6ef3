/** One file of an artefact. `path` starts at the root of the zip. */
export interface ArtefactEntry {
  path: string;
  mode: 0o644 | 0o755;
  bytes: Uint8Array;
}

/** What is wrong with a zip as a zip; what is wrong with it as a layer is for `layer/` to say. */
export interface ZipProblem {
  /** `broken`: readers may disagree about it, or cannot read it. `limit`: a bomb, or more than Lambda takes. */
  kind: 'broken' | 'limit' | 'name' | 'mode';
  /** The entry it is about; null for the zip itself. */
  path: string | null;
  what: string;
  /** What others' writers do without bad intent, so that a policy may let it pass. */
  habit?: 'data-descriptors' | 'windows-modes';
}

/** A file of a zip that was walked. */
export interface ZipFile<Seen> {
  path: string;
  mode: 0o644 | 0o755;
  /** Unpacked and packed, in bytes. */
  size: number;
  compressed: number;
  crc: number;
  /** What its content showed; null where the content was not read. */
  seen: Seen | null;
}

export interface WalkedZip<Seen> {
  /** Of the zip, in bytes. */
  size: number;
  /** Of the zip, hex; null where it is larger than any zip may be. */
  sha256: string | null;
  /** In the order of the zip; folders are none. Empty where no directory was found. */
  files: ZipFile<Seen>[];
  problems: ZipProblem[];
}

/** Asked once for each file whose content is read. */
export type Look<Seen> = (file: { path: string; size: number }) => {
  /**
   * A file comes in one piece, a large one in several that overlap by 1 KiB. `at` is where in the file the piece begins;
   * `text` gives it with a character for each byte.
   */
  show(piece: Uint8Array, at: number, text: () => string): void;
  seen(): Seen;
};

/** A zip: its bytes, or the path of a regular file. */
export type ZipSource = Uint8Array | string;

export interface Zip {
  /**
   * One sequence of bytes for one list of entries, wherever it runs. `keepAs`: the name of an artefact whose contents
   * change little from build to build, and need not be compressed anew.
   */
  write(entries: ArtefactEntry[], keepAs?: string): Promise<Uint8Array>;
  /**
   * The files of a zip that is strictly well-formed; fails with `zip-invalid` on anything else. `file` is the zip's
   * name, for that failure.
   */
  read(bytes: Uint8Array, file?: string): Promise<ArtefactEntry[]>;
  /**
   * Walks a zip of whatever origin and lists all that is wrong with it. Contents are looked at only where nothing keeps
   * two readers from seeing the same; memory stays bounded whatever the zip says. Fails only where a file cannot be read.
   * `only`: the contents of these paths alone are unpacked, checked and shown.
   */
  walk<Seen>(source: ZipSource, look: Look<Seen>, only?: ReadonlySet<string>): Promise<WalkedZip<Seen>>;
}
