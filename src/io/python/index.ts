import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Python } from '../../ports.js';
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
  return {
    async importAll({ runtime, zips, modules }) {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'layer-policy-import-')));
      const clear = () => rmSync(folder, { recursive: true, force: true });
      atExit(clear);
      try {
        const path: string[] = [];
        for (const [index, { source, folders }] of zips.entries()) {
          const root = join(folder, String(index));
          await unpack(source, root);
          path.push(...folders.map((inside) => join(root, inside)));
        }
        return await runImports({ runtime, path, modules, folder, search: vars.PATH ?? '', limit, atExit });
      } finally {
        clear();
      }
    },
  };
}
