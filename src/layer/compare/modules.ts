import { extensionOf, modulePath } from '../inside/module-path.js';
import { layoutOf, type Side } from './side.js';

/** What can be imported from a zip, and from which file. */
export interface Module {
  /** `inbox_core.scoring` */
  name: string;
  /** The one runtime that sees it; null: all do. */
  runtime: string | null;
  path: string;
  /** An `__init__.py`. */
  isPackage: boolean;
  /** Compiled: what names it has only running it would tell. */
  isCompiled: boolean;
}

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Modules without a private part in their name, by file. */
export function publicModules(side: Pick<Side, 'files'>): Map<string, Module> {
  const layout = layoutOf(side);
  const modules = new Map<string, Module>();
  for (const { path } of side.files) {
    const place = modulePath(path, layout);
    if (place.path === null) continue;
    const extension = extensionOf(place.path);
    if (extension === null && !path.endsWith('.py')) continue;
    const parts = (extension?.module ?? place.path.slice(0, -'.py'.length)).split('/');
    const isPackage = parts.length > 1 && parts.at(-1) === '__init__';
    if (isPackage) parts.pop();
    if (!parts.every((part) => identifier.test(part) && !part.startsWith('_'))) continue;
    const name = parts.join('.');
    modules.set(path, { name, runtime: place.runtime, path, isPackage, isCompiled: extension !== null });
  }
  return modules;
}
