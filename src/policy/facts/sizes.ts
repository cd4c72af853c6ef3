import type { Declarations } from '../../layer/declarations.js';
import { globMatcher } from '../../layer/glob.js';
import type { Change } from '../../ports.js';
import type { SizedPath } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import { askedOf } from './asked.js';
import type { Fact } from './fact.js';
import { asJudged } from './paths.js';

/** Made of the change alone, so there is nothing to spare where it touches nothing. */
export const sizes: Fact<'sizes'> = {
  learn: async (look) => sized(look, await look.subject.changes()),
};

export const historySizes: Fact<'historySizes'> = {
  learn: async (look) => sized(look, await look.subject.history()),
};

interface Asked {
  paths: string[];
}

function isAskedFor(policy: Declarations): (path: string) => boolean {
  const asked = askedOf<Asked>(policy, 'file-size').map(({ paths }) => paths);
  return asked.some((paths) => paths.length === 0) ? () => true : globMatcher(asked.flat());
}

/** Only of what some rule is about: git looks each object up. */
async function sized({ git, policy }: Look, changes: Change[]): Promise<SizedPath[]> {
  const isAsked = isAskedFor(policy);
  const files = changes.filter(({ path, status, mode }) => status !== 'D' && mode.startsWith('100') && isAsked(path));
  const bytes = await git.sizes(files.map(({ oid }) => oid));
  return files.map((change) => ({ ...asJudged(change), bytes: bytes.get(change.oid) ?? 0 }));
}
