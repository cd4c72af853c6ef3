import type { Declarations } from '../../layer/declarations.js';
import { globMatcher } from '../../layer/glob.js';
import { commonFolder } from '../../layer/versioned.js';
import type { Change, Entry, Tree } from '../../ports.js';
import { askedOf } from './asked.js';
import { entriesIn } from './entries.js';
import type { Fact } from './fact.js';

export const absent: Fact<'absent'> = {
  async learn({ policy, policyFile, subject }) {
    const named = namedIn(policy);
    const isNamed = globMatcher(named);
    const changes = subject.whole ? [] : await subject.changes();
    // What was absent before a change is not the change's doing.
    const isTouched = ({ path }: Change) =>
      path === policyFile || isNamed(path) || named.some((name) => path.startsWith(`${name}/`));
    if (!subject.whole && !changes.some(isTouched)) return [];
    const brought = changes.filter(({ status }) => status !== 'D');
    const isPresent = presence(subject.tree, brought);
    const present = await Promise.all(named.map(isPresent));
    return named.filter((_, i) => !present[i]);
  },
};

interface Asked {
  paths: string[];
  when: string[];
}

function namedIn(policy: Declarations): string[] {
  return [...new Set(askedOf<Asked>(policy, 'required-paths').flatMap(({ paths, when }) => [...paths, ...when]))];
}

/**
 * Whether a path leads to a file or a folder, or a glob to a file. What a change brings is looked at before the tree, of
 * which that is the smaller part; each folder of the tree is listed once, however many globs begin there.
 */
function presence(tree: Tree, brought: readonly Change[]): (glob: string) => Promise<boolean> {
  const listed = new Map<string, Promise<Entry[]>>();
  return async (glob) => {
    if ((await tree.entry(glob)) !== null || (await tree.list(glob)).length > 0) return true;
    const matches = globMatcher([glob]);
    if (brought.some(({ path }) => matches(path))) return true;
    const folder = commonFolder([glob]);
    const entries = listed.get(folder) ?? entriesIn(tree, folder);
    listed.set(folder, entries);
    return (await entries).some(({ path }) => matches(path));
  };
}
