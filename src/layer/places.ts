import type { Declarations } from './declarations.js';
import { activeFolder, foldersAbove, manifestLayer } from './names.js';
import { isLeftOut } from './packing.js';

/** Where a path is, in words (`in the source of inbox-core`, `in place of VERSION`), and the layer or function concerned. */
export interface Place {
  where: string;
  layer: string | null;
}

interface Places {
  /** VERSION, the declared sources, and the folders above them: a link in place of a folder hides all that is in it. */
  at: Map<string, Place>;
  /** By the source. */
  inside: Map<string, Place>;
}

/**
 * Whose place a path is: VERSION's, a manifest's, that of something packed from a declared source, or of a folder that
 * leads to one of them; null for all else.
 */
export function placeOf(path: string, policy: Declarations): Place | null {
  const { at, inside } = placesOf(policy);
  const here = at.get(path);
  if (here !== undefined) return here;
  const layer = manifestLayer(path);
  if (layer !== null) return { where: `in place of the manifest of ${layer}`, layer };
  const source = foldersAbove(path).find((folder) => inside.has(folder));
  if (source === undefined || isLeftOut(path.slice(source.length + 1))) return null;
  return inside.get(source) ?? null;
}

/** All paths that may have a place: single ones, and folders in which some have. */
export function placesToLook(policy: Declarations): { paths: string[]; folders: string[] } {
  const { at, inside } = placesOf(policy);
  return { paths: [...at.keys()], folders: [...inside.keys(), activeFolder] };
}

/** Asked for every path of a change, and made once a policy. */
const known = new WeakMap<Declarations, Places>();

function placesOf(policy: Declarations): Places {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const places: Places = { at: new Map(), inside: new Map() };
  known.set(policy, places);
  const add = (path: string, place: Place) => {
    const here = [path, ...foldersAbove(path)].filter((one) => !places.at.has(one));
    for (const one of here) places.at.set(one, place);
  };
  add(policy.versionFile, { where: `in place of ${policy.versionFile}`, layer: null });
  for (const { name, source } of [...Object.values(policy.layers), ...Object.values(policy.functions)]) {
    add(source, { where: `in place of the source of ${name}`, layer: name });
    places.inside.set(source, { where: `in the source of ${name}`, layer: name });
  }
  return places;
}
