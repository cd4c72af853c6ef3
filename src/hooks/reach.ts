import type { Env } from '../ports.js';
import { dependsOn } from './hooks.js';
import type { Place } from './place.js';

/** What would keep the installed hooks from running, each with the command that helps; empty when nothing would. */
export async function obstacles(env: Env, place: Place): Promise<string[]> {
  const found: string[] = [];
  if (place.kind === 'husky' && !place.active) {
    found.push(`husky is not set up in this work tree, so git runs none of its hooks yet. Run: npx husky`);
  }
  if (!(await isReachable(env))) {
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
  return found;
}

/** As the hooks look for it: the packages of this work tree, of the main one, then PATH. */
async function isReachable({ git, files, vars }: Env): Promise<boolean> {
  const mainTree = (await git.commonDir()).replace(/[\\/]\.git$/, '');
  // While npm or npx runs, PATH has folders that a commit will not see.
  const lasting = (vars.PATH ?? vars.Path ?? '')
    .split(vars.SystemRoot === undefined ? ':' : ';')
    .filter((folder) => folder !== '' && !/node_modules[\\/]\.bin/.test(folder));
  const places = [`${await git.root()}/node_modules/.bin`, `${mainTree}/node_modules/.bin`, ...lasting];
  for (const place of places) {
    if (await files.exists(`${place}/layer-policy`)) return true;
  }
  return false;
}
