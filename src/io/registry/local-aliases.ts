import { join } from 'node:path';
import { failure } from '../../errors.js';
import type { Alias, Files, Functions } from '../../ports.js';
import { encode, type LocalFolder } from './local-folder.js';

export interface LocalAliases extends Pick<Functions, 'alias' | 'setAlias'> {
  /** All aliases of a function. */
  names(functionName: string): Promise<string[]>;
}

/**
 * The aliases of a folder environment: `aliases/{function}/{alias}/{revision}.json`, so that of two who move one from the
 * same revision one wins.
 */
export function localAliases(folder: LocalFolder, files: Files, environment: string): LocalAliases {
  const placeOf = (functionName: string, name = '') => join(folder.path, 'aliases', plain(functionName), plain(name));

  async function alias(functionName: string, name: string): Promise<Alias | null> {
    const place = placeOf(functionName, name);
    const [revision] = await folder.numbers(place);
    if (revision === undefined) return null;
    const path = join(place, `${revision}.json`);
    const stored = await folder.document<{ version: string }>(path, { version: 'string' });
    if (stored === null) throw folder.damaged(path, 'it is gone');
    return { version: stored.version, others: [], revision: String(revision) };
  }

  return {
    alias,
    names: (functionName) => files.list(placeOf(functionName)),
    async setAlias(functionName, name, version, revision) {
      const before = await alias(functionName, name);
      const next = join(placeOf(functionName, name), `${Number(before?.revision ?? 0) + 1}.json`);
      const isFirst = (before?.revision ?? null) === revision && (await files.create(next, encode({ version })));
      if (isFirst) return;
      const problem = `its alias ${name} is not at the revision that was read`;
      throw failure('function-changed', { functionName, environment, problem });
    },
  };
}

/** Names come from the policy, which has them as Lambda takes them; nothing else may be a path. */
function plain(name: string): string {
  if (/^[a-zA-Z0-9_-]*$/.test(name)) return name;
  throw failure('bug', { problem: `${JSON.stringify(name.slice(0, 80))} is no name of a function or alias` });
}
