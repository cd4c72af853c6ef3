import { cpSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Repo, repo } from './repo.js';

const source = fileURLToPath(new URL('../../examples/inbox', import.meta.url));
const leftovers = /__pycache__|\.build[\\/](?!README\.md$)/;

/** Copies the example into a folder, without what running or building it in place may have left there. */
export function copyExample(dir: string): void {
  cpSync(source, dir, { recursive: true, filter: (path) => !leftovers.test(relative(source, path)) });
}

/** The example repository, committed as `init` on `develop`. */
export function exampleRepo(): Repo {
  const made = repo();
  copyExample(made.dir);
  made.git('add', '-A');
  return made.commit('init');
}
