import type { ActiveFolder } from '../../rule/facts.js';
import type { Fact } from './fact.js';

const active = 'layer_management/active/';
/** Every rule about layers looks into these; a link or a submodule in place of one would leave them nothing to see. */
const folders = ['layer_management', 'layer_management/active', 'layer_management/archive'];
const experimental = 'layer_management/experimental';
const plain = ['README.md', '.gitkeep'];

export const layout: Fact<'layout'> = {
  dependsOn: (path) =>
    path.startsWith(active) || folders.includes(path) || path === experimental || path.startsWith(`${experimental}/`),
  async learn({ subject: { tree } }) {
    const found = new Map<string, ActiveFolder>();
    const loose: string[] = [];
    for (const { path, mode } of await tree.list(active.slice(0, -1))) {
      const inside = path.slice(active.length);
      const [name = '', ...rest] = inside.split('/');
      if (rest.length === 0) {
        if (!plain.includes(name) || !mode.startsWith('100')) loose.push(name);
        continue;
      }
      const folder = found.get(name) ?? { name, hasManifest: false, hasReadme: false, others: [] };
      found.set(name, folder);
      const file = rest.join('/');
      if (file === 'manifest.json') folder.hasManifest = true;
      else if (file === 'README.md') folder.hasReadme = true;
      else if (file !== '.gitkeep') folder.others.push(file);
    }
    const [experiments, experiment] = [await tree.list(experimental), await tree.entry(experimental)];
    const inPlace = await Promise.all(folders.map((folder) => tree.entry(folder)));
    const notFolders = inPlace.flatMap((entry) => (entry === null ? [] : [{ path: entry.path, mode: entry.mode }]));
    return {
      active: [...found.values()],
      loose,
      notFolders,
      hasExperimental: experiments.length > 0 || experiment !== null,
    };
  },
};
