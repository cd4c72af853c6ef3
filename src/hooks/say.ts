import type { Style } from '../ports.js';
import type { HookState } from './hook-folder.js';

/** One hook in the `--json` document. Paths are relative to the root where they are below it. */
export interface HookDocument {
  hook: string;
  path: string;
  state: HookState['state'];
  kept: string[];
  restored: boolean;
}

export function hookDocuments(states: HookState[], root: string): HookDocument[] {
  return states.map((state) => ({
    ...state,
    path: shorten(state.path, root),
    kept: state.kept.map((path) => shorten(path, root)),
  }));
}

const said: Record<HookState['state'], string> = {
  installed: 'installed',
  updated: 'brought up to date',
  unchanged: 'in place already',
  removed: 'removed',
  absent: 'nothing of ours',
  foreign: 'not ours, left as it is',
};

/** A line for each hook, and below it what was chained, kept or brought back. */
export function hookLines(hooks: HookDocument[], style: Style): string[] {
  const width = Math.max(0, ...hooks.map(({ path }) => path.length));
  return hooks.flatMap(({ path, state, kept, restored }) => [
    `  ${style.green('✔')} ${path.padEnd(width)}  ${style.dim(said[state])}${restored ? style.dim('; the hook that was here before is back') : ''}`,
    ...kept.map(
      (one) =>
        `      ${one}  ${style.dim(restored || state === 'foreign' ? 'kept; something else is in its place' : 'was here before and runs first')}`,
    ),
  ]);
}

function shorten(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
