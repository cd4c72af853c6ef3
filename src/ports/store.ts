import type { Heard, Target } from './registry.js';

/** A folder, absolute; or a bucket, reached as an environment is. */
export type StorePlace = { folder: string } | { environment: Target; bucket: string; prefix: string };

/** Where artefacts are kept that leave the repository. */
export interface Store {
  /** For people: `s3://bucket/layers/`, or the folder. */
  place: string;
  /** Asks for what every write will need, before the first; changes nothing. */
  prove(): Promise<void>;
  /** The bytes as they lie there, read back whole; null where there are none. */
  read(key: string, received?: Heard): Promise<Uint8Array | null>;
  /** Created once, never overwritten. Fails with `archive-conflict` where other bytes have the key. */
  create(key: string, bytes: Uint8Array, sha256: string, sent?: Heard): Promise<void>;
}
