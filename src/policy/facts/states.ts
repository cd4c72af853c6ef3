import type { Declarations, Layer } from '../../layer/declarations.js';
import { type Versioned, versionedThings, versionsIn } from '../../layer/versioned.js';
import type { Tree } from '../../ports.js';
import type { Look } from '../subject.js';

/** Version and content of one thing in many trees. */
export interface States {
  value(tree: Tree, thing: Versioned): Promise<string | null>;
  place(tree: Tree, thing: Versioned): Promise<string | null>;
  content(tree: Tree, thing: Versioned): Promise<string | null>;
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
    const known = things.get(policy) ?? new Map(versionedThings(policy).all.map((one) => [nameOf(one), one]));
    things.set(policy, known);
    return known.get(nameOf(thing)) ?? thing;
  }

  function valuesIn(tree: Tree, { versionFile }: Declarations): Promise<Map<string, string>> {
    const known = versions.get(tree) ?? versionsIn(git, tree, versionFile);
    versions.set(tree, known);
    return known;
  }

  return {
    async value(tree, thing) {
      const policy = await policyAt(tree);
      return (await valuesIn(tree, policy)).get(namesake(policy, thing).key) ?? null;
    },
    place: async (tree, thing) => namesake(await policyAt(tree), thing).place(tree),
    content: async (tree, thing) => namesake(await policyAt(tree), thing).content(tree),
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
