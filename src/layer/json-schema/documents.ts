import { parseJsonBytes } from '../json.js';
import { breaches } from './judge.js';
import type { Schema } from './read.js';
import { type Steps, TooMuch } from './walk.js';

/** What is wrong with a document. */
export interface Fault {
  kind: 'breaks' | 'unreadable' | 'tooMuch';
  line: number | null;
  field: string;
  what: string;
}

/** Some thousand times what a document of 1 MiB and a plain schema take. */
const stepsLimit = 2_000_000;
/** More of one document nobody reads at a time. */
const faultsLimit = 20;

/** Judges the bytes of a document by a schema. `left` counts down over all documents of a run. */
export function judgeDocument(schema: Schema, bytes: Uint8Array, left: Steps): Fault[] {
  const { value, problems, lineOf } = parseJsonBytes(bytes);
  if (problems.length > 0) {
    return problems.slice(0, faultsLimit).map(({ line, what }) => ({ kind: 'unreadable', line, field: '', what }));
  }
  const steps = { left: Math.min(stepsLimit, left.left) };
  const before = steps.left;
  const faults: Fault[] = [];
  try {
    for (const { field, what } of breaches(schema, steps, value)) {
      faults.push({ kind: 'breaks', line: lineOf(field), field, what });
      if (faults.length === faultsLimit) break;
    }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    faults.push({ kind: 'tooMuch', line: null, field: '', what: '' });
  }
  left.left -= before - steps.left;
  return faults;
}
