import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathProblem } from '../../layer/artefact-path.js';
import type { Look, ZipSource } from '../../ports.js';
import { refusal } from '../zip/refusal.js';
import { walkZip } from '../zip/walk.js';

/**
 * Writes the files of a zip below `root`. It was judged before; where it has become another one since, it is refused.
 * `over`: files that another zip brought there give way.
 */
export async function unpack(source: ZipSource, root: string, { over = false } = {}): Promise<void> {
  const refuse = refusal(typeof source === 'string' ? source : 'The zip');
  const write: Look<null> = ({ path }) => {
    // The walk lists unsafe names and goes on; here they would be obeyed.
    const problem = pathProblem(path);
    if (problem !== null) throw refuse(`${path}: ${problem}`);
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    const fd = openSync(file, over ? 'w' : 'wx', 0o644);
    return {
      show: (piece, at) => void writeSync(fd, piece, 0, piece.length, at),
      seen() {
        closeSync(fd);
        return null;
      },
    };
  };
  mkdirSync(root, { recursive: true });
  const { problems } = await walkZip(source, write);
  const strange = problems.find(({ habit }) => habit === undefined);
  if (strange !== undefined) throw refuse(`${strange.path ?? 'it'}: ${strange.what}`);
}
