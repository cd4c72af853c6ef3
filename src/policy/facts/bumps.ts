import type { Declarations } from '../../layer/declarations.js';
import { recordedRelease } from '../../layer/manifest-version.js';
import { expand, manifestPath } from '../../layer/names.js';
import { isPolicyFile } from '../../layer/policy-files.js';
import { treeOf, type Versioned, versionedThings } from '../../layer/versioned.js';
import type { Change, Git, Oid, Tree } from '../../ports.js';
import type { Bump, VersionedState } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import type { Fact } from './fact.js';
import { mergingOf } from './merging.js';
import { type States, stateReader } from './states.js';

export const bumps: Fact<'bumps'> = {
  dependsOn: (path, policy) => path === policy.versionFile || versionedThings(policy).at(path).length > 0,
  comparesBase: true,
  async learn(look) {
    const { git, policy, subject } = look;
    const [tip, paths, parent] = await Promise.all([
      subject.tip(),
      touchedPaths(look),
      subject.head === null ? git.commit('HEAD') : subject.base,
    ]);
    const trees = { base: treeOf(git, subject.base), parent: treeOf(git, parent), tip: treeOf(git, tip) };
    const against = { ...trees, commit: null };
    return bumpsOf(look, subject.tree, paths, policy, against);
  },
};

/** Asked of every commit, and not only where the difference of the ends touches something: a later one may take it back. */
export const commitBumps: Fact<'commitBumps'> = {
  async learn(look) {
    const { git, policyAt, subject } = look;
    if (subject.whole) return bumps.learn(look);
    const changed = new Map<Oid | null, string[]>();
    for (const { commit, path } of await ownChanges(look)) {
      const before = changed.get(commit);
      if (before) before.push(path);
      else changed.set(commit, [path]);
    }
    const found: Bump[] = [];
    for (const [commit, paths] of changed) {
      const tree = commit === null ? subject.tree : git.tree(commit);
      const policy = await policyAt(tree);
      const parent = commit === null ? await git.commit('HEAD') : ((await git.commitInfo(commit)).parents[0] ?? null);
      const base = treeOf(git, parent);
      const against = { base, parent: base, tip: null, commit };
      found.push(...(await bumpsOf(look, tree, paths, policy, against)));
    }
    return found;
  },
};

/** What a merge takes as its other side has it is judged in the commits of that side; of commits, history tells no more. */
async function ownChanges(look: Look): Promise<readonly Change[]> {
  const [changes, merging] = await Promise.all([look.subject.history(), mergingOf(look)]);
  const isOwn = await Promise.all(
    changes.map(async ({ path, status, mode, oid }) => {
      const theirs = await Promise.all(merging.map((commit) => look.git.tree(commit).entry(path)));
      return theirs.every((entry) => (status === 'D' ? entry !== null : entry?.oid !== oid || entry.mode !== mode));
    }),
  );
  return changes.filter((_, i) => isOwn[i]);
}

/** Null: all of them. A merge is compared with where the base branch is now, and its changes with where this one was. */
async function touchedPaths(look: Look): Promise<string[] | null> {
  const { subject } = look;
  if (subject.whole || (await mergingOf(look)).length > 0) return null;
  return (await subject.changes()).map(({ path }) => path);
}

interface Against {
  base: Tree | null;
  /** Where the change starts: a commit's parent, mostly the base itself. */
  parent: Tree | null;
  tip: Tree | null;
  commit: Oid | null;
}

/** Paths are those of the change; null: everything is concerned. */
async function bumpsOf(look: Look, tree: Tree, paths: string[] | null, policy: Declarations, against: Against) {
  const states = stateReader(look);
  const { all, at } = versionedThings(policy);
  const touched = new Set(paths?.flatMap(at));
  const ofAll = paths === null || paths.some(isPolicyFile);
  // Only what a change concerns is looked at, so a repository of a thousand layers pays for the one that changed.
  const mayBeConcerned = ofAll || paths.includes(policy.versionFile) ? all : all.filter((thing) => touched.has(thing));

  async function isConcerned(thing: Versioned): Promise<boolean> {
    if (ofAll || touched.has(thing)) return true;
    const value = await states.value(tree, thing);
    // A raise that is taken back has the value of the base again, and not that of its parent.
    const before = await Promise.all([against.base, against.parent].map((one) => one && states.value(one, thing)));
    return before.some((one) => one !== value);
  }

  const bumps = mayBeConcerned.map(async (thing) =>
    (await isConcerned(thing)) ? [await bumpOf(look, tree, thing, states, against)] : [],
  );
  return (await Promise.all(bumps)).flat();
}

async function bumpOf(look: Look, tree: Tree, thing: Versioned, states: States, against: Against): Promise<Bump> {
  const { name, key } = thing;
  const release = await releaseOf(look.git, tree, thing, await states.value(tree, thing));
  const then = treeOf(look.git, release?.commit ?? null);
  const place = await commonPlace([tree, against.base, against.tip, then], thing, states);
  const state = async (one: Tree): Promise<VersionedState> => {
    const [version, content] = await Promise.all([states.value(one, thing), place ?? states.content(one, thing)]);
    return { version, content };
  };
  const [now, base, tip, released] = await Promise.all([
    state(tree),
    against.base && state(against.base),
    against.tip && state(against.tip),
    // What was released with this very content contradicts nothing.
    release && then && place === null ? state(then).then((one) => ({ ...one, by: release.by })) : null,
  ]);
  const { commit } = against;
  return {
    ...{ name, key, file: look.policy.versionFile, now, base, tip, commit },
    // A tag of that name may stand for something else: it speaks of this version only if VERSION there has it.
    released: released?.version === now.version ? released : null,
  };
}

/** Where one and the same lies in all trees, nothing has to be listed to know that; null where it may not. */
async function commonPlace(trees: (Tree | null)[], thing: Versioned, states: States): Promise<string | null> {
  const places = await Promise.all(trees.filter((tree) => tree !== null).map((tree) => states.place(tree, thing)));
  return places.every((place) => place === places[0]) ? (places[0] ?? null) : null;
}

/** What was released under the version that VERSION has now: the commit of its tag, else the one its manifest names. */
async function releaseOf(git: Git, tree: Tree, { name, tag }: Versioned, version: string | null) {
  if (tag === null || version === null) return null;
  const tagName = expand(tag, { name, version });
  const [tagged, manifest] = await Promise.all([git.tag(tagName), recordedRelease(git, tree, name)]);
  const recorded = manifest?.version === version ? { commit: manifest.commit, by: manifestPath(name) } : null;
  const known = tagged ? { commit: tagged.commit, by: `tag ${tagName}` } : recorded;
  return known !== null && (await git.commit(known.commit)) !== null ? known : null;
}
