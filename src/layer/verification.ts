import type { Artefact, Oid } from '../ports.js';

/** What one place says of a release; fields it does not know are absent. */
export interface Account {
  sha256?: string | undefined;
  contentDigest?: string | undefined;
  size?: number | undefined;
  gitSha?: Oid | undefined;
}

/** One line of a verification: a place, and whether what it holds or says is what the recorded commit gives. */
export interface Line {
  place: string;
  /** `absent`: this machine does not have it, which is no agreement. */
  state: 'agrees' | 'differs' | 'absent';
  detail: string;
}

const named = { sha256: 'sha256', contentDigest: 'content digest', size: 'size', gitSha: 'commit' } as const;
const fields = ['sha256', 'contentDigest', 'size', 'gitSha'] as const;

/** Holds an account against what was built again. */
export function hold(place: string, account: Account, built: Pick<Artefact, keyof Account>): Line {
  const told = fields.filter((field) => account[field] !== undefined);
  const wrong = told.filter((field) => account[field] !== built[field]);
  if (told.length === 0) return { place, state: 'absent', detail: 'it says nothing that could be compared' };
  if (wrong.length === 0) return { place, state: 'agrees', detail: told.map((field) => named[field]).join(', ') };
  const isRepacked = wrong.includes('sha256') && account.contentDigest === built.contentDigest;
  const differences = wrong.map((field) => `${named[field]} ${shown(account[field])}, not ${shown(built[field])}`);
  const detail = `${differences.join('; ')}${isRepacked ? ' (the same content, packed in another way)' : ''}`;
  return { place, state: 'differs', detail };
}

function shown(value: string | number | undefined): string {
  return typeof value === 'string' && value.length > 16 ? `${value.slice(0, 16)}…` : String(value);
}

export const absent = (place: string, detail: string): Line => ({ place, state: 'absent', detail });
export const differs = (place: string, detail: string): Line => ({ place, state: 'differs', detail });
