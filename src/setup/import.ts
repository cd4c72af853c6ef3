import { publishedName } from '../layer/declared.js';
import { manifestPath } from '../layer/names.js';
import type { ArnFile, FoundArn } from './arn-files.js';
import { importedManifest, type OldLayer, type Place } from './imported-manifest.js';
import type { Write } from './writes.js';

export interface Import {
  writes: Write[];
  /** What is left as it is, and why. */
  notes: string[];
}

/** What of the old files goes into manifests. A file goes when all that it says is in one, and not before. */
export function planImport(files: readonly ArnFile[], layers: readonly OldLayer[], places: readonly Place[]): Import {
  const notes = files.flatMap(({ path, problem }) => (problem === null ? [] : [`${path} stays: ${problem}`]));
  const readable = files.filter(({ problem }) => problem === null);
  const taken = new Map<string, string>();
  const kept = new Set<string>();
  const stays = (path: string, why: string) => {
    kept.add(path);
    notes.push(`${path} stays: ${why}`);
  };
  for (const { path, arns } of readable) {
    for (const arn of arns) {
      const where = placeOf(arn, layers, places);
      if (typeof where === 'string') stays(path, where);
      else if ((taken.get(where.key) ?? arn.text) === arn.text) taken.set(where.key, arn.text);
      else
        stays(
          path,
          `another file says ${taken.get(where.key)} of ${where.key.replace(' ', ' in ')}; remove the wrong one`,
        );
    }
  }
  const writes = layers.flatMap((layer) => {
    const mine = [...taken].filter(([key]) => key.startsWith(`${layer.name} `));
    const said = mine.map(([key, arn]) => [key.slice(layer.name.length + 1), arn] as const);
    const about = new Set(mine.map(([, arn]) => arn));
    return importedManifest(layer, said, places, (why) => {
      for (const { path, arns } of readable)
        if (arns.some(({ text }) => about.has(text)) && !kept.has(path)) stays(path, why);
      if (about.size === 0) notes.push(`${manifestPath(layer.name)} stays: ${why}`);
    });
  });
  const gone = readable.filter(({ path }) => !kept.has(path));
  return { writes: [...writes, ...gone.map(({ path }): Write => ({ path, action: 'remove', text: '' }))], notes };
}

/** `layer target`, or why it is of none. */
function placeOf(arn: FoundArn, layers: readonly OldLayer[], places: readonly Place[]): { key: string } | string {
  const named = layers.flatMap(({ name, layerName }) =>
    places.flatMap(({ name: target, region = arn.region, account = arn.account }) =>
      publishedName({ name, layerName }, target) === arn.layerName ? [{ name, target, region, account }] : [],
    ),
  );
  const at = named.find(({ region, account }) => region === arn.region && account === arn.account);
  if (at !== undefined) return { key: `${at.name} ${at.target}` };
  const others = named.map(({ target, region, account }) => `${target}, which is ${account} in ${region}`);
  if (others.length > 0) return `${arn.text} is not of ${others.join(', nor of ')}`;
  return `no layer of the policy is published as ${arn.layerName}; correct layerName or environments, then run this again`;
}
