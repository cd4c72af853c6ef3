import type { SizeNode } from '../layer/compare/size-tree.js';
import { printable } from '../layer/printable.js';
import type { Style } from '../ports.js';
import { bytes, difference } from './bytes.js';
import { count } from './headline.js';

const most = { lines: 32, depth: 4, children: 8 } as const;
const barWidth = 20;

interface Row {
  /** With its branches. */
  text: string;
  node: SizeNode;
}

/** Where the bytes are: what changed, and what is heavy, as far down as it fits on a screen. */
export function sizeTreeLines(root: SizeNode, style: Style): string[] {
  const total = Math.max(root.before, root.after, 1);
  const rows = fitting(root, total);
  const shown = rows.slice(0, most.lines);
  const widest = (text: (row: Row) => string) => Math.max(0, ...shown.map((row) => text(row).length));
  const names = widest(({ text }) => text);
  const sizes = widest(({ node }) => bytes(node.after));
  const changes = widest(({ node }) => difference(node.before, node.after));
  const lines = shown.map(({ text, node }) => {
    const change = difference(node.before, node.after);
    const painted = `${' '.repeat(changes - change.length)}${change && paint(node, style)(change)}`;
    return `  ${text.padEnd(names)}  ${bytes(node.after).padStart(sizes)}  ${painted}  ${bar(node, total, style)}`.trimEnd();
  });
  const left = rows.length - shown.length;
  return left === 0 ? lines : [...lines, style.dim(`  … and ${count(left, 'line')} more`)];
}

/** What is below a part of the whole, and the same as before, is not shown: the smallest part that leaves it short. */
function fitting(root: SizeNode, total: number): Row[] {
  for (let part = 0.02; ; part *= 2) {
    const rows: Row[] = [];
    branch(root, '', 0, part * total, rows);
    if (rows.length <= most.lines || part > 1) return rows;
  }
}

function branch(parent: SizeNode, indent: string, depth: number, least: number, rows: Row[]): void {
  const shown = choose(parent.children, least);
  for (const [at, node] of shown.entries()) {
    const isLast = at === shown.length - 1;
    const joint = depth === 0 ? '' : isLast ? '└─ ' : '├─ ';
    const name = node.children.length > 0 ? `${node.name}/` : node.name;
    rows.push({ text: `${indent}${joint}${printable(name, 60)}`, node });
    const inner = depth === 0 ? indent : `${indent}${isLast ? '   ' : '│  '}`;
    if (depth + 1 < most.depth) branch(node, inner, depth + 1, least, rows);
  }
}

/** What changed most, then what is heavy, in the order of the tree; the others as one. */
function choose(children: readonly SizeNode[], least: number): SizeNode[] {
  const changed = children.filter(({ before, after }) => before !== after);
  changed.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const heavy = children.filter(({ before, after }) => before === after && after >= least);
  const chosen = new Set([...changed, ...heavy].slice(0, most.children));
  const [first, ...others] = children.filter((node) => !chosen.has(node));
  const shown = children.filter((node) => chosen.has(node));
  if (first === undefined || shown.length === 0) return shown;
  if (others.length === 0) return [...shown, first];
  return [...shown, { name: `… ${others.length + 1} more`, ...sum([first, ...others]), children: [] }];
}

function sum(nodes: readonly SizeNode[]): Pick<SizeNode, 'before' | 'after'> {
  return nodes.reduce((all, { before, after }) => ({ before: all.before + before, after: all.after + after }), {
    before: 0,
    after: 0,
  });
}

/** What stays, then what came or went. */
function bar(node: SizeNode, total: number, style: Style): string {
  const cells = (size: number) => Math.round((size / total) * barWidth);
  const same = cells(Math.min(node.before, node.after));
  const other = cells(Math.max(node.before, node.after)) - same;
  const rest = (node.after > node.before ? '▓' : '░').repeat(other);
  return `${same > 0 ? style.dim('█'.repeat(same)) : ''}${other > 0 ? paint(node, style)(rest) : ''}`;
}

function paint({ before, after }: SizeNode, style: Style) {
  return after > before ? style.yellow : style.green;
}
