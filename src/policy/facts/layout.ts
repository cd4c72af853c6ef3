import type { ActiveFolder } from '../../rule/facts.js';
import type { Fact } from './fact.js';

const active = 'layer_management/active/';
const experimental = 'layer_management/experimental';
const plain = ['README.md', '.gitkeep'];

export const layout: Fact<'layout'> = {
  dependsOn: (path) => path.startsWith(active) || path === experimental || path.startsWith(`${experimental}/`),
  async learn({ subject: { tree } }) {
    const folders = new Map<string, ActiveFolder>();
    const loose: string[] = [];
    for (const { path, mode } of await tree.list(active.slice(0, -1))) {
      const inside = path.slice(active.length);
      const [name = '', ...rest] = inside.split('/');
      if (rest.length === 0) {
        if (!plain.includes(name) || !mode.startsWith('100')) loose.push(name);
        continue;
      }
      const folder = folders.get(name) ?? { name, hasManifest: false, hasReadme: false, others: [] };
      folders.set(name, folder);
      const file = rest.join('/');
      if (file === 'manifest.json') folder.hasManifest = true;
      else if (file === 'README.md') folder.hasReadme = true;
      else if (file !== '.gitkeep') folder.others.push(file);
    }
    const experiments = await tree.list(experimental);
    return { active: [...folders.values()], loose, hasExperimental: experiments.length > 0 };
  },
};
