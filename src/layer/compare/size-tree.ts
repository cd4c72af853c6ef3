import { byUtf8 } from '../order.js';
import type { Side } from './side.js';

/** A folder or a file with all that is in it: unpacked, in bytes. */
export interface SizeNode {
  /** Several parts where a folder holds one folder only: `python/lib`. */
  name: string;
  before: number;
  after: number;
  /** The heaviest first. */
  children: SizeNode[];
}

/** Below this a path is one name: nobody looks that far down, and a hostile zip could fill the memory with folders. */
const deepest = 10;

/** Both zips in one tree. */
export function sizeTree(before: Pick<Side, 'files'>, after: Pick<Side, 'files'>): SizeNode {
  const root = grow();
  for (const { path, size } of before.files) add(root, path, size, 0);
  for (const { path, size } of after.files) add(root, path, 0, size);
  return finish('', root);
}

interface Growing {
  before: number;
  after: number;
  inside: Map<string, Growing>;
}

const grow = (): Growing => ({ before: 0, after: 0, inside: new Map() });

function add(root: Growing, path: string, before: number, after: number): void {
  let node = root;
  node.before += before;
  node.after += after;
  for (const part of partsOf(path)) {
    const next = node.inside.get(part) ?? grow();
    node.inside.set(part, next);
    node = next;
    node.before += before;
    node.after += after;
  }
}

function partsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.length > deepest ? [...parts.slice(0, deepest), parts.slice(deepest).join('/')] : parts;
}

function finish(name: string, { before, after, inside }: Growing): SizeNode {
  const [[only, node] = ['', null], ...others] = inside;
  if (name !== '' && node !== null && others.length === 0 && node.inside.size > 0)
    return finish(`${name}/${only}`, node);
  const children = [...inside].map(([part, one]) => finish(part, one));
  return { name, before, after, children: children.sort(heavierFirst) };
}

const weight = ({ before, after }: SizeNode) => Math.max(before, after);
const heavierFirst = (a: SizeNode, b: SizeNode) => weight(b) - weight(a) || byUtf8(a.name, b.name);
