import type { Push as Pushed } from '../../ports.js';
import type { StepKind, World } from '../step.js';

export interface Push extends Pushed {
  kind: 'push';
  /** What has to be there before: a push before its record would bring nothing. */
  after: string[];
}

/** Brings branch and tags to the remote, together or not at all. */
export const push: StepKind<Push> = {
  name: () => 'push',
  describe: ({ remote, branch, tags }) => `push ${[branch, ...tags].join(', ')} to ${remote}`,
  async probe(data, world) {
    if (data.after.some((name) => !world.receipts.has(name))) return null;
    const commit = await recorded(world);
    return (await world.git.isPushed(data, commit)) ? { remote: data.remote, commit } : null;
  },
  act: (data, world) => world.git.push(data),
  // git says that it is done when the remote has said so; others may be on top of it in the next moment.
  confirm: async ({ remote }, world) => ({ remote, commit: await recorded(world) }),
  undo: null,
};

async function recorded(world: World): Promise<string> {
  const commit = world.receipts.get('record')?.commit;
  return typeof commit === 'string' ? commit : world.head();
}
