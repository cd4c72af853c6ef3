import { join } from 'node:path';
import { parseJsonBytes } from '../../layer/json.js';
import type { Env } from '../../ports.js';
import { packageFile } from '../package-folder.js';

const conditions = ['node', 'import', 'module-sync', 'default'];

/** The file that `import` of an installed package would load, as Node resolves it from package.json. */
export async function packageEntry(
  { files }: Pick<Env, 'files'>,
  folder: string,
): Promise<{ path: string } | { problem: string }> {
  const bytes = await files.read(join(folder, 'package.json'));
  const { value } = bytes === null ? { value: {} } : parseJsonBytes(bytes);
  const { exports, main = 'index.js' } = (value ?? {}) as { exports?: unknown; main?: unknown };
  const target = exports === undefined ? main : exported(isSubpaths(exports) ? exports['.'] : exports);
  const found = typeof target === 'string' ? await packageFile({ files }, folder, target) : null;
  return found ?? { problem: 'whose package.json names no module to import' };
}

function isSubpaths(exports: unknown): exports is Record<string, unknown> {
  return isObject(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
}

/** The first condition that holds, in the package's own order. */
function exported(target: unknown): unknown {
  if (Array.isArray(target)) return target.map(exported).find((one) => typeof one === 'string');
  if (!isObject(target)) return target;
  for (const [condition, inner] of Object.entries(target)) {
    const found = conditions.includes(condition) ? exported(inner) : undefined;
    if (typeof found === 'string') return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
