/** Numbers of the zip format (APPNOTE 6.3) that writer and reader share. */

export const signatures = { local: 0x04034b50, descriptor: 0x08074b50, central: 0x02014b50, end: 0x06054b50 } as const;

/** Bytes of a record without its name and extra fields. */
export const sizes = { local: 30, central: 46, end: 22 } as const;

export const methods = { stored: 0, deflated: 8 } as const;
export const utf8Flag = 0x0800;

/** `create_system` 3: the upper half of the external attributes is a Unix mode. */
export const unix = 3;
export const regularFile = 0o100000;
export const folderType = 0o040000;

/** 2.0, what deflate and folders need. */
export const versionNeeded = 20;

/** 1980-01-01 00:00, the first moment a zip can tell. */
export const firstDate = { time: 0, date: 0x0021 } as const;

/**
 * Lambda unpacks at most 262,144,000 bytes, function and layers together, so nothing larger can be of use. An entry
 * beyond `ratio` is a bomb; below `ratioFrom` bytes unpacked no ratio can hurt, and small files of one letter reach it.
 */
export const limits = {
  entries: 20_000,
  /** Told or not, and in one another: a zip of some MB could name millions. */
  folders: 20_000,
  depth: 64,
  bytes: 262_144_000,
  ratio: 200,
  ratioFrom: 1_048_576,
} as const;

/** Would the reader take an entry of these sizes for a bomb? */
export function isBomb(size: number, compressed: number): boolean {
  return size > limits.ratioFrom && size > limits.ratio * compressed;
}
