import { join } from 'node:path';
import { failure } from '../errors.js';
import type { Env, Files, Sha256 } from '../ports.js';
import type { Plan } from './plan.js';
import type { Receipt } from './step.js';

/** A line of the journal, without its checksum. */
export type Line =
  | { event: 'plan'; plan: Plan }
  | { event: 'intent'; step: string }
  | { event: 'receipt'; step: string; receipt: Receipt };

/** What a run means to do and what of it is done: on disk before the act, and gone when all is done. */
export interface Journal {
  path: string;
  /** Appends, and returns when it is on disk. */
  write(line: Line): Promise<void>;
  close(): Promise<void>;
}

interface Ports {
  files: Files;
  sha256: Sha256;
  /** `layer-policy/` in git's common folder: shared by all worktrees, and out of reach of a cleaned `.build/`. */
  folder: string;
}

export async function journalPorts({ git, files, sha256 }: Pick<Env, 'git' | 'files' | 'sha256'>): Promise<Ports> {
  return { files, sha256, folder: join(await git.commonDir(), 'layer-policy') };
}

/** Starts one; there must be none. */
export async function openJournal(ports: Ports, plan: Plan): Promise<Journal> {
  const journal = at(ports);
  await ports.files.remove(journal.path);
  await journal.write({ event: 'plan', plan });
  return journal;
}

/** Goes on with the one that is there. A torn last line is dropped, so that the next one does not run into it. */
export async function continueJournal(ports: Ports): Promise<Journal> {
  const journal = at(ports);
  const { lines, torn } = parse(await read(ports, journal.path), ports.sha256);
  if (torn) await ports.files.write(journal.path, encode(lines.map((line) => render(line, ports.sha256)).join('')));
  return journal;
}

export function forgetJournal(ports: Ports): Promise<void> {
  return at(ports).close();
}

/**
 * The interrupted plan, if there is one; one of which no step was begun has changed nothing and is in nobody's way. Fails
 * with `journal-damaged` when there is one that cannot be read.
 */
export async function pendingPlan(ports: Ports): Promise<Plan | null> {
  const { path } = at(ports);
  const text = await read(ports, path);
  const { lines, torn } = parse(text, ports.sha256);
  const [first] = lines;
  if (first === undefined) {
    // Killed while its first line was being written: nothing has been done yet.
    if (text.indexOf('\n') === -1) return null;
    throw failure('journal-damaged', { path, problem: 'its first line does not match its checksum' });
  }
  if (first.event !== 'plan' || first.plan.schema !== 1) {
    throw failure('journal-damaged', {
      path,
      problem: torn ? 'its plan is damaged' : 'it does not begin with a plan of this version',
    });
  }
  return lines.some(({ event }) => event === 'intent') ? first.plan : null;
}

/** How far it came: what of it was begun, and what was left by what was done. */
export async function progress(
  ports: Ports,
): Promise<{ isBegun(step: string): boolean; receipts: Map<string, Receipt> }> {
  const { lines, torn } = parse(await read(ports, at(ports).path), ports.sha256);
  const begun = new Set(lines.flatMap((line) => (line.event === 'intent' ? [line.step] : [])));
  const receipts = lines.flatMap((line) => (line.event === 'receipt' ? [[line.step, line.receipt] as const] : []));
  // Of what a line told that cannot be read nobody knows.
  return { isBegun: (step) => torn || begun.has(step), receipts: new Map(receipts) };
}

function at({ files, sha256, folder }: Ports): Journal {
  const path = join(folder, 'journal.jsonl');
  return {
    path,
    write: (line) => files.append(path, encode(render(line, sha256))),
    async close() {
      // What killed runs left beside the journal goes before it, so that nothing is left when it is gone.
      for (const name of await files.list(folder)) {
        if (name === 'scratch' || /^\..*\.tmp$/.test(name)) await files.remove(join(folder, name));
      }
      await files.remove(path);
    },
  };
}

function render(line: Line, sha256: Sha256): string {
  const text = JSON.stringify(line);
  return `${JSON.stringify({ ...line, sum: sha256(text).slice(0, 16) })}\n`;
}

/** Lines whose checksum holds. Others say nothing: every step looks for itself whether it is done. */
function parse(text: string, sha256: Sha256): { lines: Line[]; torn: boolean } {
  const lines: Line[] = [];
  let torn = text !== '' && !text.endsWith('\n');
  for (const raw of text.split('\n').slice(0, -1)) {
    const line = parseLine(raw, sha256);
    if (line === null) torn = true;
    else lines.push(line);
  }
  return { lines, torn };
}

function parseLine(raw: string, sha256: Sha256): Line | null {
  try {
    const { sum, ...line } = JSON.parse(raw);
    return sum === sha256(JSON.stringify(line)).slice(0, 16) ? line : null;
  } catch {
    return null;
  }
}

async function read({ files }: Ports, path: string): Promise<string> {
  return new TextDecoder().decode((await files.read(path)) ?? new Uint8Array());
}

const encode = (text: string) => new TextEncoder().encode(text);
