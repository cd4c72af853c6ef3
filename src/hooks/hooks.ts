import type { Env } from '../ports.js';
import { type HookState, installHook, uninstallHook } from './hook-folder.js';
import { installInHusky, uninstallFromHusky } from './husky-folder.js';
import { choosePlace, huskyFolder, isOwn, type Place } from './place.js';
import { type HookName, hookNames, strictHook, strictHookNames } from './shim.js';

/** Finds out where the hooks of this clone belong; fails with `hook-foreign` where none of ours do. Writes nothing. */
export async function findPlace(env: Env): Promise<Place> {
  const { git, files } = env;
  const root = await git.root();
  const hooksDir = await git.hooksDir();
  return choosePlace({
    root: await resolved(env, root),
    commonDir: await resolved(env, await git.commonDir()),
    hooksDir: await resolved(env, hooksDir),
    hooksPath: await git.config('core.hooksPath'),
    hooksDirExists: await files.exists(hooksDir),
    hasHuskyFolder: await files.exists(`${root}/.husky`),
    needsHusky: await dependsOn(env, root, 'husky'),
  });
}

/** Strict once is strict from then on: `prepare` scripts and new worktrees install without asking for it again. */
export async function installHooks(env: Env, place: Place, strict = false): Promise<HookState[]> {
  const root = await env.git.root();
  const folder = place.kind === 'husky' ? `${root}/${place.folder}` : place.folder;
  const hooks = strict || (await isOurs(env, `${folder}/${strictHook}`)) ? strictHookNames : hookNames;
  if (place.kind === 'husky') return installInHusky(env, { root, folder: place.folder }, hooks);
  const states: HookState[] = [];
  for (const hook of hooks) states.push(await installHook(env.files, folder, hook));
  return states;
}

/** Those of ours that git will run: there, and executable. A strict one counts where it was installed. */
export async function installedHooks(env: Env, place: Place): Promise<HookName[]> {
  const folder = place.kind === 'husky' ? `${await env.git.root()}/${place.folder}` : place.folder;
  const installed: HookName[] = [];
  for (const hook of strictHookNames) {
    const path = `${folder}/${hook}`;
    // husky starts its files with sh, whatever their mode.
    const runs = place.kind === 'husky' || ((await env.files.look(path))?.mode ?? 0) & 0o100;
    if (runs && (await isOurs(env, path))) installed.push(hook);
  }
  return installed;
}

/** A hook that we wrote, or one of husky's with our line in it. */
async function isOurs({ files }: Env, path: string): Promise<boolean> {
  if ((await files.look(path))?.kind !== 'file') return false;
  const text = new TextDecoder().decode((await files.read(path)) ?? undefined);
  return /# layer-policy( hook: |$)/m.test(text);
}

/** From every place where an install may have put them: husky may have come, or gone, since then. */
export async function uninstallHooks(env: Env): Promise<HookState[]> {
  const { git, files } = env;
  const root = await resolved(env, await git.root());
  const commonDir = await resolved(env, await git.commonDir());
  const hooksDir = await resolved(env, await git.hooksDir());
  const husky = (hooksDir.startsWith(`${root}/`) && huskyFolder(hooksDir.slice(root.length + 1))) || '.husky';

  const states = (await files.exists(`${root}/${husky}`)) ? await uninstallFromHusky(env, { root, folder: husky }) : [];
  const folders = new Set([`${commonDir}/hooks`, ...(isOwn({ root, commonDir, hooksDir }) ? [hooksDir] : [])]);
  // Older husky runs the hooks of `.husky` itself; those are dealt with.
  folders.delete(`${root}/${husky}`);
  for (const folder of folders) {
    for (const hook of strictHookNames) states.push(await uninstallHook(files, folder, hook));
  }
  return states;
}

/** True when package.json names it, for whatever purpose. */
export async function dependsOn({ files }: Pick<Env, 'files'>, root: string, name: string): Promise<boolean> {
  const bytes = await files.read(`${root}/package.json`);
  if (bytes === null) return false;
  try {
    const manifest: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return ['dependencies', 'devDependencies', 'optionalDependencies'].some((kind) => has(get(manifest, kind), name));
  } catch {
    // npm will say what is wrong with it; for us nothing is known.
    return false;
  }
}

function get(value: unknown, key: string): unknown {
  return has(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

/** Links resolved as far as the path exists, `/` between the parts. */
async function resolved({ files }: Pick<Env, 'files'>, path: string): Promise<string> {
  const plain = path.replaceAll('\\', '/');
  const slash = plain.lastIndexOf('/');
  const real = await files.real(plain);
  if (real !== null || slash <= 0) return (real ?? plain).replaceAll('\\', '/');
  return `${await resolved({ files }, plain.slice(0, slash))}${plain.slice(slash)}`;
}
