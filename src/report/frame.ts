import { blobUpTo } from '../layer/blob.js';
import type { Finding } from '../policy/finding.js';
import type { Git, Tree } from '../ports.js';
import { masked } from './masked.js';

/** The lines around a finding, without what looks like a secret. */
export interface Frame {
  lines: { number: number; text: string }[];
  /** The number of the line that is meant. */
  at: number;
}

export type Frames = ReadonlyMap<Finding, Frame>;

/** The tree in which a finding's line stands. */
export type Trees = ReadonlyMap<Finding, Tree>;

/** Nobody finds a line in a longer text by looking. In bytes. */
const limit = 256 * 1024;
/** More than a screen shows. */
const most = 100;

/** What stands around the lines that findings name, from git's objects. */
export async function framesOf(git: Git, trees: Trees): Promise<Frames> {
  const texts = new Map<string, Promise<string[]>>();
  const frames = new Map<Finding, Frame>();
  for (const [finding, tree] of [...trees].slice(0, most)) {
    const key = `${tree.commit}:${finding.file}`;
    const lines = texts.get(key) ?? linesOf(git, tree, finding.file);
    texts.set(key, lines);
    const found = frame(await lines, finding.line ?? 0);
    if (found) frames.set(finding, found);
  }
  return frames;
}

async function linesOf(git: Git, tree: Tree, file: string): Promise<string[]> {
  const entry = await tree.entry(file);
  const bytes = entry?.mode.startsWith('100') ? await blobUpTo(git, entry.oid, limit) : null;
  return bytes === null ? [] : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
}

function frame(lines: string[], at: number): Frame | null {
  if (lines[at - 1] === undefined) return null;
  const around = [at - 1, at, at + 1].flatMap((number) => {
    const text = lines[number - 1];
    // What follows the last newline is no line.
    return text === undefined || (text === '' && number === lines.length) ? [] : [{ number, text: masked(text) }];
  });
  return { lines: around, at };
}
