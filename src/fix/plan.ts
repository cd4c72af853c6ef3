import { blobUpTo } from '../layer/blob.js';
import type { Finding } from '../policy/finding.js';
import type { Unfixed } from '../policy/verdict.js';
import type { Env, IndexChange } from '../ports.js';
import type { Fix } from '../rule/fix.js';
import { edit, type TextFix } from './edit.js';

/** What is done about one file: in the index, and on disk where it has to be done there, too. */
export interface FileFix {
  file: string;
  /** In words: `taken out of the index, kept on disk`. */
  what: string;
  inIndex: IndexChange;
  onDisk: DiskChange | null;
}

export interface DiskChange {
  path: string;
  /** null: there is none yet. */
  before: Uint8Array | null;
  after: Uint8Array;
  mode: number;
}

type World = Pick<Env, 'git' | 'gitWriter' | 'files'>;

/** Nobody writes a longer text by hand. In bytes. */
const limit = 1024 * 1024;

/** Looks, and changes nothing. Index and disk are edited each by itself: what is not staged stays not staged. */
export async function planFixes(env: World, findings: readonly Finding[]): Promise<(FileFix | Unfixed)[]> {
  const inConflict = await env.gitWriter.unmerged();
  return Promise.all(
    byFile(findings).map(({ file, pathBytes, fixes }) => {
      if (inConflict.includes(file)) return { file, why: 'its merge is not resolved' };
      const texts = fixes.filter((fix) => fix.kind !== 'untrack');
      return texts.length === 0 ? untracked(file, pathBytes) : edited(env, file, texts);
    }),
  );
}

interface Wanted extends Pick<Finding, 'file' | 'pathBytes'> {
  fixes: Fix[];
}

function byFile(findings: readonly Finding[]): Wanted[] {
  const files = new Map<string, Wanted>();
  for (const { file, pathBytes, fix } of findings) {
    if (fix === undefined) continue;
    const name = pathBytes ?? file;
    const wanted = files.get(name) ?? { file, ...(pathBytes !== undefined && { pathBytes }), fixes: [] };
    wanted.fixes.push(fix);
    files.set(name, wanted);
  }
  return [...files.values()];
}

function untracked(file: string, pathBytes: string | undefined): FileFix {
  return {
    file,
    what: 'taken out of the index, kept on disk',
    inIndex: { path: file, ...(pathBytes !== undefined && { pathBytes }), becomes: null },
    onDisk: null,
  };
}

async function edited({ git, files }: World, file: string, fixes: readonly TextFix[]): Promise<FileFix | Unfixed> {
  if (/(^|\/)(\.{0,2}|\.git)(\/|$)/i.test(file)) return { file, why: 'its path leads elsewhere' };
  const entry = await git.index().entry(file);
  if (entry !== null && !entry.mode.startsWith('100')) return { file, why: 'it is no regular file' };
  const before = entry === null ? new Uint8Array() : await blobUpTo(git, entry.oid, limit);
  if (before === null) return { file, why: 'it is larger than 1 MiB' };
  const after = edit(before, fixes);
  if (after === before) return { file, why: 'what undoes it is in another file' };

  const path = `${await git.root()}/${file}`;
  const there = await files.look(path);
  if (there !== null && (there.kind !== 'file' || (await files.real(path))?.replaceAll('\\', '/') !== path)) {
    return { file, why: 'it is, or lies below, a link on disk' };
  }
  const own = there === null ? null : ((await files.read(path)) ?? new Uint8Array());
  const mended = edit(own ?? new Uint8Array(), fixes);
  return {
    file,
    what: fixes.map(inWords).join(', '),
    inIndex: { path: file, becomes: { mode: entry?.mode ?? '100644', bytes: after } },
    // Who has removed it on disk, and not staged that, has it removed still.
    onDisk:
      mended === own || (own === null && entry !== null)
        ? null
        : { path, before: own, after: mended, mode: there?.mode ?? 0o644 },
  };
}

function inWords(fix: TextFix): string {
  if (fix.kind === 'append') return `added ${fix.lines.join(', ')}`;
  return { bom: 'no byte order mark', 'carriage-return': 'LF line ends', 'no-final-newline': 'a final newline' }[
    fix.flaw
  ];
}
