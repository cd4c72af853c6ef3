import type { Paths } from '../ports/paths.js';
import { asRead } from './as-read.js';
import { firstPlace } from './sorted.js';

/** Many paths as one text: V8's regular expressions have found what is asked for before a loop of ours is compiled. */
export interface PathText {
  /** `\0a/b\0c\0`: no path holds a NUL. */
  text: string;
  /** Where in it each path begins. */
  starts: Uint32Array | readonly number[];
  /** Characters of the longest one. */
  longest: number;
}

/**
 * What is not plain. Plain are parts of printable ASCII without the signs that mean something to Windows or git, with dots
 * and blanks only inside of them, that are no device of Windows: every system reads them as themselves.
 */
const oddPart =
  /[^\0\w !#$%&'()+,\-./;=@[\]^`{}]|[\0/][. /]|[. /](?=[\0/])|[\0/](?:con|prn|aux|nul|com\d|lpt\d)(?=[. /\0])/gi;

const limit = 4096;

/** `encode` gives the characters that stand in the text for a part of a path, `item` what stands at a place. */
export function pathsIn<Item extends { path: string }>(
  source: PathText,
  encode: (part: string) => string,
  item: (at: number) => Item,
): Paths<Item> {
  /** What is found of other characters than were searched for (`é` as two) may be another path's. */
  function* items(places: Iterable<number>, fits = (_: string) => true): Generator<Item> {
    for (const at of places) {
      const found = item(at);
      if (fits(found.path)) yield found;
    }
  }

  /** Those that are read as another path than is written, in most trees none. */
  let readAs: { at: number; read: string }[] | null = null;
  function* asked(pattern: RegExp, fits: (path: string) => boolean): Generator<Item> {
    readAs ??= Array.from(matching(source, /[^\0-\x7f][^\0]*/g), (at) => ({ at, path: item(at).path }))
      .map(({ at, path }) => ({ at, path, read: asRead(path) }))
      .filter(({ path, read }) => read !== path.toLowerCase());
    const alike = new Set(readAs.filter(({ read }) => fits(read)).map(({ at }) => at));
    if (alike.size === 0) return yield* items(matching(source, pattern), (path) => fits(lower(path)));
    const places = [...new Set([...matching(source, pattern), ...alike])].sort((a, b) => a - b);
    for (const at of places) {
      const found = item(at);
      if (alike.has(at) || fits(lower(found.path))) yield found;
    }
  }

  return {
    [Symbol.iterator]: () => items(source.starts.keys()),
    endingIn(suffix) {
      const wanted = lower(suffix);
      const pattern = new RegExp(`${literal(encode(suffix))}(?=\\0)`, 'gi');
      return asked(pattern, (path) => path.endsWith(wanted));
    },
    below(folder) {
      const wanted = lower(`${folder}/`);
      const pattern = new RegExp(`\\0${literal(encode(folder))}(?=[\\0/])`, 'gi');
      return asked(pattern, (path) => `${path}/`.startsWith(wanted));
    },
    inRoot: () => items(matching(source, /\0[^\0/]+(?=\0)/g)),
    toJSON: () => Array.from({ length: source.starts.length }, (_, at) => item(at)),
    odd: () => items([...new Set([...matching(source, oddPart), ...tooLong(source)])].sort((a, b) => a - b)),
  };
}

/** The same as other things. */
export function pathsAs<From, To>(paths: Paths<From>, as: (item: From) => To): Paths<To> {
  function* each(items: Iterable<From>): Generator<To> {
    for (const item of items) yield as(item);
  }
  return {
    [Symbol.iterator]: () => each(paths),
    endingIn: (suffix) => each(paths.endingIn(suffix)),
    below: (folder) => each(paths.below(folder)),
    inRoot: () => each(paths.inRoot()),
    odd: () => each(paths.odd()),
    toJSON: () => [...each(paths)],
  };
}

/** For the few paths of a change. */
export function pathsOf<Item extends { path: string }>(items: readonly Item[]): Paths<Item> {
  const text = `\0${items.map(({ path }) => `${path}\0`).join('')}`;
  let next = 1;
  const starts = items.map(({ path }) => {
    const start = next;
    next += path.length + 1;
    return start;
  });
  const longest = items.reduce((most, { path }) => Math.max(most, path.length), 0);
  return pathsIn(
    { text, starts, longest },
    (part) => part,
    (at) => items[at] as Item,
  );
}

/** Which paths a pattern finds. It may begin with the NUL in front of one, and must leave the one behind it. */
export function* matching({ text, starts }: PathText, pattern: RegExp): Generator<number> {
  let next = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    const end = index + found.length;
    const at = firstPlace(next, starts.length, (place) => (starts[place] ?? 0) >= end) - 1;
    if (at < next) continue;
    yield at;
    next = at + 1;
  }
}

function* tooLong({ text, starts, longest }: PathText): Generator<number> {
  for (let at = 0; at < starts.length && longest > limit; at++) {
    const next = starts[at + 1] ?? text.length;
    if (next - (starts[at] ?? 0) > limit + 1) yield at;
  }
}

/** As a pattern that finds this text only. */
function literal(text: string): string {
  return text.replace(/[^\w/]/g, '\\$&');
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
