import { modulePath } from '../inside/module-path.js';
import { byUtf8 } from '../order.js';
import { distributionName } from '../python-modules.js';
import type { Distribution } from './distributions.js';
import { layoutOf, type Side } from './side.js';

export interface Weight {
  files: number;
  /** Unpacked and packed, in bytes. */
  size: number;
  compressed: number;
}

export interface PackageSize {
  /** A distribution, or a top-level module or folder that none of them owns. */
  name: string;
  before: Weight | null;
  after: Weight | null;
}

/** The heaviest first; all files of both zips are in exactly one of them. */
export function packageSizes(before: Side, after: Side): PackageSize[] {
  const [old, now] = [weigh(before), weigh(after)];
  const names = [...new Set([...now.keys(), ...old.keys()])];
  const sizes = names.map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }));
  const heaviest = ({ before, after }: PackageSize) => Math.max(before?.size ?? 0, after?.size ?? 0);
  return sizes.sort((a, b) => heaviest(b) - heaviest(a) || byUtf8(a.name, b.name));
}

function weigh(side: Side): Map<string, Weight> {
  const layout = layoutOf(side);
  const owners = ownersOf(side.distributions);
  const weights = new Map<string, Weight>();
  for (const { path, size, compressed } of side.files) {
    const [top = ''] = (modulePath(path, layout).path ?? path).split('/', 1);
    const name = owners.get(top) ?? top.replace(/\.py$/, '');
    const { files, size: sum, compressed: packed } = weights.get(name) ?? { files: 0, size: 0, compressed: 0 };
    weights.set(name, { files: files + 1, size: sum + size, compressed: packed + compressed });
  }
  return weights;
}

/** A folder that several share (`google`) is nobody's. */
function ownersOf(distributions: readonly Distribution[]): Map<string, string> {
  const owners = new Map<string, Set<string>>();
  for (const { folder, name, owns } of distributions) {
    for (const top of [folder.slice(folder.lastIndexOf('/') + 1), ...owns]) {
      owners.set(top, (owners.get(top) ?? new Set()).add(distributionName(name)));
    }
  }
  return new Map([...owners].flatMap(([top, [name = '', ...others]]) => (others.length === 0 ? [[top, name]] : [])));
}
