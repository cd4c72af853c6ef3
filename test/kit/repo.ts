import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Story, writeFiles } from './files.js';
import { isolatedEnv, type Variables } from './isolated.js';
import { tempFolder } from './temp.js';

export { type Content, exec, type Story, symlink } from './files.js';

export interface GitResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A real repository in a temporary folder. Verbs that tell a story return the repository, so they chain. */
export interface Repo {
  /** The work tree (of a bare clone: the repository), absolute and without links. */
  readonly dir: string;
  /** The environment its git runs in; hand it to any other process that works on this repository. */
  readonly env: Record<string, string>;
  /** Writes to the work tree only; null removes. */
  write(files: Story): Repo;
  /** Removes from the work tree only. Staged: `stage({ path: null })`. */
  remove(...paths: string[]): Repo;
  /** Writes and stages, ignored files too. */
  stage(files: Story): Repo;
  /** Stages the files and commits the index with `git commit`, hooks included; throws when one refuses. */
  commit(message: string, files?: Story): Repo;
  /** Switches to a branch, which starts at `from` (default HEAD) when it is new. */
  branch(name: string, from?: string): Repo;
  /** A merge commit, never a fast-forward. */
  merge(...args: string[]): Repo;
  /** Standard output without its last newline; throws with stderr. */
  git(...args: string[]): string;
  tryGit(...args: string[]): GitResult;
  /** As git, with standard input: the way to trees that no work tree can hold. */
  feed(stdin: string | Uint8Array, ...args: string[]): string;
  /** Full object name of a commit, HEAD by default. */
  head(rev?: string): string;
  /** Text of a work-tree file; throws when there is none. */
  read(path: string): string;
  exists(path: string): boolean;
  /** A clone over the file protocol, so that `--depth` and `--filter` mean something. */
  clone(...args: string[]): Repo;
  /** The same work tree and repository again, at a fraction of what telling the story a second time costs. */
  copy(): Repo;
  /** A linked worktree beside the others, on a new branch of that name. */
  worktree(name: string): Repo;
  /** The same repository with other variables; undefined unsets. */
  with(variables: Variables): Repo;
  /** Sets the date of the next commit; each commit after it is a minute later. */
  at(date: string): Repo;
}

/** Dates come from here and are shared by a repository, its clones and its worktrees. */
interface Clock {
  next: number;
}

const committing = new Set(['commit', 'merge', 'cherry-pick', 'revert', 'rebase', 'commit-tree', 'tag', 'am', 'pull']);

/** An empty repository on branch `develop`, with an identity. Object names depend on the story alone. */
export function repo(options: { objectFormat?: 'sha1' | 'sha256'; dir?: string } = {}): Repo {
  const made = open(options.dir ?? tempFolder('repo'), {}, { next: Date.parse('2026-01-15T12:00:00Z') });
  // No template: sample hooks cost a dozen files a repository and are never what a test is about.
  made.git('init', '-q', '-b', 'develop', '--template=', `--object-format=${options.objectFormat ?? 'sha1'}`);
  return configure(made);
}

function configure(made: Repo): Repo {
  const settings = {
    'user.name': 'Kit',
    'user.email': 'kit@example.com',
    'gc.auto': '0',
    'uploadpack.allowFilter': 'true',
  };
  for (const [key, value] of Object.entries(settings)) made.git('config', key, value);
  return made;
}

function open(dir: string, variables: Variables, clock: Clock): Repo {
  const env = isolatedEnv(variables);

  function start(stdin: string | Uint8Array | undefined, args: string[]): GitResult {
    const date = `${Math.floor(clock.next / 1000)} +0000`;
    if (args.some((arg) => committing.has(arg))) clock.next += 60_000;
    const done = spawnSync('git', args, {
      cwd: dir,
      env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, ...env },
      input: stdin ?? '',
      maxBuffer: 1 << 28,
    });
    if (done.error) throw done.error;
    return { code: done.status ?? 128, stdout: done.stdout.toString(), stderr: done.stderr.toString() };
  }

  function must(stdin: string | Uint8Array | undefined, args: string[]): string {
    const { code, stdout, stderr } = start(stdin, args);
    if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code} in ${dir}\n${stderr || stdout}`);
    return stdout.replace(/\n$/, '');
  }

  const self: Repo = {
    dir,
    env,
    write(files) {
      writeFiles(dir, files);
      return self;
    },
    remove(...paths) {
      return self.write(Object.fromEntries(paths.map((path) => [path, null])));
    },
    stage(files) {
      self.write(files);
      const paths = Object.keys(files);
      // Literal: a story's `*` or `:(x)` is a name. Forced: a story may stage what it ignores, or has no checkout of.
      const add = [
        '--literal-pathspecs',
        'add',
        '-f',
        '-A',
        '--sparse',
        '--pathspec-from-file=-',
        '--pathspec-file-nul',
      ];
      if (paths.length > 0) must(paths.join('\0'), add);
      return self;
    },
    commit(message, files = {}) {
      self.stage(files).git('commit', '-q', '--allow-empty', '-m', message);
      return self;
    },
    branch(name, from = 'HEAD') {
      const exists = self.tryGit('show-ref', '--verify', '--quiet', `refs/heads/${name}`).code === 0;
      const unborn = self.tryGit('rev-parse', '--verify', '--quiet', 'HEAD').code !== 0;
      if (exists) self.git('switch', '-q', name);
      else self.git('switch', '-q', '-c', name, ...(unborn && from === 'HEAD' ? [] : [from]));
      return self;
    },
    merge(...args) {
      self.git('merge', '-q', '--no-ff', '--no-edit', ...args);
      return self;
    },
    git: (...args) => must(undefined, args),
    tryGit: (...args) => start(undefined, args),
    feed: (stdin, ...args) => must(stdin, args),
    head: (rev = 'HEAD') => self.git('rev-parse', '--verify', '--end-of-options', `${rev}^{commit}`),
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    exists: (path) => existsSync(join(dir, path)),
    clone(...args) {
      const target = tempFolder('clone');
      self.git('clone', '-q', '--template=', ...args, pathToFileURL(dir).href, target);
      return configure(open(target, variables, clock));
    },
    copy() {
      const target = tempFolder('copy');
      cpSync(dir, target, { recursive: true, verbatimSymlinks: true });
      return open(target, variables, { ...clock });
    },
    worktree(name) {
      const target = join(tempFolder('worktree'), 'tree');
      self.git('worktree', 'add', '-q', '-b', name, target);
      return open(target, variables, clock);
    },
    with: (more) => open(dir, { ...variables, ...more }, clock),
    at(date) {
      clock.next = Date.parse(date);
      return self;
    },
  };
  return self;
}
