import type { Bucket, Listed, Prefixes } from '../ports.js';
import { inTurns } from './in-turns.js';

/** Objects of a prefix that are to go along. */
export interface Pair {
  from: Bucket;
  to: Bucket;
  prefix: string;
}

export interface Differing {
  /** Keys to copy, with what was listed of them at the origin. */
  copies: [key: string, listed: Listed][];
  /** Keys that only the destination has. */
  stale: string[];
  /** Of the origin. */
  objects: number;
}

/** As S3 takes them without complaint. */
const atOnce = 24;

/** A run looks several times, and asks about two contents once: each has its ETag for good. */
const agreed = new WeakMap<Prefixes, Map<string, boolean>>();

/** Artefacts are created once and never overwritten: they go by promotion, and never along with a prefix. */
const isArtefact = (key: string) => /^(layers|functions|inputs|locks)\//.test(key);

/** Lists both sides, a request for a thousand keys, and asks for each object only where the lists cannot tell. */
export async function differing(prefixes: Prefixes, { from, to, prefix }: Pair): Promise<Differing> {
  const [origin, there] = await Promise.all([prefixes.list(from, prefix), prefixes.list(to, prefix)]);
  const copies: Differing['copies'] = [];
  const doubtful: [key: string, listed: Listed, other: Listed][] = [];
  for (const [key, listed] of origin) {
    const other = there.get(key);
    if (isArtefact(key) || other?.etag === listed.etag) continue;
    if (other?.size === listed.size) doubtful.push([key, listed, other]);
    else copies.push([key, listed]);
  }
  const known = agreed.get(prefixes) ?? new Map<string, boolean>();
  agreed.set(prefixes, known);
  await inTurns(
    doubtful,
    async ([key, listed, other]) => {
      const pair = [from.name, to.name, key, listed.etag, other.etag].join('\0');
      const isSame = known.get(pair) ?? (await prefixes.agree(from, to, key));
      known.set(pair, isSame);
      if (!isSame) copies.push([key, listed]);
    },
    { atOnce },
  );
  const stale = [...there.keys()].filter((key) => !isArtefact(key) && !origin.has(key));
  return { copies, stale, objects: origin.size };
}

export async function bringAlong(
  prefixes: Prefixes,
  { from, to }: Pair,
  { copies }: Differing,
  ended: (count: number) => void,
): Promise<void> {
  await inTurns(copies, ([key, listed]) => prefixes.copy(from, to, key, listed), { atOnce, ended });
}
