import { uninstallHooks } from '../hooks/hooks.js';
import { hookDocuments, hookLines } from '../hooks/say.js';
import { defineCommand, type Outcome } from './command.js';

export const uninstall = defineCommand({
  name: 'uninstall',
  summary: 'Removes what install wrote and puts the hooks that were there before back in their place.',
  args: '',
  flags: {},
  examples: [['layer-policy uninstall', 'policy and layer_management/ stay; CI still judges']],
  async run(env): Promise<Outcome> {
    const root = await env.git.root();
    const states = await uninstallHooks(env);
    const told = states.filter(({ state, restored, kept }) => state === 'removed' || restored || kept.length > 0);
    const hooks = hookDocuments(told, root);
    return {
      exit: 0,
      document: {
        schema: 1,
        ok: true,
        removed: hooks.filter(({ state }) => state === 'removed').map(({ path }) => path),
        kept: hooks.flatMap(({ kept }) => kept),
        hooks,
      },
      text: (style) =>
        hooks.length === 0
          ? 'There is no hook of layer-policy in this clone.\n'
          : `${hookLines(hooks, style).join('\n')}\n`,
    };
  },
});
