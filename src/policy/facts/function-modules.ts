import { baseName, foldersAbove } from '../../layer/names.js';
import { packSource } from '../../layer/packing.js';
import { distributionOf, moduleOf, type PythonName } from '../../layer/python-modules.js';
import type { Entry, Git, Tree } from '../../ports.js';
import type { Look } from '../subject.js';
import type { Fact } from './fact.js';

export const functionModules: Fact<'functionModules'> = {
  async learn(look) {
    const { policy, subject } = look;
    const isTouched = await touchedSources(look);
    const found = Object.values(policy.functions).map(async ({ name, source, layers }) => {
      // Where the function stayed as it was, only a layer that changed may have begun to provide what it carries.
      const concerned = isTouched(source) ? layers : layers.filter((layer) => isTouched(policy.layers[layer]?.source));
      if (concerned.length === 0) return [];
      const [carries, ...provided] = await Promise.all([
        carriedIn(subject.tree, source),
        ...concerned.map((layer) => providedBy(look, layer)),
      ]);
      return [{ name, carries, provided: provided.flat() }];
    });
    return (await Promise.all(found)).flat();
  },
};

/** Tells of a declared source whether something in it is judged. */
async function touchedSources({ policyFile, subject }: Look): Promise<(source: string | undefined) => boolean> {
  if (subject.whole) return () => true;
  const touched = new Set((await subject.changes()).flatMap(({ path }) => [path, ...foldersAbove(path)]));
  return touched.has(policyFile) ? () => true : (source) => source !== undefined && touched.has(source);
}

/** In a function's zip its folder is the root, so what lies directly in it is found first by Python. */
async function carriedIn(tree: Tree, source: string): Promise<(PythonName & { path: string })[]> {
  const [file, entries] = await Promise.all([tree.entry(source), tree.list(source)]);
  const found = new Map<string, PythonName & { path: string }>();
  for (const { path, mode } of file === null ? entries : [file]) {
    const inside = file === null ? path.slice(source.length + 1) : baseName(path);
    const [top = '', ...deeper] = inside.split('/');
    const place = path.slice(0, path.length - inside.length) + top;
    // Whatever a link or a submodule leads to may be a package.
    const isOpen = !mode.startsWith('100');
    const isCode = isOpen || moduleOf(baseName(path)) !== null;
    const module = deeper.length > 0 ? top : (moduleOf(top) ?? top);
    if (isCode) found.set(place, { kind: 'module', name: module, path: place });
    const distribution = deeper.length > 0 ? distributionOf(top) : null;
    if (distribution !== null) found.set(place, { kind: 'distribution', name: distribution, path: place });
  }
  return [...found.values()];
}

async function providedBy({ git, policy, subject: { tree } }: Look, layer: string) {
  const declared = policy.layers[layer];
  if (declared === undefined) return [];
  const names =
    declared.build === 'source'
      ? packedNames(declared.source, await tree.list(declared.source))
      : await requiredIn(git, tree, declared.source);
  return names.map((name) => ({ ...name, layer }));
}

/** What lies directly in python/ of the layer's zip. */
function packedNames(source: string, entries: Entry[]): PythonName[] {
  const tops = packSource(source, entries).files.map(({ path }) => path.split('/')[1] ?? '');
  return [...new Set(tops)].map((name) => ({ kind: 'module', name }));
}

async function requiredIn(git: Git, tree: Tree, source: string): Promise<PythonName[]> {
  const entry = await tree.entry(source);
  if (!entry?.mode.startsWith('100')) return [];
  // With it come the parser and the table of names.
  return (await import('../../layer/required-names.js')).requiredNames(git, entry);
}
