import type { LambdaFunction, Layer } from '../../../layer/declarations.js';
import { brokenImports } from '../../../layer/imports/closure.js';
import { mayInstall } from '../../../layer/imports/installed.js';
import { type SourceModules, sourceModules } from '../../../layer/imports/modules.js';
import { packSource } from '../../../layer/packing.js';
import { demandsOf } from '../../../layer/problems/demands.js';
import { readRequirements } from '../../../layer/requirements-file.js';
import type { Git, Oid, Tree } from '../../../ports.js';
import type { FunctionImport } from '../../../rule/facts.js';
import type { Look } from '../../subject.js';

/** Bytes: more than any module that people write, and than all modules of a repository. */
const largest = 1024 * 1024;
const mostTogether = 64 * 1024 * 1024;

/** What functions import and will not find on Lambda. */
export async function learnImports({ git, policy, note, subject: { tree } }: Look): Promise<FunctionImport[]> {
  const functions = Object.values(policy.functions);
  const layers = [...new Set(functions.flatMap((one) => one.layers))].flatMap((name) => policy.layers[name] ?? []);
  const sources = new Map<string, SourceModules>();
  for (const one of functions) sources.set(one.name, await modulesOf(tree, one, 'function'));
  for (const layer of layers) {
    if (layer.build === 'source') sources.set(layer.name, await modulesOf(tree, layer, 'layer'));
  }
  const installs = new Map<string, (module: string) => boolean>();
  for (const layer of layers) {
    if (layer.build !== 'source') installs.set(layer.name, await installedBy(git, tree, layer));
  }
  const { texts, isWhole } = await readTexts(git, [...sources.values()]);
  if (!isWhole) note('import-closure has not read every module: there are more than 64 MiB of them.');

  return functions.flatMap(({ name, layers }) => {
    const { runtimes, isDeclared } = demandsOf(name, policy);
    const broken = brokenImports({
      runtimes,
      isDeclared,
      sources: [name, ...layers].flatMap((part) => sources.get(part) ?? []),
      installed: (module) => layers.some((layer) => installs.get(layer)?.(module)),
      textOf: ({ oid }) => texts.get(oid) ?? null,
    });
    return broken.map((one) => ({ ...one, name, layers }));
  });
}

async function modulesOf(tree: Tree, one: Layer | LambdaFunction, layout: 'layer' | 'function') {
  return sourceModules(one, packSource(one.source, await tree.list(one.source), layout).files, layout);
}

/** Of a file that nobody can read anything may be installed. */
async function installedBy(git: Git, tree: Tree, { source }: Layer): Promise<(module: string) => boolean> {
  const entry = await tree.entry(source);
  if (!entry?.mode.startsWith('100')) return () => true;
  const { requirements, problems } = await readRequirements(git, entry);
  return problems.length > 0 ? () => true : mayInstall(requirements.map(({ name }) => name));
}

async function readTexts(git: Git, sources: readonly SourceModules[]) {
  const files = sources.flatMap((source) => [...source.files.values()]).filter(({ isPython }) => isPython);
  const sizes = await git.sizes([...new Set(files.map(({ oid }) => oid))]);
  const wanted: Oid[] = [];
  let total = 0;
  for (const [oid, size] of sizes) {
    if (size > largest || total + size > mostTogether) continue;
    wanted.push(oid);
    total += size;
  }
  const decoder = new TextDecoder();
  const blobs = await git.blobs(wanted, largest);
  const texts = new Map([...blobs].map(([oid, bytes]) => [oid, decoder.decode(bytes)]));
  return { texts, isWhole: wanted.length === sizes.size };
}
