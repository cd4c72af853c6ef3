/** A look, as facts have it, at what the last commit of a story in memory changed, or at all of it. */
import { createHash } from 'node:crypto';
import type { Declarations, Layer } from '../../src/layer/declarations.js';
import { whole } from '../../src/policy/range/whole.js';
import type { Look, Subject } from '../../src/policy/subject.js';
import { examplePolicy } from '../../src/rule/index.js';
import type { MemoryRepo } from './memory-repo.js';

const [layer, lambda] = [examplePolicy.layers['inbox-core'], examplePolicy.functions.ingest];
if (layer === undefined || lambda === undefined) throw new Error('the example has neither layer nor function');
export const core: Layer = {
  ...layer,
  name: 'core',
  source: 'src/core',
  versionKey: 'CORE_VERSION',
  tag: 'core-v{version}',
};
export const deps: Layer = {
  ...core,
  name: 'deps',
  build: 'requirements',
  source: 'requirements.txt',
  tag: 'deps-v{version}',
};
const more: Layer = { ...deps, name: 'more', source: 'more.txt', tag: 'more-v{version}' };
/** What `wellKept` of memory-check.ts has, one more layer of requirements, and a key of its own for paths. */
export const policy: Declarations = {
  ...examplePolicy,
  layers: { core, deps, more },
  functions: { ingest: { ...lambda, source: 'src/ingest', versionKey: 'INGEST_VERSION', layers: ['core', 'deps'] } },
  versioned: { CANON: ['canon/**'] },
};
/** A rule as a policy has it. */
export const setting = (use: string, options: object, ...overrides: object[]) => ({
  ...{ severity: 'error', use, from: [], options },
  overrides: overrides.map((one) => ({ paths: ['x'], severity: 'error', options: one })),
});
export const withRules = (rules: object): Declarations => ({ ...policy, rules: rules as Declarations['rules'] });

export const manifestOf = (name: string) => `layer_management/active/${name}/manifest.json`;
export const readmeOf = (name: string) => `layer_management/active/${name}/README.md`;

/** All of it where the subject is `whole`. What is noted is added to `notes`. */
export function look(
  story: MemoryRepo,
  subject: Partial<Subject> = {},
  given: Partial<Look> = {},
  notes: string[] = [],
): Look {
  const { git } = story;
  const [head, base] = [story.head(), subject.whole ? null : story.head('HEAD~')];
  const changes = async () => [...((await git.changes([{ from: base, to: head }]))[0]?.() ?? [])];
  const change = { stage: 'ci', name: 'x', tree: git.tree(head), head, base, begun: [], tip: async () => null };
  const all = whole(git, head);
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
  return {
    ...{ git, sha256, policy, policyFile: '.layerpolicyrc.json', ruleFiles: [], policyTree: null, today: '2026-02-01' },
    policyAt: async () => given.policy ?? policy,
    note: (text) => notes.push(text),
    subject: subject.whole
      ? { ...all, ...subject }
      : ({ ...change, whole: false, changes, history: changes, tags: [], ...subject } as Subject),
    ...given,
  };
}
