import type { Pin } from '../../../layer/packages/asked.js';
import type { Place } from '../../../layer/problems/demands.js';
import type { Requirement } from '../../../layer/requirement.js';

/** What wheels are for. */
export interface Target extends Place {
  natives: 'forbid' | 'allow';
  /** 17 of 2.17: the newest that a wheel may need. */
  glibc: number;
}

/** A file of an index. */
export interface Download {
  /** Its name there. */
  file: string;
  bytes: Uint8Array;
}

/** pip or uv. What they are asked for is exact, so that both bring the same. */
export interface Installer {
  /** With every version that could make a difference: `pip 26.0 on 3.11.2`. */
  id: string;
  /** The best wheel of each pin; those that come as source only are left to `source`. Fails where the index fails. */
  wheels(pins: readonly Pin[], target: Target): Promise<{ wheels: Download[]; without: Pin[] }>;
  /** The source of a pin; null: there is none. */
  source(pin: Pin): Promise<Download | null>;
  /** A wheel made of a source, alone with the build tools we name; a string says why there is none. */
  build(source: Download): Promise<Download | { problem: string }>;
  /** What answers these requirements at a place, with all that they need in turn. */
  resolve(roots: readonly Omit<Requirement, 'line'>[], target: Target): Promise<{ name: string; version: string }[]>;
}
