import { failure } from '../errors.js';
import type { Offered } from '../layer/compare/api-changes.js';
import { publicModules } from '../layer/compare/modules.js';
import { publicNames } from '../layer/compare/public-names.js';
import type { Side } from '../layer/compare/side.js';
import type { Env, Look } from '../ports.js';
import type { Zip } from './read-side.js';

/** Of all modules of a zip together, so that a hostile one does not fill the memory with them. */
const mostNames = 250_000;

export interface ReadNames {
  offered: Offered[];
  /** Sources whose names could not be told: no Python, or too much of it. */
  unread: string[];
}

/** Modules of all files, with the public names of those in `paths`: what is in both zips needs no second look. */
export async function readNames(
  env: Pick<Env, 'zip'>,
  { source, file }: Zip,
  side: Side,
  paths: ReadonlySet<string>,
): Promise<ReadNames> {
  const modules = publicModules(side);
  const wanted = [...modules.values()].filter(({ path, isCompiled }) => !isCompiled && paths.has(path));
  const names = new Map<string, string[] | null>();
  if (wanted.length > 0) {
    let room = mostNames;
    const look: Look<null> = ({ path, size }) => ({
      show(piece, _, text) {
        const module = piece.length === size ? modules.get(path) : undefined;
        if (module === undefined) return;
        const found = room > 0 ? publicNames(text(), module) : null;
        room -= found?.length ?? 0;
        names.set(path, found);
      },
      seen: () => null,
    });
    const { sha256 } = await env.zip.walk(source, look, new Set(wanted.map(({ path }) => path)));
    if (sha256 !== side.sha256) throw failure('zip-absent', { file, problem: 'it changed while it was read' });
  }
  return {
    offered: [...modules.values()].map((module) => ({ module, names: names.get(module.path) ?? null })),
    unread: wanted.flatMap(({ path }) => (names.get(path) ? [] : [path])),
  };
}
