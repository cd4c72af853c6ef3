import { createHash, type Hash, hash } from 'node:crypto';
import { failure } from '../errors.js';
import {
  distributionsOf,
  isMetadata,
  isRecord,
  type Metadata,
  readMetadata,
  readRecord,
} from '../layer/compare/distributions.js';
import type { Side } from '../layer/compare/side.js';
import { contentDigest } from '../layer/digest.js';
import { shellWord } from '../layer/shell.js';
import type { Env, Look, WalkedZip, ZipSource } from '../ports.js';

interface Seen {
  sha256: string;
  metadata: Metadata | null;
  /** Of a RECORD. */
  owns: string[] | null;
}

export interface Zip {
  source: ZipSource;
  /** As it was named, or found. */
  file: string;
}

export interface ReadSide {
  side: Side;
  notices: string[];
}

/**
 * Every content of a zip as its digest, by the strict reader. What keeps two readers apart is refused (`zip-refused`); a
 * habit of other writers, which changes no content, is a notice.
 */
export async function readSide(env: Pick<Env, 'zip' | 'sha256'>, { source, file }: Zip): Promise<ReadSide> {
  const walked = await env.zip.walk(source, digests());
  refuse(walked, file);
  const files = walked.files.map(({ path, mode, size, compressed, seen }) => {
    if (seen === null) throw failure('bug', { problem: `${path} was not read, and nothing is wrong with it` });
    return { path, mode, size, compressed, sha256: seen.sha256 };
  });
  const metadata = new Map(walked.files.flatMap(({ path, seen }) => (seen?.metadata ? [[path, seen.metadata]] : [])));
  const records = new Map(walked.files.flatMap(({ path, seen }) => (seen?.owns ? [[path, seen.owns]] : [])));
  const side: Side = {
    file,
    sha256: walked.sha256 ?? '',
    contentDigest: contentDigest(files, env.sha256),
    size: walked.size,
    files,
    distributions: distributionsOf(
      files.map(({ path }) => path),
      metadata,
      records,
    ),
  };
  return { side, notices: habits(walked, file) };
}

/** Of all RECORDs together: more than any layer has packages in, and too few to fill the memory. */
const mostOwned = 20_000;

function digests(): Look<Seen> {
  let owned = 0;
  return ({ path, size }) => {
    const digest = digestOf(size);
    let metadata: Metadata | null = null;
    let owns: string[] | null = null;
    return {
      show(piece, at, text) {
        digest.show(piece, at);
        if (at === 0 && isMetadata(path)) metadata = readMetadata(text());
        if (at === 0 && isRecord(path)) {
          owns = readRecord(text(), mostOwned - owned);
          owned += owns.length;
        }
      },
      seen: () => ({ sha256: digest.hex(), metadata, owns }),
    };
  };
}

/** Of a content that comes as a whole, or in pieces that overlap. One call for all of it costs half of three. */
function digestOf(size: number) {
  let hex = '';
  let hashed = 0;
  let pieces: Hash | null = null;
  return {
    show(piece: Uint8Array, at: number) {
      if (at === 0 && piece.length === size) {
        hex = hash('sha256', piece);
        pieces = null;
      } else {
        pieces ??= createHash('sha256');
        pieces.update(piece.subarray(hashed - at));
        hashed = at + piece.length;
      }
    },
    hex: () => pieces?.digest('hex') ?? hex,
  };
}

function refuse({ problems }: WalkedZip<unknown>, file: string): void {
  const first = problems.find(({ habit }) => habit === undefined);
  if (first === undefined) return;
  const problem = first.path === null ? first.what : `${first.path}: ${first.what}`;
  throw failure('zip-refused', { file, problem, word: shellWord(file) });
}

const habitNotices = {
  'data-descriptors': 'is written with data descriptors, whose sizes readers find in two ways',
  'windows-modes': 'has no Unix permissions (zipped on Windows?); its files count as 0644',
} as const;

function habits({ problems }: WalkedZip<unknown>, file: string): string[] {
  return [...new Set(problems.flatMap(({ habit }) => habit ?? []))].map((habit) => `${file} ${habitNotices[habit]}`);
}
