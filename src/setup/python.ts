/** What of a repository looks like layers and functions, judged by paths alone. */

export interface PythonFinds {
  /** Folders of top-level packages. */
  packages: string[];
  /** Folders of Lambda handlers. */
  handlers: string[];
  /** `requirements.txt` files beside a package or beside the folder of the handlers. */
  requirements: string[];
}

/** Folders whose content is made, copied, kept or not shipped. */
const passedOver =
  /^(?:\..*|__pycache__|.*[-_]packages|node_modules|v?env|virtualenv|build|dist|out|output|target|vendor|third_party|backups?|old|archives?|tests?|docs?|examples?|samples|scripts|tools|notebooks|layer_management|migrations|.*\.(?:egg|dist)-info)$/i;

const handlerFiles = ['handler.py', 'lambda_function.py', 'lambda_handler.py'];
/** A package of this name holds functions; in a package of any other a `handler.py` is a module. */
const functionHolders = /^(?:lambdas?|functions?|handlers|lambda_functions)$/i;

/** @param paths relative to the root, `/` between parts. */
export function findPython(paths: string[]): PythonFinds {
  const shipped = paths.filter(
    (path) =>
      !parent(path)
        .split('/')
        .some((part) => passedOver.test(part)),
  );
  const files = new Set(shipped);
  const isPackage = (folder: string) => folder !== '' && files.has(`${folder}/__init__.py`);
  const folders = [...new Set(shipped.map(parent))].filter((folder) => folder !== '').sort();

  const inLibrary = (folder: string) =>
    above(folder).some((outer) => isPackage(outer) && !functionHolders.test(last(outer)));
  const handlers = folders.filter(
    (folder) => handlerFiles.some((file) => files.has(`${folder}/${file}`)) && !inLibrary(folder),
  );
  const inHandler = (folder: string) => [folder, ...above(folder)].some((outer) => handlers.includes(outer));
  const packages = folders.filter(
    (folder) =>
      isPackage(folder) &&
      !inHandler(folder) &&
      !functionHolders.test(last(folder)) &&
      !above(folder).some((outer) => isPackage(outer) && !functionHolders.test(last(outer))),
  );
  const beside = new Set([...packages.map(parent), ...handlers.map(parent).map(parent)]);
  const requirements = [...beside].map((folder) => join(folder, 'requirements.txt')).filter((path) => files.has(path));
  return { packages, handlers, requirements: requirements.sort() };
}

function above(folder: string): string[] {
  const outer = parent(folder);
  return outer === '' ? [] : [outer, ...above(outer)];
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
