import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moduleFolders } from '../../layer/inside/modules.js';
import type { Python } from '../../ports.js';
import { runHandler } from './invoke.js';
import { runImports } from './run.js';
import { unpack } from './unpack.js';

interface Host {
  vars: Record<string, string | undefined>;
  /** What must be done even when we are interrupted. */
  atExit(act: () => void): void;
  /** For the imports of one zip, in seconds. */
  limit?: number;
}

export function realPython({ vars, atExit, limit = 60 }: Host): Python {
  const search = vars.PATH ?? '';

  async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'layer-policy-python-')));
    const clear = () => rmSync(folder, { recursive: true, force: true });
    atExit(clear);
    try {
      return await use(folder);
    } finally {
      clear();
    }
  }

  return {
    importAll: ({ runtime, zips, modules }) =>
      inFolder(async (folder) => {
        const path: string[] = [];
        for (const [index, { source, folders }] of zips.entries()) {
          const root = join(folder, String(index));
          await unpack(source, root);
          path.push(...folders.map((inside) => join(root, inside)));
        }
        return runImports({ runtime, path, modules, folder, search, limit, atExit });
      }),
    invoke: (request) =>
      inFolder(async (folder) => {
        const [task, opt] = [join(folder, 'task'), join(folder, 'opt')];
        await unpack(request.code, task);
        // One after the other into one folder, as on Lambda: of two files of one path the later layer's counts.
        for (const layer of request.layers) await unpack(layer, opt, { over: true });
        const path = [task, ...moduleFolders('layer', request.runtime).map((inside) => join(opt, inside))];
        return runHandler(request, { path, folder, search, atExit });
      }),
  };
}
