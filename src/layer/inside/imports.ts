import type { FailedImport } from '../../ports.js';
import type { Declarations } from '../declarations.js';

/** What every Python runtime of Lambda brings along beside Python itself. */
const brought = new Set(['awslambdaric', 'boto3', 'botocore', 'dateutil', 'jmespath', 's3transfer', 'six', 'urllib3']);

/** Layers that some declared function uses together with this one; a function's own layers. */
export function companionsOf(name: string | null, { functions }: Pick<Declarations, 'functions'>): string[] {
  const together = Object.values(functions).flatMap((one) =>
    one.name === name || one.layers.includes(name ?? '') ? one.layers : [],
  );
  return [...new Set(together)].filter((one) => one !== name);
}

/** Failed for want of a module that is elsewhere than in the zip that was imported; its name, without what is below it. */
export function missingModule({ error }: FailedImport): string | null {
  return /^ModuleNotFoundError: No module named '([^'.]+)/.exec(error)?.[1] ?? null;
}

/** Whether it is there when Lambda imports it, although it was not here. */
export function isBrought(module: string): boolean {
  return brought.has(module);
}
