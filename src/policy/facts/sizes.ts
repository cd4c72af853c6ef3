import type { Declarations } from '../../layer/declarations.js';
import { globMatcher } from '../../layer/glob.js';
import type { Change, Entry, Oid } from '../../ports.js';
import type { SizedPath } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import { askedOf } from './asked.js';
import type { Fact } from './fact.js';
import { asJudged } from './paths.js';

/** Made of what is judged alone, so there is nothing to spare where that touches nothing. */
export const sizes: Fact<'sizes'> = {
  async learn(look) {
    const { tree, whole, changes } = look.subject;
    return sized(look, whole ? await tree.paths() : await changes());
  },
};

export const historySizes: Fact<'historySizes'> = {
  async learn(look) {
    const { tree, whole, history } = look.subject;
    return sized(look, whole ? await tree.paths() : await history());
  },
};

interface Asked {
  paths: string[];
}

function isAskedFor(policy: Declarations): (path: string) => boolean {
  const asked = askedOf<Asked>(policy, 'file-size').map(({ paths }) => paths);
  return asked.some((paths) => paths.length === 0) ? () => true : globMatcher(asked.flat());
}

/** Only of what some rule is about: git looks each object up. */
async function sized({ git, policy }: Look, judged: Iterable<Entry & Partial<Change>>): Promise<SizedPath[]> {
  const isAsked = isAskedFor(policy);
  const files: SizedPath[] = [];
  const oids: Oid[] = [];
  for (const { status, oid, commit = null, ...entry } of judged) {
    if (status === 'D' || !entry.mode.startsWith('100') || !isAsked(entry.path)) continue;
    files.push({ ...asJudged({ ...entry, oid, commit }), bytes: 0 });
    oids.push(oid);
  }
  const bytes = await git.sizes(oids);
  return files.map((file, i) => ({ ...file, bytes: bytes.get(oids[i] ?? '') ?? 0 }));
}
