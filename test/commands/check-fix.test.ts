import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/report/index.js';
import { run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { exec, type Repo, repo, type Story, symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

interface Document {
  findings: { rule: string; file: string }[];
  fixed: { file: string; what: string }[];
  unfixed: { file: string; why: string }[];
}

function fix(r: Repo, ...args: string[]) {
  const result = run(r.dir, ['check', '--fix', '--json', ...args], { env: r.env });
  const { findings, fixed, unfixed } = result.json() as Document;
  return { code: result.code, stderr: result.stderr, findings, fixed: fixed?.map(({ file }) => file), unfixed };
}

const atCommit = ['--stage', 'pre-commit'];
const bytes = (r: Repo, path: string) => readFileSync(join(r.dir, path));
const staged = (r: Repo, path: string) => r.git('cat-file', 'blob', `:${path}`);
const entries = (r: Repo) => r.git('ls-files', '--stage').split('\n');

const version =
  'INBOX_CORE_VERSION=1.0.0\nCOMMON_DEPS_VERSION=1.0.0\nINGEST_VERSION=1.0.0\nNORMALIZE_SCORE_VERSION=1.0.0';
/** One of each that can be mended. */
const bad: Story = {
  '.gitignore': '*.zip\n__pycache__/\n',
  '.build/layers/inbox-core-1.0.0.zip': 'PK',
  '.BUILD/x': 'x',
  VERSION: `\ufeff${version.replaceAll('\n', '\r\n')}`,
};
const mendedFiles = ['.BUILD/x', '.build/layers/inbox-core-1.0.0.zip', '.gitignore', 'VERSION'];

describe('check --fix', () => {
  it('mends all that needs no judgement, says what, and has the last word on what is left', () => {
    const r = exampleRepo().stage({ ...bad, 'x_arn.txt': 'arn' });
    const { code, findings, fixed, unfixed } = fix(r, ...atCommit);
    expect([code, findings.map(({ file }) => file), fixed, unfixed]).toEqual([1, ['x_arn.txt'], mendedFiles, []]);
    expect(staged(r, 'VERSION')).toBe(version);
    expect(staged(r, '.gitignore')).toMatch(
      /^\*\.zip\n__pycache__\/\n\n#.*\n\/\.build\/\*\n!\/\.build\/README\.md\n!\/layer_management\/archive\/\n/,
    );
    expect([r.read('.build/layers/inbox-core-1.0.0.zip'), r.read('.BUILD/x')]).toEqual(['PK', 'x']);
    r.stage({ 'x_arn.txt': null }).commit('mended');
    expect(run(r.dir, ['check'], { env: r.env }).code).toBe(0);
    expect(r.git('status', '--porcelain')).toBe('?? .BUILD/');
    expect(r.git('check-ignore', '-v', '.build/layers/inbox-core-1.0.0.zip')).toContain('/.build/*');
    r.write({ 'layer_management/archive/2026-01/inbox-core-0.9.0.zip': 'PK' }).git('add', 'layer_management');
    expect(r.git('diff', '--cached', '--name-only')).toBe('layer_management/archive/2026-01/inbox-core-0.9.0.zip');
  });

  it('a second time does nothing', () => {
    const r = exampleRepo().stage(bad);
    expect(fix(r, ...atCommit).code).toBe(0);
    const before = [bytes(r, '.git/index'), bytes(r, 'VERSION'), bytes(r, '.gitignore')];
    expect(fix(r, ...atCommit)).toMatchObject({ code: 0, fixed: [], unfixed: [] });
    expect([bytes(r, '.git/index'), bytes(r, 'VERSION'), bytes(r, '.gitignore')]).toEqual(before);
  });

  it('without a stage looks at the whole index, staged or committed', () => {
    const r = exampleRepo().commit('bad', bad);
    expect(fix(r)).toMatchObject({ code: 0, fixed: mendedFiles });
    expect(run(r.dir, ['check'], { env: r.env }).code).toBe(1);
    r.commit('mended');
    expect(run(r.dir, ['check'], { env: r.env }).code).toBe(0);
  });

  it('mends what was asked about, and nothing else', () => {
    const r = exampleRepo().stage(bad);
    expect(fix(r, ...atCommit, '--rule', 'version-file').fixed).toEqual(['VERSION']);
    expect(fix(r, ...atCommit, '.BUILD').fixed).toEqual(['.BUILD/x']);
    expect(fix(r, ...atCommit, join(r.dir, '.gitignore')).fixed).toEqual(['.gitignore']);
    expect(fix(r, ...atCommit).fixed).toEqual(['.build/layers/inbox-core-1.0.0.zip']);
  });

  it('leaves alone what is let pass', () => {
    const r = exampleRepo();
    const waivers = [{ rule: 'version-file', file: 'VERSION', reason: 'agreed', until: '2126-01-31' }];
    r.stage({
      VERSION: bad.VERSION ?? null,
      '.build/x': 'x',
      '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), waivers }),
    });
    const skipping = r.with({ LAYER_POLICY_SKIP: 'no-build-commits' });
    expect(fix(skipping, ...atCommit)).toMatchObject({ code: 0, fixed: [], unfixed: [] });
  });

  it('mends names of any bytes, and nothing but them', () => {
    const r = exampleRepo();
    const blob = r.feed('x', 'hash-object', '-w', '--stdin');
    const names = ['*', '-rf', ':(top)x', 'a\nb', 'tab\t', 'é'].map((name) => Buffer.from(`.build/${name}`));
    const all = [...names, Buffer.from([...Buffer.from('.build/'), 0xff])];
    const entry = (path: Buffer) => Buffer.concat([Buffer.from(`100644 ${blob}\t`), path, Buffer.from([0])]);
    const before = entries(r);
    r.feed(Buffer.concat(all.map(entry)), 'update-index', '-z', '--index-info');
    expect(fix(r, ...atCommit, '--rule', 'no-build-commits')).toMatchObject({ code: 0, unfixed: [] });
    expect(entries(r)).toEqual(before);
  });

  it('keeps modes, in the index and on disk', () => {
    const r = exampleRepo().stage({ VERSION: exec(`${version}\r\n`) });
    expect(fix(r, ...atCommit).code).toBe(0);
    expect(r.git('ls-files', '--stage', 'VERSION')).toMatch(/^100755 /);
    expect(lstatSync(join(r.dir, 'VERSION')).mode & 0o777).toBe(0o755);
  });

  it.each([
    [
      'before the first commit',
      () => repo().stage({ '.layerpolicyrc.json': '{"layers": {}}', '.gitignore': 'x', '.build/x': 'x' }),
    ],
    [
      'in a repository of SHA-256',
      () => {
        const r = repo({ objectFormat: 'sha256' }).commit('policy', {
          '.layerpolicyrc.json': '{"layers": {}}',
          '.gitignore': '/.build/\n',
        });
        return r.stage({ '.gitignore': 'x', '.build/x': 'x' });
      },
    ],
    ['in a linked worktree', () => exampleRepo().worktree('side').stage({ '.gitignore': 'x', '.build/x': 'x' })],
  ])('works %s', (_, story) => {
    const r = story();
    expect(fix(r, ...atCommit)).toMatchObject({ code: 0, fixed: ['.build/x', '.gitignore'] });
    expect(r.git('diff', '--name-only')).toBe('');
  });
});

describe('work that is not staged', () => {
  it('stays as it is, byte for byte', () => {
    const r = exampleRepo().commit('more', { 'a.txt': 'a\n', 'b.txt': 'b\n', 'run.sh': exec('#!/bin/sh\n') });
    r.stage({ ...bad, 'b.txt': 'b2\n' }).write({
      'a.txt': 'a2\n',
      'b.txt': 'b3\r\n',
      'loose.txt': 'l',
      'later.txt': 'x',
    });
    r.git('add', '-N', 'later.txt');
    r.git('update-index', '--chmod=-x', 'run.sh');
    const look = () => [
      ...['a.txt', 'b.txt', 'loose.txt', 'later.txt', 'run.sh'].map((path) => bytes(r, path)),
      r.git('diff', '--', 'a.txt', 'b.txt', 'later.txt', 'run.sh'),
      r.git('diff', '--cached', '--', 'a.txt', 'b.txt', 'later.txt', 'run.sh'),
      entries(r).filter((line) => !/VERSION|\.gitignore|\.build/i.test(line)),
    ];
    const before = look();
    expect(fix(r, ...atCommit).code).toBe(0);
    expect(look()).toEqual(before);
  });

  it('in the very files stays unstaged, and is mended by itself', () => {
    const r = exampleRepo()
      .stage(bad)
      .write({ '.gitignore': '*.zip\nmine\n', VERSION: `\ufeff${version}\n# mine` });
    expect(fix(r, ...atCommit).code).toBe(0);
    expect([staged(r, '.gitignore').includes('mine'), staged(r, 'VERSION').includes('mine')]).toEqual([false, false]);
    expect(r.read('.gitignore')).toMatch(/^\*\.zip\nmine\n\n#.*\n\/\.build\/\*\n/);
    expect(r.read('VERSION')).toBe(`${version}\n# mine\n`);
    r.commit('mended');
    expect(r.git('diff', '--stat')).toContain('2 files changed');
  });

  it('that removed them leaves them removed', () => {
    const r = exampleRepo().stage(bad).remove('VERSION', '.gitignore');
    expect(fix(r, ...atCommit).code).toBe(0);
    expect([r.exists('VERSION'), r.exists('.gitignore'), staged(r, 'VERSION')]).toEqual([false, false, version]);
  });

  it('may be a .gitignore that was never added', () => {
    const r = exampleRepo().stage({ '.gitignore': null }).write({ '.gitignore': 'mine\n' });
    expect(fix(r, ...atCommit)).toMatchObject({ code: 0, fixed: ['.gitignore'] });
    expect([staged(r, '.gitignore').includes('mine'), r.read('.gitignore').startsWith('mine\n\n#')]).toEqual([
      false,
      true,
    ]);
  });

  it('is made, where there is none', () => {
    const r = exampleRepo().stage({ '.gitignore': null });
    expect(fix(r, ...atCommit).code).toBe(0);
    expect([r.read('.gitignore').trimEnd(), r.git('status', '--porcelain')]).toEqual([
      staged(r, '.gitignore'),
      'M  .gitignore',
    ]);
  });
});

describe('what cannot be mended', () => {
  const ignore = { '.gitignore': '*.pyc\n' };

  it.each([
    ['a link in the index', (r: Repo) => r.stage({ '.gitignore': symlink('README.md') }), 'it is no regular file'],
    ['a link on disk', (r: Repo) => r.stage(ignore).write({ '.gitignore': symlink('README.md') }), 'a link on disk'],
    [
      'undone elsewhere',
      (r: Repo) => r.stage({ '.gitignore': '/.build/*\n!/.build/README.md\n', '.build/.gitignore': '!x' }),
      'another file',
    ],
  ])('is named, and left as it is: %s', (_, story, why) => {
    const r = story(exampleRepo());
    const before = [r.git('ls-files', '--stage', '.gitignore'), r.read('README.md'), r.read('.gitignore')];
    const { code, unfixed } = fix(r, ...atCommit, '.gitignore');
    expect([code, unfixed]).toEqual([1, [{ file: '.gitignore', why: expect.stringContaining(why) }]]);
    expect([r.git('ls-files', '--stage', '.gitignore'), r.read('README.md'), r.read('.gitignore')]).toEqual(before);
  });

  it('is a merge that somebody is in the middle of', () => {
    const r = exampleRepo();
    r.branch('theirs').commit('theirs', { '.gitignore': 'theirs\n', '.build/x': 'theirs' });
    r.branch('develop').commit('mine', { '.gitignore': 'mine\n', '.build/x': 'mine' });
    r.tryGit('merge', 'theirs');
    const before = entries(r);
    const { code, unfixed } = fix(r);
    expect([code, unfixed.map(({ file, why }) => `${file}: ${why}`)]).toEqual([
      1,
      ['.build/x: its merge is not resolved', '.gitignore: its merge is not resolved'],
    ]);
    expect(entries(r)).toEqual(before);
  });
});

describe('in a hook', () => {
  const hooked = (r: Repo) =>
    withCli(r).write({
      '.git/hooks/pre-commit': exec('#!/bin/sh\nexec layer-policy check --stage pre-commit --fix\n'),
    });

  it('git commit commits what was mended', () => {
    const r = hooked(exampleRepo()).stage(bad);
    r.git('commit', '-q', '-m', 'mended by the hook');
    expect(run(r.dir, ['check'], { env: r.env }).code).toBe(0);
    expect(r.git('show', '--format=', '--name-only')).toBe('.gitignore\nVERSION');
    expect(r.git('status', '--porcelain')).toBe('?? .BUILD/');
  });

  it.each([
    ['-a'],
    ['-i', 'VERSION'],
    ['--', 'VERSION', '.gitignore'],
  ])('git commit %s holds the index: it is refused, and says what to run', (...args) => {
    const r = hooked(exampleRepo().commit('known', { 'a.txt': 'a' })).write({
      VERSION: bad.VERSION ?? null,
      '.gitignore': '*.pyc\n',
    });
    r.git('add', '.gitignore');
    const before = [bytes(r, '.git/index'), bytes(r, 'VERSION'), bytes(r, '.gitignore'), r.head()];
    const { code, stdout, stderr } = r.tryGit('commit', '-m', 'held', ...args);
    expect([code, stdout + stderr]).toEqual([
      1,
      expect.stringMatching(/not fixed .*VERSION.*: git holds the index.*git add.*check --stage pre-commit --fix/),
    ]);
    expect([bytes(r, '.git/index'), bytes(r, 'VERSION'), bytes(r, '.gitignore'), r.head()]).toEqual(before);
    expect(r.exists('.git/index.lock')).toBe(false);
  });
});

describe('nothing is half done', () => {
  const look = (r: Repo) => [bytes(r, '.git/index'), bytes(r, 'VERSION'), bytes(r, '.gitignore')];

  it('while another git holds the index', () => {
    const r = exampleRepo().stage(bad);
    const before = look(r);
    writeFileSync(join(r.dir, '.git/index.lock'), '');
    const { code, stderr } = fix(r, ...atCommit);
    expect([code, stderr]).toEqual([4, expect.stringContaining('index.lock')]);
    expect(look(r)).toEqual(before);
    expect(run(r.dir, ['check', ...atCommit], { env: r.env }).code).toBe(1);
    rmSync(join(r.dir, '.git/index.lock'));
    expect(fix(r, ...atCommit).code).toBe(0);
  });

  /** A git that does this instead of writing the index. */
  function withGit(r: Repo, instead: string): Repo {
    const folder = tempFolder('git');
    const real = r.env.PATH?.split(delimiter).find((path) => existsSync(join(path, 'git')));
    writeFileSync(
      join(folder, 'git'),
      `#!/bin/sh\ncase " $* " in *" update-index "*) ${instead} ;; esac\nexec '${real}/git' "$@"\n`,
      { mode: 0o755 },
    );
    return r.with({ PATH: [folder, r.env.PATH].join(delimiter) });
  }

  it('where git cannot write the index, after all', () => {
    const r = exampleRepo().stage({ ...bad, '.gitignore': null });
    const before = [bytes(r, '.git/index'), bytes(r, 'VERSION')];
    const locked = `echo "fatal: Unable to create '/x/index.lock': File exists." >&2; exit 128`;
    const { code, stderr } = fix(withGit(r, locked), ...atCommit);
    expect([code, stderr]).toEqual([4, expect.stringContaining('/x/index.lock')]);
    expect([bytes(r, '.git/index'), bytes(r, 'VERSION'), r.exists('.gitignore')]).toEqual([...before, false]);
  });

  it('and nothing of a run that was killed is left', () => {
    const r = exampleRepo().stage(bad).write({ '.0123456789ab.tmp': 'half', '.mine.tmp': 'mine' });
    expect(fix(r, ...atCommit).code).toBe(0);
    expect([r.exists('.0123456789ab.tmp'), r.exists('.mine.tmp')]).toEqual([false, true]);
  });

  it('that the next run does not finish, when this one is killed between files and index', () => {
    const [killed, whole] = [exampleRepo().stage(bad), exampleRepo().stage(bad)];
    expect(
      run(withGit(killed, 'kill -9 $PPID; exit 1').dir, ['check', '--fix', ...atCommit], {
        env: withGit(killed, 'kill -9 $PPID; exit 1').env,
      }).code,
    ).toBe(137);
    expect(bytes(killed, 'VERSION')).not.toEqual(Buffer.from(String(bad.VERSION)));
    for (const r of [killed, whole]) expect(fix(r, ...atCommit)).toMatchObject({ code: 0, fixed: mendedFiles });
    expect(entries(killed)).toEqual(entries(whole));
    expect([bytes(killed, 'VERSION'), bytes(killed, '.gitignore')]).toEqual([
      bytes(whole, 'VERSION'),
      bytes(whole, '.gitignore'),
    ]);
    expect(killed.git('status', '--porcelain')).toBe(whole.git('status', '--porcelain'));
  });
});

it('runs no filter, no hook and no program that the repository names', () => {
  const r = exampleRepo().stage(bad);
  const ran = join(r.dir, '..', `ran-${Date.now()}`);
  const spy = exec(`#!/bin/sh\necho "$0" >> '${ran}'\ncat\n`);
  r.write({
    'spy.sh': spy,
    '.git/hooks/post-index-change': spy,
    '.git/info/attributes': '* filter=spy diff=spy text eol=crlf\n',
  });
  for (const key of ['filter.spy.clean', 'filter.spy.smudge', 'core.fsmonitor', 'diff.spy.textconv'])
    r.git('config', key, join(r.dir, 'spy.sh'));
  expect(fix(r, ...atCommit).code).toBe(0);
  expect([existsSync(ran), staged(r.with({}), 'VERSION')]).toEqual([false, version]);
});

describe('usage', () => {
  it.each([
    [['--from', 'HEAD~1'], '--fix mends index and files on disk, so it goes without --from'],
    [['--to', 'HEAD'], 'without --to'],
    [['--update-baseline'], 'without --update-baseline'],
    [['--stage', 'ci'], 'stage ci judges commits'],
    [['--stage', 'release'], 'stage release judges commits'],
    [['--stage', 'pre-push'], 'stage pre-push judges commits'],
  ])('--fix goes not with %j', (args, says) => {
    const r = exampleRepo().commit('bad', bad);
    const before = bytes(r, '.git/index');
    expect(fix(r, ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
    expect(bytes(r, '.git/index')).toEqual(before);
  });

  it('nor into a CI job, nor into a repository without files', () => {
    const r = exampleRepo().commit('bad', bad);
    expect(fix(r.with({ CI: 'true' }))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('stage ci judges commits'),
    });
    expect(fix(r.clone('--bare'))).toMatchObject({ code: 2, stderr: expect.stringContaining('it is bare') });
  });
});

it.each(['pretty', ...Object.keys(formats)])('--format %s says what was mended, and what was not', (format) => {
  const r = exampleRepo().stage({ ...bad, VERSION: symlink('README.md'), '.gitignore': symlink('README.md') });
  const { stdout } = run(r.dir, ['check', '--fix', ...atCommit, '--format', format], { env: r.env });
  const said = stdout.replaceAll('`', '').replaceAll('%2C', ',');
  expect(said).toContain('taken out of the index, kept on disk');
  expect(said).toContain('it is no regular file');
});
