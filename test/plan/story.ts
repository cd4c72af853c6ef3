import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cliPath } from '../kit/cli.js';
import { type Repo, repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

const layer = (name: string) => ({
  build: 'source',
  source: `src/${name}`,
  versionKey: name.toUpperCase(),
  layerName: `${name}-{env}`,
});

/** Two layers that were never released, and an environment that this version does not reach. */
export function halfway(): Repo {
  return repo().commit('init', {
    '.layerpolicyrc.json': JSON.stringify({
      baseBranch: 'develop',
      layers: { core: layer('core'), extra: layer('extra') },
      environments: { dev: { target: 'aws', region: 'eu-west-3', account: '123456789012', bucket: 'code-dev' } },
    }),
    '.gitignore': '/.build/\n',
    VERSION: 'CORE=1.0.0\nEXTRA=0.1.0\n',
    'src/core/__init__.py': 'x = 1\n',
    'src/extra/__init__.py': 'y = 1\n',
    'notes.txt': 'one\n',
    'kept.txt': 'one\n',
  });
}

/** One layer raised, and a user in the middle of other work: staged, unstaged, both, untracked. */
export function raised(made: Repo): Repo {
  made.commit('core 1.1.0', { VERSION: 'CORE=1.1.0\nEXTRA=0.1.0\n', 'src/core/__init__.py': 'x = 2\n' });
  made.stage({ 'staged.txt': 'staged\n', 'notes.txt': 'two, staged\n' });
  return made.write({ 'kept.txt': 'two, not staged\n', 'notes.txt': 'three\n', 'loose.txt': 'untracked\n' });
}

/** A copy with all that belongs to it, `.build/` and git's folder included. */
export function twin(of: Repo): Repo {
  const dir = join(tempFolder('twin'), 'repo');
  cpSync(of.dir, dir, { recursive: true, verbatimSymlinks: true });
  return repoAt(dir, of);
}

function repoAt(dir: string, like: Repo): Repo {
  // The kit opens a repository by making it; making it again changes nothing.
  const made = repo({ dir });
  return made.with({ ...like.env });
}

/** Without blocking, so that several run at a time. */
export function program(dir: string, args: string[], env: Record<string, string>, script = cliPath()) {
  return new Promise<{ code: number | null; signal: string | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

const times = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;

/** All that a release may change, times apart; equal for two repositories exactly when they ended alike. */
export function outcomeOf(made: Repo) {
  const tree = made.git('ls-tree', '-r', 'HEAD').split('\n');
  const contents = Object.fromEntries(
    tree.map((line) => {
      const [meta = '', path = ''] = line.split('\t');
      const oid = meta.split(' ')[2] ?? '';
      const text = path.endsWith('.json') ? made.git('cat-file', 'blob', oid).replace(times, 'TIME') : oid;
      return [path, text];
    }),
  );
  const registry = join(made.dir, '.build/registry');
  return {
    contents,
    commits: made.git('log', '--format=%s', 'develop').split('\n'),
    branches: made.git('for-each-ref', '--format=%(refname)', 'refs/heads'),
    tags: made.git('for-each-ref', '--format=%(refname) %(objecttype) %(*objectname)', 'refs/tags'),
    status: made.git('status', '--porcelain', '--untracked-files=all'),
    staged: made.git('diff', '--cached'),
    unstaged: made.git('diff'),
    // A killed write leaves a temporary file, which nobody reads.
    registry: files(registry, /\.tmp$/).map(
      ([path, bytes]) => `${path} ${path.endsWith('.json') ? bytes.toString().replace(times, 'TIME') : hash(bytes)}`,
    ),
    built: files(join(made.dir, '.build/layers')).map(([path, bytes]) => `${path} ${hash(bytes)}`),
    left: leftIn(join(made.dir, '.git/layer-policy')),
  };
}

/** Of journal and lock; what builds keep for the next one may stay, and may go. */
function leftIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'entries') : [];
}

/** Every file with its content and when it was written; git's own bookkeeping and the lock's folder apart. */
export function footprint(made: Repo): string[] {
  return walk(made.dir)
    .filter((path) => !/^\.git\/(layer-policy|index|logs)/.test(path))
    .map((path) => {
      const { mtimeMs, size, ino } = lstatSync(join(made.dir, path));
      return `${path} ${mtimeMs} ${size} ${ino}`;
    });
}

function files(folder: string, except = /^$/): [string, Buffer][] {
  if (!existsSync(folder)) return [];
  const found = walk(folder).filter((path) => !except.test(path));
  return found.map((path) => [path, readFileSync(join(folder, path))]);
}

function walk(folder: string, inside = ''): string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? walk(folder, join(inside, entry.name)) : [join(inside, entry.name)]))
    .sort();
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A PATH whose git ends the program that called it, when it calls this verb for the nth time. */
export function killingGit(story: Repo, verb: string, when: string, time = 1): string {
  const folder = tempFolder('git');
  const shim = join(folder, 'git');
  const real = story.env.PATH ?? '';
  const isIt = `case " $* " in *" ${verb} "*) hit=1;; *) hit=;; esac
[ -z "$hit" ] || { echo >> '${folder}/times'; [ $(wc -l < '${folder}/times') -ge ${time} ] || hit=; }`;
  const act = `PATH='${real}' git "$@"`;
  const die = 'kill -9 $PPID; exit 1';
  writeFileSync(
    shim,
    `#!/bin/sh\n${isIt}\n[ -n "$hit" ] && [ ${when} = before ] && { ${die}; }\n${act}\ncode=$?\n[ -n "$hit" ] && { ${die}; }\nexit $code\n`,
  );
  chmodSync(shim, 0o755);
  return [folder, real].join(delimiter);
}
