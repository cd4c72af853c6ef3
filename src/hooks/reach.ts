import type { Env } from '../ports.js';
import { dependsOn } from './hooks.js';
import { lackedByGuis } from './node-manager.js';
import type { Place } from './place.js';

/** What would keep the installed hooks from running, each with the command that helps; empty when nothing would. */
export async function obstacles(env: Env, place: Place): Promise<string[]> {
  const found: string[] = [];
  if (place.kind === 'husky' && !place.active) {
    found.push(`husky is not set up in this work tree, so git runs none of its hooks yet. Run: npx husky`);
  }
  const at = await foundIn(env);
  if (at === null) {
    const root = await env.git.root();
    const install = !(await env.files.exists(`${root}/package.json`))
      ? 'npm install --global layer-policy'
      : (await dependsOn(env, root, 'layer-policy'))
        ? 'npm install'
        : 'npm install --save-dev layer-policy';
    found.push(
      `The hooks look for layer-policy in node_modules/.bin and on PATH and will not find it. Run: ${install}`,
    );
  }
  const node = await nodeFolder(env);
  const programs = at === 'PATH' ? ['node', 'layer-policy'] : ['node'];
  const lacked = node === null ? null : lackedByGuis(node, programs);
  return lacked === null ? found : [...found, lacked];
}

/** As the hooks look for it: the packages of this work tree, of the main one, then PATH. */
async function foundIn(env: Env): Promise<'packages' | 'PATH' | null> {
  const { git, files } = env;
  const mainTree = (await git.commonDir()).replace(/[\\/]\.git$/, '');
  for (const tree of [await git.root(), mainTree]) {
    if (await files.exists(`${tree}/node_modules/.bin/layer-policy`)) return 'packages';
  }
  for (const folder of lasting(env)) if (await files.exists(`${folder}/layer-policy`)) return 'PATH';
  return null;
}

/** The folders of PATH, but for those that npm and npx add while they run, which a commit will not see. */
function lasting({ vars }: Pick<Env, 'vars'>): string[] {
  const folders = (vars.PATH ?? vars.Path ?? '').split(vars.SystemRoot === undefined ? ':' : ';');
  return folders.filter((folder) => folder !== '' && !/node_modules[\\/]\.bin/.test(folder));
}

/** Where the hooks find node. */
async function nodeFolder(env: Env): Promise<string | null> {
  for (const folder of lasting(env)) if (await env.files.exists(`${folder}/node`)) return folder;
  return null;
}
