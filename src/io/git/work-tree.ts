import type { Git } from '../../ports.js';
import { decodePath } from './paths.js';
import { type GitProcess, gitFailure, gitOutput, runGit } from './process.js';

/** What git says of the files on disk. Slow in a large work tree, so for commands that people start, never for hooks. */
export function workTree(git: GitProcess, root: () => Promise<string>): Pick<Git, 'files' | 'ignored'> {
  const atRoot = async () => ({ ...git, cwd: await root() });
  return {
    async files() {
      const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
      const paths = split(await gitOutput(await atRoot(), args));
      // A repository inside this one is listed as a folder; what is in it is not this one's.
      return paths.filter((path) => !path.endsWith('/')).sort();
    },
    async ignored(paths) {
      // check-ignore takes names, and ends when it is told to take them literally.
      const args = ['--no-literal-pathspecs', 'check-ignore', '--no-index', '--verbose', '-z', '--stdin'];
      const at = await atRoot();
      const answer = await runGit(at, args, `${paths.join('\0')}\0`);
      // One: none of them is ignored.
      if (answer.code > 1) throw gitFailure(at, args, answer);
      const fields = split(answer.stdout);
      const hidden = new Map<string, string>();
      for (let i = 0; i + 3 < fields.length; i += 4) {
        const [file, line, pattern = '', path = ''] = fields.slice(i, i + 4);
        // The last pattern that matches is named even where it takes the path back in; an empty line that ends in CR is
        // named for every folder, and hides none.
        if (pattern !== '' && !pattern.startsWith('!')) hidden.set(path, `${file}:${line}:${pattern}`);
      }
      return hidden;
    },
  };
}

function split(output: Buffer): string[] {
  const parts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    parts.push(decodePath(output.subarray(at, end === -1 ? output.length : end)).path);
    at = end === -1 ? output.length : end + 1;
  }
  return parts;
}
