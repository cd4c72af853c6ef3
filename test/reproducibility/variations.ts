import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cliPath } from '../kit/cli.js';
import type { Variables } from '../kit/isolated.js';
import { type Repo, repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { build, type Machine } from './build.js';

/** A machine that differs in one respect, made of the repository that all clone; or several builds on one. */
export interface Variation {
  name: string;
  make(origin: Repo): Machine | Promise<string[]>;
  /** Null: it can be made here; else why not. */
  lacks?(): string | null;
}

const variables = (name: string, env: Variables): Variation => ({
  name,
  make: (origin) => ({ repo: origin.clone(), env }),
});
const configured = (name: string, settings: Record<string, string>, attributes?: string): Variation => ({
  name,
  make(origin) {
    const clone = origin.clone('--no-checkout');
    for (const [key, value] of Object.entries(settings)) clone.git('config', key, value);
    mkdirSync(join(clone.dir, '.git/info'), { recursive: true });
    if (attributes !== undefined) writeFileSync(join(clone.dir, '.git/info/attributes'), attributes);
    clone.git('checkout', '-q', '-f', 'HEAD', '--', '.');
    return { repo: clone };
  },
});
const cloned = (name: string, make: (origin: Repo) => Repo): Variation => ({
  name,
  make: (origin) => ({ repo: make(origin) }),
});
const placed = (name: string, folder: () => string): Variation => ({
  name,
  make(origin) {
    const dir = folder();
    cpSync(origin.dir, dir, { recursive: true });
    return { repo: { ...origin, dir } };
  },
});

/** Wherever tests keep what they make, but with this behind it. */
const below = (name: string) => () => join(tempFolder('place'), name);
const kept = (r: Repo) => join(r.dir, '.git/layer-policy');

async function oneAfterTheOther(r: Repo, ...acts: (() => void)[]): Promise<string[]> {
  const all = [await build({ repo: r })];
  for (const act of acts) {
    act();
    all.push(await build({ repo: r }));
  }
  return all;
}

export const variations: readonly Variation[] = [
  variables('time zone GMT+12', { TZ: 'GMT+12' }),
  variables('time zone Kiritimati', { TZ: 'Pacific/Kiritimati' }),
  variables('locale C', { LC_ALL: 'C', LANG: 'C' }),
  variables('locale tr_TR', { LC_ALL: undefined, LANG: 'tr_TR.UTF-8', LC_CTYPE: 'tr_TR.UTF-8' }),
  variables('locale et_EE', { LC_ALL: 'et_EE.UTF-8', LANGUAGE: 'et' }),
  { name: 'umask 0000', make: (origin) => ({ repo: origin.clone(), umask: '0000' }) },
  { name: 'umask 0077', make: (origin) => ({ repo: origin.clone(), umask: '0077' }) },
  variables('another user and home', { USER: 'é ß', LOGNAME: 'root', HOME: '/nonexistent', USERNAME: 'x' }),
  {
    name: 'another uid and gid',
    lacks: () => (process.getuid?.() === 0 ? null : 'only root can be somebody else'),
    make(origin) {
      const own = mkdtempSync('/var/tmp/layer-policy-uid-');
      process.once('exit', () => rmSync(own, { recursive: true, force: true }));
      cpSync(origin.dir, join(own, 'r'), { recursive: true });
      cpSync(dirname(cliPath()), join(own, 'dist'), { recursive: true });
      const cli = join(own, 'dist/bin.cjs');
      const before = [
        'sh',
        '-c',
        `chown -R 12345:54321 "$0" && shift 2 && exec setpriv --reuid 12345 --regid 54321 --clear-groups ${process.execPath} ${cli} "$@"`,
        own,
      ];
      return { repo: { ...origin, dir: join(own, 'r') }, before };
    },
  },
  variables('a program that is watched and coloured', {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    FORCE_COLOR: '1',
    TERM: 'xterm',
    COLUMNS: '40',
  }),
  variables('variables that other builds heed', {
    SOURCE_DATE_EPOCH: '1',
    PYTHONHASHSEED: '7',
    ZIPOPT: '-0',
    GZIP: '-1',
    NODE_ENV: 'production',
  }),
  variables('one thread', { UV_THREADPOOL_SIZE: '1' }),
  variables('sixteen threads', { UV_THREADPOOL_SIZE: '16' }),
  { name: 'one processor', make: (origin) => ({ repo: origin.clone(), before: ['taskset', '-c', '0'] }) },
  variables('little memory', { NODE_OPTIONS: '--max-old-space-size=48' }),
  variables('a clock in 2039', { NODE_OPTIONS: `--require ${resolve('test/kit/other-clock.cjs')}` }),
  variables('a zlib that compresses otherwise', { NODE_OPTIONS: `--require ${resolve('test/kit/other-zlib.cjs')}` }),
  placed('a short path', () => join(tempFolder('s'), 'r')),
  placed('a long path with blanks, accents and signs', below(`${'deep folder é ß/'.repeat(10)}it's (here) $HOME #1`)),
  {
    ...placed('another file system', () => {
      const dir = mkdtempSync('/dev/shm/layer-policy-');
      process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
      return join(dir, 'r');
    }),
    lacks: () => (process.platform === 'linux' ? null : 'no tmpfs'),
  },
  configured('core.autocrlf', { 'core.autocrlf': 'true' }),
  configured('core.eol crlf and text=auto', { 'core.eol': 'crlf' }, '* text=auto\n'),
  configured(
    'a filter and idents',
    { 'filter.x.smudge': 'tr a-z A-Z', 'filter.x.clean': 'cat' },
    '*.py filter=x ident\n',
  ),
  configured(
    'export-ignore and working-tree-encoding',
    {},
    '*.txt export-ignore\n*.json working-tree-encoding=UTF-16\n',
  ),
  configured('names and modes as macOS and Windows have them', {
    'core.precomposeUnicode': 'true',
    'core.ignoreCase': 'true',
    'core.fileMode': 'false',
    'core.symlinks': 'false',
  }),
  configured('git that says things otherwise', {
    'core.quotePath': 'false',
    'core.abbrev': '5',
    'diff.renames': 'copies',
    'log.showSignature': 'true',
    'i18n.logOutputEncoding': 'latin1',
    'color.ui': 'always',
  }),
  cloned('a linked worktree', (origin) => origin.worktree('side')),
  cloned('a shallow clone, deepened', (origin) => {
    const clone = origin.clone('--depth', '1');
    clone.git('fetch', '-q', '--unshallow');
    return clone;
  }),
  cloned('a clone of trees alone, with blobs on demand', (origin) => origin.clone('--filter=blob:none')),
  cloned('a sparse checkout', (origin) => {
    const clone = origin.clone('--no-checkout');
    clone.git('sparse-checkout', 'set', 'docs');
    clone.git('checkout', '-q', 'develop');
    return clone;
  }),
  cloned('objects of another repository', (origin) => origin.clone('--shared')),
  cloned('loose objects', (origin) => {
    const clone = origin.clone();
    const packs = join(clone.dir, '.git/objects/pack');
    const pack = readdirSync(packs).find((name) => name.endsWith('.pack'));
    if (pack === undefined) return clone;
    cpSync(join(packs, pack), join(clone.dir, '.git/moved.pack'));
    rmSync(packs, { recursive: true });
    clone.git('config', 'core.compression', '0');
    clone.feed(readFileSync(join(clone.dir, '.git/moved.pack')), 'unpack-objects', '-q');
    return clone;
  }),
  cloned('one pack, deep deltas', (origin) => {
    const clone = origin.clone();
    clone.git('repack', '-q', '-a', '-d', '-f', '--depth=50', '--window=50');
    return clone;
  }),
  {
    name: 'a bare repository with a work tree elsewhere',
    make(origin) {
      const bare = origin.clone('--bare');
      const dir = tempFolder('work');
      return { repo: { ...origin, dir }, env: { GIT_DIR: bare.dir, GIT_WORK_TREE: dir } };
    },
  },
  cloned('a detached HEAD', (origin) => {
    const clone = origin.clone();
    clone.git('checkout', '-q', '--detach');
    return clone;
  }),
  cloned('another history, in another order', (origin) => retold(origin, {})),
  cloned('a repository of SHA-256', (origin) => retold(origin, { objectFormat: 'sha256' })),
  cloned('a work tree that was worked in', (origin) =>
    origin
      .clone()
      .write({
        'src_v2/inbox_core/item.py': 'x',
        'src_v2/inbox_core/new.py': 'x',
        VERSION: 'INBOX_CORE_VERSION=9.9.9\n',
      })
      .stage({ 'src_v2/inbox_core/__pycache__/item.cpython-311.pyc': 'x', 'src_v2/lambdas/ingest/handler.py': '' }),
  ),
  { name: 'from a folder within', make: (origin) => ({ repo: origin.clone(), cwd: 'src_v2/lambdas' }) },
  {
    name: 'a cache that is cold, warm, deleted, damaged',
    make(origin) {
      const r = origin.clone();
      const entries = join(kept(r), 'entries');
      return oneAfterTheOther(
        r,
        () => {},
        () => rmSync(kept(r), { recursive: true }),
        () => rmSync(join(r.dir, '.build'), { recursive: true }),
        () => {
          for (const name of readdirSync(entries)) writeFileSync(join(entries, name), 'damaged');
        },
      );
    },
  },
  {
    name: 'four builds at once',
    make(origin) {
      const r = origin.clone();
      return Promise.all([1, 2, 3, 4].map(() => build({ repo: r })));
    },
  },
];

/** The same tree, file by file from the last to the first. */
function retold(origin: Repo, options: Parameters<typeof repo>[0]): Repo {
  const r = repo(options).at('2031-05-05T05:05:05Z');
  const listed = origin.git('ls-tree', '-r', '-z', 'HEAD').split('\0').filter(Boolean).reverse();
  listed.forEach((line, at) => {
    const [, mode = '', oid = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
    const bytes = spawnSync('git', ['cat-file', 'blob', oid], {
      cwd: origin.dir,
      env: origin.env,
      maxBuffer: 1 << 28,
    }).stdout;
    const blob = r.feed(bytes, 'hash-object', '-w', '--stdin');
    r.git('update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`);
    if (at % 7 === 0) r.git('commit', '-q', '-m', path);
  });
  r.git('commit', '-q', '--allow-empty', '-m', 'last');
  r.git('checkout', '-q', '-f', '.');
  return r;
}
