import { isFailure } from '../errors.js';
import { findPlace, installHooks } from '../hooks/hooks.js';
import { obstacles } from '../hooks/reach.js';
import { hookDocuments, hookLines } from '../hooks/say.js';
import { pathspec } from '../layer/shell.js';
import type { Env } from '../ports.js';
import { defineCommand, type Outcome } from './command.js';

export const install = defineCommand({
  name: 'install',
  summary:
    'Installs the hooks of this clone: pre-commit, pre-merge-commit and pre-push. Doing it again changes nothing.',
  args: '',
  flags: {
    strict: { type: 'boolean', help: 'also refuse cherry-picks, reverts, rebases and --no-verify on the spot' },
  },
  examples: [
    ['layer-policy install', 'in a new clone; all its linked worktrees share the hooks'],
    ['layer-policy install --strict', 'nothing waits for the push to be judged; a commit is judged twice'],
    ['npm pkg set scripts.prepare="layer-policy install"', 'every npm install does it'],
  ],
  async run(env, { strict }): Promise<Outcome> {
    if (await isHarmlessWithoutGit(env)) return nothingToHook;
    const place = await findPlace(env);
    const root = await env.git.root();
    const states = await installHooks(env, place, strict);
    const hooks = hookDocuments(states, root);
    const notes = await obstacles(env, place);
    if (place.kind === 'husky' && states.some(({ state }) => state !== 'unchanged')) {
      notes.unshift(`These are files of the repository. Run: git add -- ${pathspec(place.folder)}`);
    }
    return {
      exit: 0,
      document: { schema: 1, ok: true, written: written(hooks), kept: hooks.flatMap(({ kept }) => kept), hooks, notes },
      text: (style) =>
        `${[...hookLines(hooks, style), ...notes.map((note) => `  ${style.yellow('!')} ${note}`)].join('\n')}\n`,
    };
  },
});

const nothingToHook: Outcome = {
  exit: 0,
  document: { schema: 1, ok: true, written: [], kept: [], hooks: [], notes: ['There is no git repository here.'] },
  text: () => 'There is no git repository here, so there are no hooks to install.\n',
};

/** As npm's `prepare` script this runs in container builds too, where git or its folder is missing by intent. */
async function isHarmlessWithoutGit({ vars, git }: Env): Promise<boolean> {
  if (vars.npm_lifecycle_event === undefined) return false;
  try {
    await git.root();
    return false;
  } catch (error) {
    if (isFailure(error) && (error.code === 'not-a-repository' || error.code === 'git-missing')) return true;
    throw error;
  }
}

function written(hooks: { path: string; state: string }[]): string[] {
  return hooks.filter(({ state }) => state === 'installed' || state === 'updated').map(({ path }) => path);
}
