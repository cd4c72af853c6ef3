import { type Breach, pointer } from '../breach.js';

/** A plugin: a file of the repository, or an installed package. */
export type PluginName = { kind: 'file'; path: string } | { kind: 'package'; name: string };

const packageName = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const moduleFile = /^\.\/((?!\.{1,2}\/)[^/\\\u0000-\u001f]+\/)*[^/\\\u0000-\u001f]+\.mjs$/;

/** Null for what is neither. */
export function pluginName(name: string): PluginName | null {
  if (isPackageName(name)) return { kind: 'package', name };
  return moduleFile.test(name) ? { kind: 'file', path: name.slice('./'.length) } : null;
}

export function isPackageName(name: string): boolean {
  return name.length <= 214 && packageName.test(name);
}

export function pluginBreaches(plugins: readonly string[]): Breach[] {
  return plugins.flatMap((name, i) => {
    const field = pointer('plugins', i);
    if (pluginName(name) === null) {
      const what = `("${name.slice(0, 100)}") is neither a file of this repository, such as "./policy/rules.mjs", nor the name of an npm package`;
      return [{ field, what }];
    }
    return plugins.indexOf(name) === i ? [] : [{ field, what: `("${name}") stands twice` }];
  });
}
