import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGit } from '../../../src/io/git/read.js';
import type { Entry, Git } from '../../../src/ports.js';
import { type Repo, repo } from '../../kit/repo.js';

/** A file that no work tree need be able to hold. */
interface Line {
  path: Buffer;
  mode: string;
}

const file = (path: string | Buffer, mode = '100644'): Line => ({ path: Buffer.from(path as string), mode });

const hostile: Line[] = [
  ...[
    'a',
    'a-b',
    'a.b',
    'a0',
    'ab/c',
    'ab-c/d',
    'A/b',
    'é',
    'e\u0301x',
    'É/x',
    '日本/語',
    '🦀',
    '-rf',
    ':(top)x',
    'a*b',
  ],
  ...['line\nbreak', 'tab\there', 'quo"te', "it's", 'back\\slash', '\\xE9', ' blank ', 'x\u202ey', '\u007f', '\u0001'],
  ...['.gitignore', 'con.txt', `${'deep/'.repeat(1000)}x`, `long/${'n'.repeat(5000)}`, 'README', 'README.md', 'x.ZIP'],
].map((path) => file(path));
hostile.push(file(Buffer.from('caf\xe9/x', 'latin1')), file(Buffer.from('\xe9', 'latin1')));
hostile.push(file('run.sh', '100755'), file('link', '120000'), file('sub/module', '160000'));

/** A commit of these files, and the index that goes with it. */
function story(lines: Line[], objectFormat: 'sha1' | 'sha256' = 'sha1'): Repo {
  const r = stage(repo({ objectFormat }), lines);
  r.git('commit', '-q', '--allow-empty', '-m', 'all');
  return r;
}

function stage(r: Repo, lines: Line[], more = ''): Repo {
  const blob = r.feed('x', 'hash-object', '-w', '--stdin');
  const input = lines.map(({ path, mode }) => [Buffer.from(`${mode} ${blob}${more}\t`), path, Buffer.from('\0')]);
  r.feed(Buffer.concat(input.flat()), 'update-index', '-z', '--add', '--index-info');
  return r;
}

/** How many processes the whole tree of HEAD took: one where the index told of most of it, two where git had to. */
async function list(r: Repo, cwd = r.dir): Promise<{ lines: string[]; started: number }> {
  return reading(r, cwd, async (git) => {
    const entries = [...(await git.tree(r.head()).paths())];
    return { lines: entries.map(asLine), started: git.spawned() };
  });
}

async function reading<Value>(r: Repo, cwd: string, read: (git: Git) => Promise<Value>): Promise<Value> {
  const git = readGit({ cwd, vars: r.env });
  try {
    return await read(git);
  } finally {
    git.close();
  }
}

const bytesOf = ({ path, pathBytes }: Pick<Entry, 'path' | 'pathBytes'>) =>
  pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes, 'base64');
const asLine = (entry: Entry) => `${entry.mode} ${entry.oid} ${bytesOf(entry).toString('latin1')}`;

/** What must be listed, in the order of bytes. */
function expected(r: Repo, lines: Line[]): string[] {
  const blob = r.feed('x', 'hash-object', '--stdin');
  const sorted = lines.toSorted((a, b) => Buffer.compare(a.path, b.path));
  return sorted.map(({ path, mode }) => `${mode} ${blob} ${path.toString('latin1')}`);
}

describe('a whole tree is what git lists', () => {
  it.each(['sha1', 'sha256'] as const)('from the index that holds it, %s', async (format) => {
    const r = story(hostile, format);
    expect(await list(r)).toEqual({ lines: expected(r, hostile), started: 1 });
  });

  it('without an index, in a bare clone', async () => {
    const r = story(hostile.filter(({ mode }) => mode !== '160000')).clone('--bare');
    expect(await list(r)).toEqual({
      lines: expected(
        r,
        hostile.filter(({ mode }) => mode !== '160000'),
      ),
      started: 2,
    });
  });

  it('of no file', async () => {
    expect(await list(story([]))).toMatchObject({ lines: [] });
  });

  it('for any names', async () => {
    const name = fc
      .stringMatching(/^[^\0/]{1,12}$/)
      .filter((text) => !/^\.{1,2}$|^\.git$/i.test(text) && Buffer.from(text).toString() === text);
    const paths = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 3 }), {
      selector: (parts) => parts[0]?.toLowerCase(),
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(paths, async (all) => {
        const lines = all.map((parts) => file(parts.join('/')));
        const r = story(lines);
        expect(await list(r)).toEqual({ lines: expected(r, lines), started: 1 });
      }),
      { numRuns: 15 },
    );
  });
});

describe('an index is believed where git has kept the very tree in it', () => {
  const plain = ['a/b.py', 'a/c.py', 'd.py'].map((path) => file(path));
  const cases: [string, number, (r: Repo) => unknown][] = [
    ['as committed', 1, () => {}],
    ['with a file staged', 1, (r) => stage(r, [file('new')])],
    ['with a file staged and taken back', 1, (r) => stage(r, [file('new')]).git('read-tree', 'HEAD')],
    ['with a file removed', 1, (r) => r.git('rm', '-q', '--cached', 'a/b.py')],
    ['with an intent to add', 1, (r) => r.write({ later: 'x' }).git('add', '-N', 'later')],
    ['with a file that is skipped in the work tree', 1, (r) => skipped(r)],
    ['with a conflict', 2, (r) => stage(r, [file('d.py')], ' 1')],
    ['of format 4', 2, (r) => r.git('update-index', '--index-version', '4')],
    ['that is split', 2, (r) => r.git('update-index', '--split-index')],
    ['that is sparse', 2, (r) => sparse(r)],
    ['of another commit', 1, (r) => r.git('read-tree', stage(r, [file('other')]).git('write-tree'))],
    ['with nothing of it', 1, (r) => r.git('read-tree', '--empty')],
    ['with a folder in the place of a file', 1, (r) => inPlace(r, 'd.py', 'd.py/x')],
    ['with a file in the place of a folder', 1, (r) => inPlace(r, 'a', 'a')],
    ['that is no index', 2, (r) => r.write({ '.git/index': 'DIRC' })],
    ['that is cut off', 2, (r) => r.write({ '.git/index': '' })],
    ['that is a pipe', 2, (r) => r.remove('.git/index') && mkfifo(r)],
    ['that is not there', 2, (r) => r.remove('.git/index')],
  ];
  it.each(cases)('%s: %i processes', async (_, started, change) => {
    const r = story(plain);
    change(r);
    expect(await list(r)).toEqual({ lines: expected(r, plain), started });
  });

  it('whatever is staged beside it', async () => {
    const r = story(hostile);
    const { path } = hostile[4] ?? file('');
    stage(r, [file('ab/new'), file('b/new'), file('日本/新')]).feed(
      `${path}\0`,
      'update-index',
      '-z',
      '--force-remove',
      '--stdin',
    );
    const lines = expected(r, hostile);
    expect(await list(r)).toEqual({ lines, started: 1 });
    r.git('write-tree');
    expect(await list(r)).toEqual({ lines, started: 1 });
  });

  it('not where its trees are of other entries', async () => {
    const r = story(plain);
    const index = join(r.dir, '.git/index');
    const bytes = readFileSync(index);
    const at = bytes.indexOf('TREE') + 8;
    expect(bytes.toString('latin1', at, at + 5)).toBe('\x003 1\n');
    for (const wrong of ['2 1', '4 1', '3 2']) {
      bytes.write(wrong, at + 1);
      writeFileSync(index, bytes);
      expect(await list(r)).toMatchObject({ lines: expected(r, plain) });
    }
  });

  it('nor asked for one folder after the other where it has hundreds of them no more', async () => {
    const many = Array.from({ length: 300 }, (_, i) => file(`d${i}/x`));
    const r = story(many);
    r.git('read-tree', '--empty');
    expect(await list(r)).toEqual({ lines: expected(r, many), started: 2 });
  });

  it('in a linked worktree, from a folder below, by GIT_DIR and by GIT_INDEX_FILE', async () => {
    const r = story(plain);
    const lines = expected(r, plain);
    expect(await list(r.worktree('linked'))).toEqual({ lines, started: 1 });
    r.write({ 'a/b/x': '' });
    expect(await list(r, join(r.dir, 'a/b'))).toEqual({ lines, started: 1 });
    expect(await list(r.with({ GIT_DIR: join(r.dir, '.git') }), join(r.dir, '..'))).toEqual({ lines, started: 1 });

    cpSync(join(r.dir, '.git/index'), join(r.dir, '.git/other'));
    stage(r, [file('staged')]);
    expect(await list(r.with({ GIT_INDEX_FILE: '.git/other' }))).toEqual({ lines, started: 1 });
    expect(await list(r.with({ GIT_INDEX_FILE: '.git/none' }))).toEqual({ lines, started: 2 });
  });
});

describe('what is looked up', () => {
  it('is the same in the whole tree as in single tree objects', async () => {
    const r = story(hostile);
    const paths = hostile.flatMap(({ path }) => beginnings(path.toString()));
    const asked = [...new Set([...paths, 'a/b', 'nothing', '', 'ab/', 'deep/x', 'caf\\xE9', 'caf\\xE9/x', '\\xE9'])];
    const look = (git: Git) => {
      const tree = git.tree(r.head());
      return Promise.all(asked.map(async (path) => [path, await tree.entry(path), path && (await tree.list(path))]));
    };
    const single = await reading(r, r.dir, look);
    const whole = await reading(r, r.dir, async (git) => {
      await git.tree(r.head()).paths();
      return look(git);
    });
    expect(whole).toEqual(single);
  });

  it('has the modes that git takes those of old and hostile trees for', async () => {
    const r = story([file('d/a')]);
    const raw = (mode: string, rev: string, name: string) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(r.git('rev-parse', rev), 'hex')]);
    const lines = [
      ...['100664', '100600', '100700', '120777', '160755'].map((mode) => raw(mode, 'HEAD:d/a', `a${mode}`)),
      ...['40755', '040000'].map((mode) => raw(mode, 'HEAD:d', `d${mode}`)),
    ];
    const tree = r.feed(Buffer.concat(lines), 'hash-object', '-w', '-t', 'tree', '--literally', '--stdin');
    r.git('update-ref', 'HEAD', r.git('commit-tree', '-m', 'old', tree));
    const told = r.git('ls-tree', '-r', 'HEAD').replace(/ \w+ (\w+)\t/g, ' $1 ');
    expect(await list(r)).toEqual({ lines: told.split('\n'), started: 1 });
    r.remove('.git/index');
    expect(await list(r)).toEqual({ lines: told.split('\n'), started: 2 });
  });

  it('is found in trees that no git command makes, too', async () => {
    const r = story([file('a'), file('b')]);
    const [a = '', b = ''] = r.git('ls-tree', 'HEAD').split('\n');
    const raw = (line: string) => [Buffer.from(`100644 ${line.slice(-1)}\0`), Buffer.from(line.slice(12, 52), 'hex')];
    const tree = r.feed(
      Buffer.concat([raw(b), raw(a), raw(b)].flat()),
      ...['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'],
    );
    r.git('update-ref', 'HEAD', r.git('commit-tree', '-m', 'hostile', tree));
    expect((await list(r)).lines).toEqual([
      `100644 ${b.slice(12, 52)} b`,
      `100644 ${a.slice(12, 52)} a`,
      `100644 ${b.slice(12, 52)} b`,
    ]);
    await reading(r, r.dir, async (git) => {
      const listing = await git.tree(r.head()).paths();
      expect(Array.from(listing, ({ path }) => path)).toEqual(['b', 'a', 'b']);
      expect(listing.mayCollide()).toBe(true);
      expect(await git.tree(r.head()).entry('a')).toMatchObject({ path: 'a' });
    });
  });
});

function beginnings(path: string): string[] {
  const parts = path.split('/').slice(0, 5);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

function inPlace(r: Repo, before: string, after: string): void {
  r.git('rm', '-q', '-r', '--cached', before);
  stage(r, [file(after)]);
}

function skipped(r: Repo): void {
  r.git('update-index', '--skip-worktree', 'd.py');
  // The index forgets what tree it is, and writing one reminds it; entries now have more flags, format 3.
  r.git('write-tree');
}

function sparse(r: Repo): void {
  r.git('config', 'index.sparse', 'true');
  r.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'a');
}

function mkfifo(r: Repo): void {
  execFileSync('mkfifo', [join(r.dir, '.git/index')]);
}
