import { join } from 'node:path';
import { failure } from '../../errors.js';
import { parseJsonBytes } from '../../layer/json.js';
import type { Files } from '../../ports.js';

/** The folder of one environment, and the documents in it. Every file appears whole or not at all. */
export interface LocalFolder {
  path: string;
  damaged(path: string, problem: string): Error;
  /** Null where there is none; fails with `registry-invalid` unless the named fields are what they must be. */
  document<Document>(path: string, shape: Record<string, 'string' | 'number' | 'object'>): Promise<Document | null>;
  /** The numbers of the files `{number}.json` in a folder, highest first. */
  numbers(folder: string): Promise<number[]>;
}

export async function localFolder(root: string, files: Files, environment: string): Promise<LocalFolder> {
  const folder = join(root, '.build', 'registry', environment);
  const damaged = (path: string, problem: string) => failure('registry-invalid', { path, problem });
  // A link among these would have us write outside the repository.
  for (const path of ['.build', join('.build', 'registry'), join('.build', 'registry', environment)]) {
    const there = await files.look(join(root, path));
    if (there !== null && there.kind !== 'folder') throw damaged(join(root, path), 'it is not a folder');
  }
  return {
    path: folder,
    damaged,
    async document<Document>(path: string, shape: Record<string, 'string' | 'number' | 'object'>) {
      const bytes = await files.read(path);
      if (bytes === null) return null;
      const { value, problems } = parseJsonBytes(bytes);
      const [first] = problems;
      if (first !== undefined) throw damaged(path, `line ${first.line}: ${first.what}`);
      const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
      for (const [name, type] of Object.entries(shape)) {
        if (typeof fields[name] !== type || fields[name] === null) throw damaged(path, `${name} is not a ${type}`);
      }
      return fields as Document;
    },
    async numbers(of) {
      // A killed write leaves a temporary file of another name.
      return (await files.list(of))
        .flatMap((name) => (/^[1-9]\d{0,8}\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
        .sort((a, b) => b - a);
    },
  };
}

export function encode(document: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}
