/** An object as a registry stores it. */
export interface StoredObject {
  key: string;
  sha256: string;
  size: number;
}

export interface PublishRequest {
  layerName: string;
  /** The key of the stored zip, in the same registry. */
  key: string;
  sha256: string;
  size: number;
  description: string;
  runtimes: string[];
  architectures: string[];
}

export interface PublishedVersion {
  layerName: string;
  version: number;
  arn: string;
  description: string;
  /** Hex, of the zip that the version holds. */
  sha256: string;
  size: number;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** Where artefacts are published: one environment's objects and layer versions. A deploy target implements this. */
export interface Registry {
  environment: string;
  /** Stored object, null when the key is free. */
  head(key: string): Promise<StoredObject | null>;
  /** Fails with `object-absent` when the key is free. */
  get(key: string): Promise<Uint8Array>;
  /** Created once, never overwritten: `present` when the same bytes are there, fails with `object-conflict` when others are. */
  put(key: string, bytes: Uint8Array, sha256: string): Promise<'created' | 'present'>;
  /** All versions of a layer, newest first. */
  versions(layerName: string): Promise<PublishedVersion[]>;
  /**
   * Exactly one attempt; every call makes a new version. The caller reconciles by description first. Fails with
   * `object-absent` or `object-conflict` when the key does not hold the bytes asked for.
   */
  publish(request: PublishRequest): Promise<PublishedVersion>;
}
