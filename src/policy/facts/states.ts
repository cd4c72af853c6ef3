import type { Declarations, Layer } from '../../layer/declarations.js';
import { type Versioned, versionedThings, versionsIn } from '../../layer/versioned.js';
import type { Tree } from '../../ports.js';
import type { VersionedState } from '../../rule/facts.js';
import type { Look } from '../subject.js';

/** Version and content of one thing in many trees. */
export interface States {
  at(tree: Tree, thing: Versioned): Promise<VersionedState>;
  version(tree: Tree, layer: Layer): Promise<string | null>;
}

/**
 * Each tree is read by its own policy: a commit that moves a source or renames a key is compared with what it moved or
 * renamed. What a tree's policy does not know by this name is looked for where it is declared now.
 */
export function stateReader({ git, policyAt }: Look): States {
  const versions = new Map<Tree, Promise<Map<string, string>>>();
  const things = new Map<Declarations, Map<string, Versioned>>();

  function namesake(policy: Declarations, thing: Versioned): Versioned {
    const known = things.get(policy) ?? new Map(versionedThings(policy).map((one) => [nameOf(one), one]));
    things.set(policy, known);
    return known.get(nameOf(thing)) ?? thing;
  }

  function valuesIn(tree: Tree, { versionFile }: Declarations): Promise<Map<string, string>> {
    const known = versions.get(tree) ?? versionsIn(git, tree, versionFile);
    versions.set(tree, known);
    return known;
  }

  return {
    async at(tree, thing) {
      const policy = await policyAt(tree);
      const there = namesake(policy, thing);
      const [values, content] = await Promise.all([valuesIn(tree, policy), there.content(tree)]);
      return { version: values.get(there.key) ?? null, content };
    },
    async version(tree, layer) {
      const policy = await policyAt(tree);
      const there = Object.hasOwn(policy.layers, layer.name) ? policy.layers[layer.name] : undefined;
      return (await valuesIn(tree, policy)).get((there ?? layer).versionKey) ?? null;
    },
  };
}

/** A key of `versioned` may be called like a layer. */
function nameOf({ name, tag }: Versioned): string {
  return `${tag === null ? 'key' : 'artefact'} ${name}`;
}
