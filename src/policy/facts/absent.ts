import type { Declarations } from '../../layer/declarations.js';
import { globMatcher } from '../../layer/glob.js';
import { commonFolder } from '../../layer/versioned.js';
import type { Change } from '../../ports.js';
import type { Subject } from '../subject.js';
import { askedOf } from './asked.js';
import { entriesIn } from './entries.js';
import type { Fact } from './fact.js';

export const absent: Fact<'absent'> = {
  async learn({ policy, policyFile, subject }) {
    const named = namedIn(policy);
    const isNamed = globMatcher(named);
    // What was absent before a change is not the change's doing.
    const isTouched = ({ path }: Change) =>
      path === policyFile || isNamed(path) || named.some((name) => path.startsWith(`${name}/`));
    if (!subject.whole && !(await subject.changes()).some(isTouched)) return [];
    const present = await Promise.all(named.map((glob) => isPresent(glob, subject)));
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

/** A path is there as a file or as a folder. What a change brings is looked at before the tree, of which that is the smaller part. */
async function isPresent(glob: string, { tree, whole, changes }: Subject): Promise<boolean> {
  if ((await tree.entry(glob)) !== null || (await tree.list(glob)).length > 0) return true;
  const matches = globMatcher([glob]);
  const brought = whole ? [] : await changes();
  if (brought.some(({ path, status }) => status !== 'D' && matches(path))) return true;
  return (await entriesIn(tree, commonFolder([glob]))).some(({ path }) => matches(path));
}
