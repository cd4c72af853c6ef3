import { byUtf8 } from '../order.js';
import type { Place } from '../problems/demands.js';
import { distributionName } from '../python-modules.js';
import type { Requirement } from '../requirement.js';
import { holds, surroundingsOf } from './marker.js';

/** One package in the one version that is taken. */
export interface Pin {
  /** Normalised. */
  name: string;
  version: string;
  marker: string;
  /** `sha256:…`; the file must have one of them. Empty: any file of that version. */
  hashes: string[];
}

/** What a layer is made of: what its requirements ask for, and the exact packages that are to answer it. */
export interface Asked {
  /** The file that the pins stand in: the requirements, or the lock beside them. */
  file: string;
  roots: Requirement[];
  pins: Pin[];
  /** They come from a lock, which holds nothing but what is needed. */
  isLocked: boolean;
}

export function pinOf({ name, version, marker, hashes }: Requirement): Pin {
  return { name: distributionName(name), version: version ?? '', marker, hashes };
}

/** The pins whose markers hold at a place; a string says which cannot be told, or stands there twice. */
export function pinsAt(pins: readonly Pin[], place: Place): Pin[] | { problem: string } {
  const there = surroundingsOf(place);
  const found = new Map<string, Pin>();
  for (const pin of pins) {
    const isMeant = holds(pin.marker, there);
    if (isMeant === null) return { problem: `the marker of ${pin.name} is not understood: ${pin.marker}` };
    if (!isMeant) continue;
    const other = found.get(pin.name);
    if (other !== undefined && other.version !== pin.version) {
      return { problem: `${pin.name} is asked for twice: ${other.version} and ${pin.version}` };
    }
    found.set(pin.name, { ...pin, hashes: [...new Set([...(other?.hashes ?? []), ...pin.hashes])].sort() });
  }
  return [...found.values()].sort((a, b) => byUtf8(a.name, b.name));
}

/** Every runtime on every architecture, in the order declared. */
export function placesOf({
  runtimes,
  architectures,
}: {
  runtimes: readonly string[];
  architectures: readonly string[];
}) {
  return runtimes.flatMap((runtime) => architectures.map((architecture): Place => ({ runtime, architecture })));
}
