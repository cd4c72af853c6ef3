import type { Prefixes } from './prefixes.js';
import type { Claim, Processes } from './processes.js';

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

/** A declared environment, as the policy has it. */
export interface Target {
  name: string;
  target: 'local' | 'aws';
  profile?: string;
  region?: string;
  account?: string;
  bucket?: string;
}

/** What a run knows of the runs before it in its own clone. */
export interface Here extends Pick<Processes, 'isAlive'> {
  /** Names this clone and no other, for as long as it is there. */
  clone(): Promise<string>;
}

/** An environment held by one run. */
export interface Lease {
  /** Rises with every owner. */
  token: number;
  /** Shows a sign of life where one is due; fails with `locked` when it is somebody else's by now. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Told how many bytes have come or gone by now, where that is known before all of them have. */
export type Heard = (bytes: number) => void;

/** Where artefacts are published: one environment's objects and layer versions. A deploy target implements this. */
export interface Registry {
  environment: string;
  /** Null where an environment is no place of buckets. */
  prefixes: Prefixes | null;
  /** Asks for what every write will need, before the first; changes nothing. `code`: bytes to be published, unpacked. */
  prove(code: number): Promise<void>;
  /** Holds the environment against runs of any machine. Fails with `locked`. */
  lease(claim: Claim, here: Here): Promise<Lease>;
  /** Stored object, null when the key is free. */
  head(key: string): Promise<StoredObject | null>;
  /** Fails with `object-absent` when the key is free. */
  get(key: string, received?: Heard): Promise<Uint8Array>;
  /** Created once, never overwritten: `present` when the same bytes are there, fails with `object-conflict` when others are. */
  put(key: string, bytes: Uint8Array, sha256: string, sent?: Heard): Promise<'created' | 'present'>;
  /**
   * The versions of a layer whose description begins with `describedAs` (all without it), newest first. Give it wherever it
   * is known: a cloud account tells the digest of each version in an answer of its own.
   */
  versions(layerName: string, describedAs?: string): Promise<PublishedVersion[]>;
  /** One version, in one answer; null where there is none, or none any more. */
  version(layerName: string, number: number): Promise<PublishedVersion | null>;
  /**
   * Exactly one attempt; every call makes a new version. The caller reconciles by description first. Fails with
   * `object-absent` or `object-conflict` when the key does not hold the bytes asked for.
   */
  publish(request: PublishRequest): Promise<PublishedVersion>;
  /** Deletes one version for good; its number is never given again. One that is not there is fine. */
  remove(layerName: string, number: number): Promise<void>;
}
