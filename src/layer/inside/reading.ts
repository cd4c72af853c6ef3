import type { FailedImport, WalkedZip, ZipProblem } from '../../ports.js';
import type { Version } from '../version.js';
import type { Binary } from './binary.js';
import type { Secret } from './secrets.js';

/** What the content of one file showed. */
export interface Seen {
  /** Null: no compiled code. */
  binary: Binary | null;
  secrets: Secret[];
  /** Of a wheel's WHEEL file; null for any other. */
  tags: string[] | null;
}

/** A finished zip: all that the rules see of an artefact. */
export interface ArtefactReading {
  /** As findings name it: relative to the root where it lies below it. */
  file: string;
  /** The declared layer or function it is, and its version; null: it is none that the policy knows. */
  name: string | null;
  version: Version | null;
  /** Of the zip, in bytes. */
  size: number;
  files: readonly FileReading[];
  /** What is wrong with it as a zip. */
  problems: readonly ZipProblem[];
  /** Modules that a real Python could not import; empty where none tried. */
  imports: readonly ImportFailure[];
}

export interface FileReading {
  path: string;
  /** Unpacked, in bytes. */
  size: number;
  /** Null where the content was not read. */
  seen: Seen | null;
}

export interface ImportFailure extends FailedImport {
  /** `python3.11` */
  runtime: string;
}

/** A walked zip as the artefact of that name, not imported yet. */
export function readingOf(
  file: string,
  { name, version }: Pick<ArtefactReading, 'name' | 'version'>,
  walked: WalkedZip<Seen>,
): ArtefactReading {
  const files = walked.files.map(({ path, size, seen }) => ({ path, size, seen }));
  return { file, name, version, size: walked.size, files, problems: walked.problems, imports: [] };
}

/** Bytes of all files. */
export function unzippedSize({ files }: Pick<ArtefactReading, 'files'>): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
