import type { Declarations } from '../../layer/declarations.js';
import { recordedRelease } from '../../layer/manifest-version.js';
import { expand, manifestPath } from '../../layer/names.js';
import { policyFiles } from '../../layer/policy-files.js';
import { treeOf, type Versioned, versionedThings } from '../../layer/versioned.js';
import type { Git, Oid, Tree } from '../../ports.js';
import type { Bump, VersionedState } from '../../rule/facts.js';
import type { Look, Subject } from '../subject.js';
import type { Fact } from './fact.js';
import { type States, stateReader } from './states.js';

export const bumps: Fact<'bumps'> = {
  dependsOn: (path, policy) =>
    path === policy.versionFile || versionedThings(policy).some(({ isPart }) => isPart(path)),
  async learn(look) {
    const { git, policy, subject } = look;
    const [tip, paths] = await Promise.all([subject.tip(), touchedPaths(subject)]);
    const against = { base: treeOf(git, subject.base), tip: treeOf(git, tip), commit: null };
    return bumpsOf(look, subject.tree, touchedBy(paths, policy), against);
  },
};

/** Asked of every commit, and not only where the difference of the ends touches something: a later one may take it back. */
export const commitBumps: Fact<'commitBumps'> = {
  async learn(look) {
    const { git, policyAt, subject } = look;
    if (subject.whole) return bumps.learn(look);
    const changed = new Map<Oid | null, string[]>();
    for (const { commit, path } of await subject.history()) {
      const before = changed.get(commit);
      if (before) before.push(path);
      else changed.set(commit, [path]);
    }
    const found: Bump[] = [];
    for (const [commit, paths] of changed) {
      const tree = commit === null ? subject.tree : git.tree(commit);
      const things = touchedBy(paths, await policyAt(tree));
      if (things.length === 0) continue;
      const parent = commit === null ? await git.commit('HEAD') : ((await git.commitInfo(commit)).parents[0] ?? null);
      found.push(...(await bumpsOf(look, tree, things, { base: treeOf(git, parent), tip: null, commit })));
    }
    return found;
  },
};

async function touchedPaths(subject: Subject): Promise<string[] | null> {
  return subject.whole ? null : (await subject.changes()).map(({ path }) => path);
}

/**
 * Only what a change concerns is looked at, so a repository of a thousand layers pays for the one that changed. What
 * VERSION or the policy says may concern any of them.
 */
function touchedBy(paths: string[] | null, policy: Declarations): Versioned[] {
  const things = versionedThings(policy);
  const ofAll = [policy.versionFile, ...policyFiles];
  if (paths === null || paths.some((path) => ofAll.includes(path))) return things;
  return things.filter((thing) => paths.some(thing.isPart));
}

async function bumpsOf(
  look: Look,
  tree: Tree,
  things: Versioned[],
  against: { base: Tree | null; tip: Tree | null; commit: Oid | null },
): Promise<Bump[]> {
  const states = stateReader(look);
  const file = look.policy.versionFile;
  return Promise.all(
    things.map(async (thing) => {
      const present = states.at(tree, thing);
      const [now, base, tip, released] = await Promise.all([
        present,
        against.base && states.at(against.base, thing),
        against.tip && states.at(against.tip, thing),
        releasedState(look.git, tree, thing, present, states),
      ]);
      return { name: thing.name, key: thing.key, file, now, base, tip, released, commit: against.commit };
    }),
  );
}

/** What was released under the version that VERSION has now: the commit of its tag, else the one its manifest names. */
async function releasedState(
  git: Git,
  tree: Tree,
  thing: Versioned,
  now: Promise<VersionedState>,
  states: States,
): Promise<Bump['released']> {
  const { name, tag } = thing;
  const { version } = await now;
  if (tag === null || version === null) return null;
  const tagName = expand(tag, { name, version });
  const [tagged, manifest] = await Promise.all([git.tag(tagName), recorded(git, tree, name, version)]);
  const known = tagged ? { commit: tagged.commit, by: `tag ${tagName}` } : manifest;
  if (known === null || (await git.commit(known.commit)) === null) return null;
  const then = await states.at(git.tree(known.commit), thing);
  // A tag of that name may stand for something else: it speaks of this version only if VERSION there has it.
  return then.version === version ? { ...then, by: known.by } : null;
}

async function recorded(git: Git, tree: Tree, name: string, version: string) {
  const release = await recordedRelease(git, tree, name);
  return release?.version === version ? { commit: release.commit, by: manifestPath(name) } : null;
}
