import type { Git, Oid } from '../ports.js';

/** Where branches usually start, for a policy that names no `baseBranch`. */
export const usual = ['main', 'master', 'develop'];

/** In git's words, what `baseTip` asks for in most repositories. */
export const usualTips = [
  ...['HEAD', ...usual].map((name) => `refs/remotes/origin/${name}^{commit}`),
  ...usual.map((name) => `refs/heads/${name}^{commit}`),
];

export interface BaseTip {
  commit: Oid;
  /** As people say it: `origin/develop`. */
  name: string;
  /** This clone's own branch, of which nobody else may know yet. */
  local: boolean;
}

/**
 * The tip of the base branch: the remote's where there is one, origin's first, else this clone's own. Names are asked
 * for one by one from the `cat-file` that runs anyway, so this costs no process.
 */
export async function baseTip(git: Git, branch: string | null): Promise<BaseTip | null> {
  const remoteNames = branch === null ? ['HEAD', ...usual] : [branch];
  const localNames = branch === null ? usual : [branch];
  const [ofOrigin, local] = await Promise.all([
    firstRef(git, remoteNames, 'refs/remotes/origin/', 'origin/'),
    firstRef(git, localNames, 'refs/heads/', ''),
  ]);
  if (ofOrigin) return ofOrigin;
  for (const remote of (await git.remotes()).filter((name) => name !== 'origin')) {
    const found = await firstRef(git, remoteNames, `refs/remotes/${remote}/`, `${remote}/`);
    if (found) return found;
  }
  return local;
}

async function firstRef(git: Git, names: string[], prefix: string, shown: string): Promise<BaseTip | null> {
  const commits = await Promise.all(names.map((name) => git.commit(prefix + name)));
  const found = commits.findIndex((commit) => commit !== null);
  const commit = commits[found];
  return commit ? { commit, name: `${shown}${names[found]}`, local: shown === '' } : null;
}
