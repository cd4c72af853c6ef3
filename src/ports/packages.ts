/** One package of a lock: at which places it is needed, and the sha256 of the files it may come from. */
export interface LockedPackage {
  /** Normalised. */
  name: string;
  version: string;
  places: { runtime: string; architecture: string }[];
  /** Hex. */
  sha256: string[];
}

export interface LockRequest {
  /** The requirements file, for messages, and what is in it. */
  source: string;
  bytes: Uint8Array;
  /** In Lambda's names. */
  runtimes: readonly string[];
  architectures: readonly string[];
  natives: 'forbid' | 'allow';
}

/** Python packages of an index. */
export interface Packages {
  /** All that requirements need, directly or not; asks the index. */
  lock(request: LockRequest): Promise<LockedPackage[]>;
}
