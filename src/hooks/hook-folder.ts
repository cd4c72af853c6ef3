import type { Files } from '../ports.js';
import { isShim, keepHook, keptHooks, shimCopies } from './kept.js';
import { type HookName, hookShim, shimHook } from './shim.js';

/** What became of one hook. Paths are absolute. */
export interface HookState {
  hook: HookName;
  path: string;
  state: 'installed' | 'updated' | 'unchanged' | 'removed' | 'absent' | 'foreign';
  /** Hooks of others that run before ours; after an uninstall those that could not go back to their place. */
  kept: string[];
  /** Uninstall: the hook that is in its place again. */
  restored: boolean;
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** Puts our hook in git's hooks folder. What is there is kept and chained; running it again changes nothing. */
export async function installHook(files: Files, folder: string, hook: HookName): Promise<HookState> {
  const path = `${folder}/${hook}`;
  const shim = hookShim(hook);
  for (const copy of await shimCopies(files, folder, hook)) await files.remove(copy);
  let state: HookState['state'] = 'unchanged';
  const found = await files.look(path);
  if (found?.kind === 'link' && (await leadsToSameStage(files, path, shim))) {
    return { hook, path, state, kept: await keptHooks(files, folder, hook), restored: false };
  }
  if (await isShim(files, path)) {
    const same = new TextDecoder().decode((await files.read(path)) ?? undefined) === shim && found?.mode === 0o755;
    if (!same) state = 'updated';
  } else {
    if (found !== null) await keepHook(files, folder, hook);
    state = 'installed';
  }
  if (state !== 'unchanged') await files.write(path, bytes(shim), 0o755);
  return { hook, path, state, kept: await keptHooks(files, folder, hook), restored: false };
}

/** Takes our hook away, wherever a hook manager moved it; the newest kept hook goes to the place where ours was. */
export async function uninstallHook(files: Files, folder: string, hook: HookName): Promise<HookState> {
  const path = `${folder}/${hook}`;
  const ours = [...((await isShim(files, path)) ? [path] : []), ...(await shimCopies(files, folder, hook))];
  for (const shim of ours) await files.remove(shim);
  // A run that was stopped half-way left a kept hook and no other.
  const place = ours[0] ?? ((await files.exists(path)) ? null : path);
  const newest = (await keptHooks(files, folder, hook)).at(-1);
  const restored = newest !== undefined && place !== null && (await files.move(newest, place));
  const state = ours.length > 0 ? 'removed' : (await files.exists(path)) && !restored ? 'foreign' : 'absent';
  return { hook, path, state, kept: await keptHooks(files, folder, hook), restored };
}

/** `pre-merge-commit -> pre-commit` already leads to our hook, and both are judged alike. */
async function leadsToSameStage(files: Files, link: string, shim: string): Promise<boolean> {
  const target = new TextDecoder().decode((await files.read(link)) ?? undefined);
  const stage = (name: string | null) => (name === 'pre-push' ? 'pre-push' : 'pre-commit');
  const leadsTo = shimHook(target);
  return leadsTo !== null && stage(leadsTo) === stage(shimHook(shim));
}
