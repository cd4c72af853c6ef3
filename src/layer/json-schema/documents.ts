import { parseJsonBytes } from '../json.js';
import { breaches } from './judge.js';
import type { Schema } from './schema.js';
import { type Steps, TooMuch } from './walk.js';

/** What is wrong with a document. */
export interface Fault {
  kind: 'breaks' | 'unreadable' | 'tooMuch';
  line: number | null;
  field: string;
  what: string;
}

const stepsOfDocument = 1_000_000;
/** Twenty times what a plain schema takes. */
const stepsOfByte = 3;
/** More of one document nobody reads at a time. */
const faultsLimit = 20;

/** Judges the bytes of a document by a schema. `left` counts down from `stepsOfRun` over all documents of a run. */
export function judgeDocument(schema: Schema, bytes: Uint8Array, left: Steps): Fault[] {
  const { value, problems, lineOf } = parseJsonBytes(bytes);
  if (problems.length > 0) {
    return problems.slice(0, faultsLimit).map(({ line, what }) => ({ kind: 'unreadable', line, field: '', what }));
  }
  const own = bytes.length * stepsOfByte;
  const given = Math.min(stepsOfDocument, left.left) + own;
  const steps = { left: given };
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
  left.left -= Math.max(0, given - steps.left - own);
  return faults;
}
