import { failure } from '../../errors.js';
import { blobUpTo } from '../../layer/blob.js';
import type { Entry, Env, Tree } from '../../ports.js';
import { packageFolder } from '../package-folder.js';
import { pluginName } from './names.js';
import { packageEntry } from './package-entry.js';
import type { Trusted } from './trust.js';

/** A plugin's code: a file to import, or the text of one; or why nothing is run. */
export type Code = (({ file: string } | { text: Uint8Array }) & { isJudged: boolean }) | { withheld: string };

export interface Origin {
  /** The tree that is judged. */
  judged: Tree;
  /** The tree that the policy was read from. */
  policy: Tree;
  /** Whose plugins may run; 'anyone': the judged tree's own; null: nobody's. */
  trusted: Trusted | 'anyone' | null;
}

const limit = 1024 * 1024;

/** The code of a plugin, once it is known to be code that may run. */
export async function codeOf(env: Env, name: string, { judged, policy, trusted }: Origin): Promise<Code> {
  if (trusted === null) return { withheld: 'there is no base branch here that could name it' };
  if (trusted !== 'anyone' && !trusted.plugins.includes(name)) {
    return { withheld: `the policy of ${trusted.name} does not name it` };
  }
  const plugin = pluginName(name);
  if (plugin?.kind === 'package') return ofPackage(env, name, trusted === 'anyone' ? null : judged);
  const path = plugin?.path ?? name;
  const own = await policy.entry(path);
  if (trusted === 'anyone') return { text: await textOf(env, name, own), isJudged: true };
  const entry = await trusted.tree.entry(path);
  if (entry === null) return { withheld: `${trusted.name} does not have the file` };
  return { text: await textOf(env, name, entry), isJudged: own?.oid === entry.oid };
}

/** Whether code that is not run may bring a rule. A file stands alone, so it says the name, if perhaps in two parts. */
export async function mayName(
  env: Env,
  plugin: string,
  { policy }: Pick<Origin, 'policy'>,
): Promise<(rule: string) => boolean> {
  const found = pluginName(plugin);
  if (found?.kind === 'package') return () => true;
  const text = new TextDecoder().decode(await textOf(env, plugin, await policy.entry(found?.path ?? plugin)));
  return (rule) => rule.split('/').every((part) => text.includes(part));
}

async function textOf(env: Env, plugin: string, entry: Entry | null): Promise<Uint8Array> {
  const invalid = (problem: string) => failure('plugin-invalid', { plugin, problem });
  if (entry === null) throw invalid('there is no such file in the judged tree (git add it)');
  if (!entry.mode.startsWith('100')) throw invalid('it is a link or a submodule, not a file');
  const bytes = await blobUpTo(env.git, entry.oid, limit);
  if (bytes === null) throw invalid('it is larger than 1 MiB');
  return bytes;
}

/**
 * A package is as trusted as this tool, which CI installs by the same lock file. Where node_modules is committed, any of
 * it may be the judged commit's own code.
 */
async function ofPackage(env: Env, name: string, judged: Tree | null): Promise<Code> {
  const isCommitted =
    judged !== null &&
    ((await judged.entry('node_modules')) !== null || (await judged.list('node_modules')).length > 0);
  if (isCommitted) return { withheld: 'node_modules is part of the judged commit' };
  const folder = await packageFolder(env, name);
  const found = 'problem' in folder ? folder : await packageEntry(env, folder.path);
  if ('problem' in found) throw failure('plugin-invalid', { plugin: name, problem: found.problem });
  return { file: found.path, isJudged: true };
}
