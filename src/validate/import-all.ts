import { companionsOf, isBrought, missingModule } from '../layer/inside/imports.js';
import { moduleFolders, topModules } from '../layer/inside/modules.js';
import type { ArtefactReading, ImportFailure } from '../layer/inside/reading.js';
import { type Demands, demandsOf } from '../layer/problems/demands.js';
import type { Policy } from '../policy/policy.js';
import type { Env } from '../ports.js';
import type { ReadZip } from './read-artefact.js';

/** What came of importing one zip with one interpreter. */
export interface Imported {
  runtime: string;
  /** Null: there is no such interpreter. */
  modules: number | null;
  failures: ImportFailure[];
  /** What it needs of the runtime or of layers that were not given: nothing here tells whether it will be there. */
  needs: string[];
}

/**
 * Imports every top-level module with each declared runtime. Layers that declared functions use together with it are on
 * the path when they are among `zips`, as they are on Lambda.
 */
export async function importAll(
  env: Pick<Env, 'python' | 'out'>,
  { declarations }: Pick<Policy, 'declarations'>,
  zip: ReadZip,
  zips: readonly ReadZip[],
): Promise<Imported[]> {
  const demands = demandsOf(zip.reading.name, declarations);
  const names = companionsOf(zip.reading.name, declarations);
  const companions = zips.filter(({ reading }) => reading.name !== null && names.includes(reading.name));
  const isComplete = names.every((name) => companions.some(({ reading }) => reading.name === name));
  const all: Imported[] = [];
  for (const runtime of demands.runtimes) {
    env.out.progress(`importing ${zip.reading.file} with ${runtime}`);
    const modules = topModules(zip.reading, demands.layout, runtime);
    const found = await env.python.importAll({ runtime, modules, zips: onPath(zip, demands, companions, runtime) });
    const failures = (found ?? []).map((failed) => ({ ...failed, runtime }));
    const isElsewhere = (failure: ImportFailure) => {
      const missing = missingModule(failure);
      return missing !== null && !modules.includes(missing) && (isBrought(missing) || !isComplete);
    };
    all.push({
      runtime,
      modules: found && modules.length,
      failures: failures.filter((failure) => !isElsewhere(failure)),
      needs: [...new Set(failures.filter(isElsewhere).map((failure) => missingModule(failure) ?? ''))],
    });
  }
  // Nothing is declared of it: any runtime's interpreter is as good as another.
  const tried = all.filter(({ modules }) => modules !== null);
  return demands.isDeclared || tried.length === 0 ? all : tried;
}

function onPath(zip: ReadZip, { layout }: Demands, companions: readonly ReadZip[], runtime: string) {
  return [
    { source: zip.path, folders: moduleFolders(layout, runtime) },
    ...companions.map(({ path }) => ({ source: path, folders: moduleFolders('layer', runtime) })),
  ];
}

/** A reading that knows what came of it. */
export function withImports(reading: ArtefactReading, imported: readonly Imported[]): ArtefactReading {
  return { ...reading, imports: imported.flatMap(({ failures }) => failures) };
}
