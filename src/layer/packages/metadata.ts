import type { Requirement } from '../requirement.js';
import { readRequirementLine } from '../requirement-line.js';

/** What a package says of itself in METADATA. */
export interface Metadata {
  name: string;
  version: string;
  /** What it takes to run, markers included. */
  needs: Omit<Requirement, 'line'>[];
  /** `>=3.8`; '' where any Python will do. */
  python: string;
  /** Lines that are not understood. */
  problems: string[];
}

/** Null: it names no package. `text` is the file; its headers end at the first blank line. */
export function parseMetadata(text: string): Metadata | null {
  const headers = text.slice(0, 1 << 20).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const values = (key: string) =>
    [...headers.matchAll(new RegExp(`^${key}:[ \\t]*(.*?)[ \\t\\r]*$`, 'gim'))].map(([, value = '']) => value);
  const [name] = values('Name');
  const [version] = values('Version');
  if (!name || !version) return null;
  const read: Metadata = { name, version, needs: [], python: values('Requires-Python')[0] ?? '', problems: [] };
  for (const line of values('Requires-Dist')) {
    const found = readRequirementLine(line);
    if (found.kind === 'requirement') read.needs.push(found.requirement);
    // Old packages are careless about their tests' needs; nobody asks for those.
    else if (!/;.*\bextra\s*==/.test(line)) read.problems.push(line.slice(0, 200));
  }
  return read;
}
