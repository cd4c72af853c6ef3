import type { Files, Git, GitWriter, Heard, Moved, Oid, Store, TagInfo } from '../ports.js';
import type { Target } from './target.js';

/** What a step leaves behind, for the steps after it and for the report. Plain data. */
export type Receipt = Record<string, string | number | null>;

/** What steps act on, and what earlier ones left. */
export interface World {
  root: string;
  /** The targets of the environment, in the order declared. */
  targets: readonly Target[];
  /** One of them, by the name that steps have as `environment`. */
  at(environment: string): Target;
  /** Where artefacts go that leave the repository; null: this plan moves none. */
  store: Store | null;
  files: Files;
  git: GitWriter;
  /** HEAD's commit now. */
  head(): Promise<Oid>;
  tagged(name: string): Promise<TagInfo | null>;
  /** Contents at HEAD; null for a path that is not there. */
  committed(path: string): Promise<Uint8Array | null>;
  blob(oid: Oid): Promise<Uint8Array>;
  /** Bytes by digest, wherever they can be had; fails when nowhere. */
  bytes(wanted: Wanted, received?: Heard): Promise<Uint8Array>;
  /** How far an act has come, for whoever watches. */
  moved(moved: Moved): void;
  sha256(bytes: Uint8Array | string): string;
  /** A DSSE envelope, as it is stored. Fails with `key-unreadable`. */
  sign(text: string, key: string): Promise<Uint8Array>;
  /** Milliseconds. */
  pause(ms: number): Promise<void>;
  /**
   * Judges a commit by the policy as the release gate does; why it refuses, or null. What `since` is refused for already
   * does not count. `git` is one that knows the commit, where the usual one does not.
   */
  refusal(commit: Oid, since: Oid, git?: Git): Promise<string | null>;
  /** By step name; a step finds there what it follows on. */
  receipts: Map<string, Receipt>;
}

/** An artefact to be found: under its key in the registry, in .build/, or by building its commit again. */
export interface Wanted {
  name: string;
  version: string;
  sha256: string;
  /** null: nobody recorded it. */
  gitSha: Oid | null;
}

/**
 * One kind of act. Whether anything has to be done is for `probe` alone to say, so running a step again is always safe;
 * no kind knows of dry runs.
 */
export interface StepKind<Data> {
  /** Known by others as this: `publish-version inbox-core`. */
  name(data: Data): string;
  /** What it does, for people: `publish inbox-core 1.2.4 to local`. */
  describe(data: Data): string;
  /** The receipt when all of it is done already, else null. Changes nothing. */
  probe(data: Data, world: World): Promise<Receipt | null>;
  act(data: Data, world: World): Promise<void>;
  /** The receipt after the act, from what is there now; null when it is not there. */
  confirm(data: Data, world: World): Promise<Receipt | null>;
  /** Takes it back and says what was done; null for what stays. */
  undo: ((data: Data, world: World) => Promise<string[]>) | null;
}
