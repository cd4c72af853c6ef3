import type { Declarations } from '../layer/declarations.js';
import type { Tree } from '../ports.js';
import type { ShownRule } from '../rule/define.js';
import type { IndexedRule } from './rules.gen.js';

/** A policy as the engine takes it. */
export interface Policy {
  declarations: Declarations;
  /** The file it was read from, as users know it. */
  file: string;
  notices: string[];
  /** What another tree declares: its own policy, else this one. */
  at(tree: Tree): Promise<Declarations>;
  /** The rules it can name, by id. A shipped rule's id has no slash, a plugin's always has one: `acme/no-notebooks`. */
  kinds: Kinds;
}

export type Kinds = Readonly<Record<string, Kind>>;

/** A shipped rule, or one of a plugin. */
export type Kind = IndexedRule | PluginRule;

export interface PluginRule {
  rule: ShownRule;
  /** As the policy names it. */
  plugin: string;
}

export function isOfPlugin(kind: Kind): kind is PluginRule {
  return 'plugin' in kind;
}

/** The plugins that are files of the repository, as git knows them. */
export function ruleFiles({ kinds }: Pick<Policy, 'kinds'>): string[] {
  const plugins = Object.values(kinds).flatMap((kind) => (isOfPlugin(kind) ? [kind.plugin] : []));
  return plugins.filter((plugin) => plugin.startsWith('./')).map((plugin) => plugin.slice('./'.length));
}
