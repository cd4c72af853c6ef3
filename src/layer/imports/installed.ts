import { distributionName } from '../python-modules.js';
import { likelyModules } from '../required-names.js';

/**
 * Whether installing these distributions may give a module of that name. Metadata would tell, and no commit has them: so
 * a name counts that is known, the same, its beginning (`google-cloud-storage` gives `google`), or the same but for `py`
 * or `python` at an end.
 */
export function mayInstall(distributions: readonly string[]): (module: string) => boolean {
  const names = new Set(distributions.flatMap((name) => [...likelyModules(name), ...shapes(name)]).map(plain));
  return (module) => names.has(plain(module)) || names.has(withoutPython(plain(module)));
}

function shapes(distribution: string): string[] {
  const name = distributionName(distribution);
  const parts = name.split('-');
  const beginnings = parts.map((_, at) => parts.slice(0, at + 1).join(''));
  return [...beginnings, withoutPython(plain(name))];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}

function withoutPython(name: string): string {
  return name.replace(/^(?:python|py)(?=.{2})|(?<=.{2})(?:python|py)\d?$/g, '');
}
