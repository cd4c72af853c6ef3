import type { Binary } from '../inside/binary.js';
import { extensionOf, isFor, modulePath } from '../inside/module-path.js';
import type { ArtefactReading, FileReading } from '../inside/reading.js';
import { glibcOf } from '../inside/runtime.js';
import { type Demands, unserved } from './demands.js';
import type { OneProblem } from './problem.js';

const named = /\.(?:so(?:\.\d+)*|pyd|dylib)$/i;

/** By its content or, where that was not read, by its name. */
export function isNative({ path, seen }: FileReading): boolean {
  return named.test(path) || seen?.binary?.format === 'elf';
}

/** Compiled code: none where it is forbidden, elsewhere only what loads in every declared runtime. */
export function* nativeProblems({ files }: ArtefactReading, demands: Demands): Iterable<OneProblem> {
  for (const file of files) {
    const { path, seen } = file;
    if (demands.natives === 'forbid' && isNative(file)) {
      yield { kind: 'native', what: 'compiled code, which the policy forbids here', path };
    }
    const foreign = foreignProblem(path, seen?.binary ?? null) ?? loadProblem(path, seen?.binary ?? null, demands);
    if (foreign !== null) yield { kind: 'platform', what: foreign, path };
  }
}

/** Launchers that packages carry for Windows are as harmless as they are useless; one in bin/ says where it was built. */
function foreignProblem(path: string, binary: Binary | null): string | null {
  const name = path.toLowerCase().replaceAll('\\', '/');
  const isMisplaced = /(?:^|\/)bin\/[^/]+\.exe$/.test(name);
  if (/\.(?:pyd|dll)$/.test(name) || isMisplaced) return 'compiled for Windows, and Lambda runs Linux';
  if (/\.dylib$|-darwin\.so$/.test(name) || (binary?.format === 'mach-o' && name.endsWith('.so'))) {
    return 'compiled for macOS, and Lambda runs Linux';
  }
  return null;
}

function loadProblem(path: string, binary: Binary | null, demands: Demands): string | null {
  if (binary?.format !== 'elf') return null;
  const { machine, musl, glibc } = binary;
  if (musl) return 'compiled against musl, and Lambda has glibc';
  if (!demands.architectures.includes(machine)) {
    const wanted = demands.architectures.join(' or ');
    return `compiled for ${machine}; ${demands.isDeclared ? `declared is ${wanted}` : `Lambda has ${wanted}`}`;
  }
  const loading = { ...demands, runtimes: loadingRuntimes(path, demands) };
  const place = unserved(loading, ({ runtime }) => glibcOf(runtime) >= (glibc ?? 0));
  return place && `it needs glibc 2.${glibc}, and ${place.runtime} on Lambda has 2.${glibcOf(place.runtime)}`;
}

/** Those that would load it: by where it lies, and by the Python its name says it is for. */
function loadingRuntimes(path: string, { runtimes, layout }: Demands): string[] {
  const { runtime: only, path: inside } = modulePath(path, layout);
  const extension = extensionOf(inside ?? path);
  return runtimes.filter(
    (runtime) => (only ?? runtime) === runtime && (extension === null || isFor(extension, runtime)),
  );
}
