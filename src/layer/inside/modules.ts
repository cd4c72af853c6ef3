import { extensionOf, isFor, modulePath } from './module-path.js';
import type { ArtefactReading } from './reading.js';

type Layout = 'layer' | 'function';

/** Folders of a zip that a runtime looks for modules in, in its order. */
export function moduleFolders(layout: Layout, runtime: string): string[] {
  return layout === 'function' ? ['.'] : [`python/lib/${runtime}/site-packages`, 'python'];
}

/** Names that a program can import from an artefact on this runtime, sorted. */
export function topModules({ files }: Pick<ArtefactReading, 'files'>, layout: Layout, runtime: string): string[] {
  const names = files.flatMap(({ path }) => {
    const place = modulePath(path, layout);
    if (place.path === null || (place.runtime ?? runtime) !== runtime) return [];
    const name = moduleName(place.path, runtime);
    return name === null ? [] : [name];
  });
  return [...new Set(names)].sort();
}

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function moduleName(path: string, runtime: string): string | null {
  const [first = '', ...rest] = path.split('/');
  const extension = extensionOf(path);
  const isCode = path.endsWith('.py') || (extension !== null && isFor(extension, runtime));
  const name = rest.length > 0 ? first : (extension?.module ?? first.replace(/\.py$/, ''));
  return isCode && identifier.test(name) ? name : null;
}
