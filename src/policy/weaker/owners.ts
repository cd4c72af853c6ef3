import { isIgnored } from '../../layer/gitignore.js';
import { type Weakening, weakening } from './weakening.js';

/** Where hosts look for it; the first that is there counts. */
export const ownerFiles = ['.github/CODEOWNERS', 'CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS'];

/**
 * Paths that others may approve than before, or anybody. Any one owner's approval is enough, so one more is weaker, and
 * one less is not. Paths whose owners changed alike are told together.
 */
export function weakerOwners(paths: readonly string[], before: string, after: string): Weakening[] {
  const changed = new Map<string, { paths: string[]; was: string[]; is: string[] }>();
  for (const path of paths) {
    const [was, is] = [ownersOf(path, before), ownersOf(path, after)];
    const isKept = is.length > 0 && is.every((owner) => was.includes(owner));
    if (was.length === 0 || isKept) continue;
    const key = JSON.stringify([was, is]);
    changed.set(key, { was, is, paths: [...(changed.get(key)?.paths ?? []), path] });
  }
  return [...changed.values()].map(({ paths, was, is }) =>
    weakening(`owners of ${paths.join(', ')}`, was.join(' '), is.length === 0 ? undefined : is.join(' ')),
  );
}

/** The last line that fits counts; of GitLab's sections, each for itself. */
function ownersOf(path: string, text: string): string[] {
  const owners = new Map<string, string[]>();
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const title = /^\s*\^?\[([^\]]*)\]/.exec(line)?.[1];
    if (title !== undefined) section = title;
    const [pattern, ...named] = line.replace(/\s#.*/, '').match(/(\\\s|\S)+/g) ?? [];
    if (title === undefined && pattern !== undefined && isIgnored(path, [{ folder: '', text: pattern }]))
      owners.set(section, named);
  }
  return [...new Set([...owners.values()].flat())];
}
