import { failure } from '../errors.js';
import type { Env, Files } from '../ports.js';
import type { HookState } from './hook-folder.js';
import { addLine, huskyShimFile, removeLine } from './husky.js';
import { type HookName, huskyShim, shimHook, strictHookNames } from './shim.js';

type Where = { root: string; folder: string };

/** One line in each of husky's hooks, and the file that the lines read. All of it is the repository's, to be committed. */
export async function installInHusky(
  { files }: Pick<Env, 'files'>,
  { root, folder }: Where,
  hooks: readonly HookName[],
): Promise<HookState[]> {
  await put(files, `${root}/${folder}/${huskyShimFile}`, huskyShim());
  const states: HookState[] = [];
  for (const hook of hooks) {
    const path = `${root}/${folder}/${hook}`;
    const before = await read(files, path);
    const changed = await put(files, path, addLine(before, hook, folder), before === null ? 0o755 : undefined);
    const had = before !== null && removeLine(before) !== before;
    states.push({
      hook,
      path,
      state: !changed ? 'unchanged' : had ? 'updated' : 'installed',
      kept: [],
      restored: false,
    });
  }
  return states;
}

export async function uninstallFromHusky({ files }: Pick<Env, 'files'>, { root, folder }: Where): Promise<HookState[]> {
  const states: HookState[] = [];
  for (const hook of strictHookNames) {
    const path = `${root}/${folder}/${hook}`;
    const before = await read(files, path);
    const after = before === null ? null : removeLine(before);
    if (after === null) await files.remove(path);
    else await put(files, path, after);
    states.push({ hook, path, state: before === after ? 'absent' : 'removed', kept: [], restored: false });
  }
  const shim = `${root}/${folder}/${huskyShimFile}`;
  if (shimHook((await read(files, shim)) ?? '') !== null) await files.remove(shim);
  return states;
}

/** Writes what differs, with the mode the file has, and through a link; true when there was something to write. */
async function put(files: Files, path: string, text: string, mode?: number): Promise<boolean> {
  if ((await read(files, path)) === text) return false;
  const target = (await files.real(path)) ?? path;
  await files.write(target, new TextEncoder().encode(text), mode ?? (await files.look(target))?.mode ?? 0o644);
  return true;
}

/** Husky's hooks are text; one that is not is none to add a line to. */
async function read(files: Files, path: string): Promise<string | null> {
  const bytes = await files.read(path);
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw failure('file-system', { path, problem: 'this is not UTF-8 text', fix: `Look at it: file '${path}'` }, error);
  }
}
