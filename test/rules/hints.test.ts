import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, symlink } from '../kit/repo.js';

const active = 'layer_management/active';
const archive = 'layer_management/archive';

interface Finding {
  file: string;
  pathBytes?: string;
  hint: string;
}

function findings(r: Repo, rule: string): Finding[] {
  const args = ['check', '--json', '--stage', 'pre-commit', '--now', '2026-01-31', '--rule', rule];
  return (run(r.dir, args, { env: r.env }).json() as { findings: Finding[] }).findings;
}

/** Runs the command that stands in a hint as somebody would who copies it. */
function follow(r: Repo, hint: string, { shell = 'sh', folder = '.' } = {}): void {
  const command = /(?:\(cd|git (?:rm|mv|checkout)|printf) [^\n]*?(?=; |, or |$)/.exec(hint)?.[0] ?? 'false';
  const done = spawnSync(shell, ['-c', command], { cwd: join(r.dir, folder), env: r.env });
  expect(done.status, `${command}\n${done.stderr}`).toBe(0);
}

/** Whatever the hint says, the command in it is run as it is copied, from wherever, and then the rule is content. */
describe.each(['.', 'src_v2/lambdas'])('copied in %s', (folder) => {
  it.each([
    ['no-build-commits', { '.build/x y': 'x' }],
    ['no-build-commits', { '.BUILD': symlink('/tmp') }],
    ['no-build-commits', { '.gitignore': '*.pyc' }],
    ['no-root-arn', { 'arn.txt': 'x' }],
    ['no-stray-zips', { 'docs/x y.zip': 'x' }],
    ['handler-shadow', { 'src_v2/lambdas/ingest/inbox_core/a b.py': '' }],
    ['semver-naming', { [`${archive}/2026-01/layer v6.zip`]: 'x' }],
    ['archive-age', { [`${archive}/2020-01/inbox-core-0.1.0.zip`]: 'x' }],
    ['archive-age', { [`${archive}/v 18/inbox-core-0.1.0.zip`]: 'x', [`${archive}/2026-01/README.md`]: 'x' }],
    ['archive-age', { [`${archive}/inbox-core-0.1.0.zip`]: 'x' }],
    ['layer-layout', { [`${active}/stray/a`]: 'x' }],
    ['layer-layout', Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`${active}/inbox-core/${i}.txt`, 'x']))],
    ['layer-layout', { [`${active}/inbox-core/python/a.py`]: 'x', [`${active}/inbox-core/python/b.py`]: 'x' }],
    ['layer-layout', { 'layer_management/experimental/x': 'x' }],
    ['version-file', { VERSION: null }],
    ['manifest-schema', { [`${active}/inbox-core/manifest.json`]: '{"version": "TO_BE_UPDATED"' }],
    ['safe-paths', { 'docs/con.txt': 'x' }],
  ])('the command that %s prints does what it says: %j', (rule, files) => {
    const manifest = { [`${active}/inbox-core/manifest.json`]: '{}' };
    const r = (rule === 'manifest-schema' ? exampleRepo().commit('manifest', manifest) : exampleRepo()).stage(files);
    const before = findings(r, rule);
    expect(before).toHaveLength(1);
    follow(r, before[0]?.hint ?? '', { folder });
    if (rule === 'no-build-commits') r.git('add', '.gitignore');
    expect(findings(r, rule)).toEqual([]);
    expect(r.read('.gitignore')).not.toMatch(/\*\.pyc\S/);
  });
});

/** Each is a name that a shell, git or a report would take for something else. */
const names = [
  ...['-rf', '--output=pwn', ':(top)x', ':x', ':!x', '*', '?', '[a-z]', '!x', '^x', '~x', '=x', '_x', '#x', '@x'],
  ...['a b', ' a', "it's", '"q"', '$HOME', '$(id)', '`id`', 'a;id', 'a|b', 'a&b', '<a>', '{a,b}', 'a\\b', '\\', '%s'],
  ...['a\nb', 'a\n', 'tab\tx', 'esc\u001b[31m', 'bell\u0007', 'csi\u009b31m', '\u202eb', '\u200b', 'été', '日本', '😀'],
  ...['##[error]', '::stop', "'", "\n'", '$\n(id)', '\n!!', 'x\u007f7', '\u00010'],
];

describe('names', () => {
  /** As hints are run one after the other, nothing but the named path may leave the index. */
  function followAll(r: Repo, rule: string, count: number, shell: string, needs = /^/): void {
    const listed = () => r.git('ls-files', '-z').split('\0');
    const told = findings(r, rule).filter(({ hint }) => needs.test(hint));
    expect(told.length).toBe(count);
    for (const { file, hint, pathBytes } of told) {
      const before = listed();
      follow(r, hint, { shell, folder: 'src_v2' });
      const path = pathBytes === undefined ? file : Buffer.from(pathBytes, 'base64').toString();
      expect(listed()).toEqual(before.filter((one) => one !== path));
      expect(before).toContain(path);
    }
  }

  it('in a folder: bash takes out each, and no other', () => {
    const r = exampleRepo().stage(Object.fromEntries(names.map((name) => [`.build/${name}`, 'x'])));
    followAll(r, 'no-build-commits', names.length, 'bash');
  });

  it('at the root, where they begin the word', () => {
    const files = Object.fromEntries(names.map((name) => [`${name}-arn.txt`, 'x']));
    followAll(exampleRepo().stage(files), 'no-root-arn', names.length, 'bash');
  });

  it('of one line need no more than the oldest shell', () => {
    const r = exampleRepo().stage(Object.fromEntries(names.map((name) => [`.build/${name}`, 'x'])));
    const shown = names.filter(
      (name) => /^[^\u0000-\u001f\u007f-\u009f\u200b\u202e]*$/.test(name) && name !== '##[error]',
    );
    followAll(r, 'no-build-commits', shown.length, 'dash', /^[^$]*(\$[^'][^$]*)*$/);
  });

  it('that are not UTF-8', () => {
    const r = exampleRepo();
    const blob = r.feed('x', 'hash-object', '-w', '--stdin');
    const entry = (path: Buffer) => Buffer.concat([Buffer.from(`100644 ${blob}\t`), path, Buffer.from([0])]);
    const paths = [[0xff], [0x61, 0xff, 0x37], [0xc3, 0x28]].map((bytes) =>
      Buffer.from([...Buffer.from('docs/'), ...bytes]),
    );
    r.feed(Buffer.concat(paths.map(entry)), 'update-index', '-z', '--index-info');
    const told = findings(r, 'safe-paths');
    expect(told.length).toBe(3);
    for (const { hint } of told) follow(r, hint, { shell: 'bash', folder: 'src_v2' });
    expect(findings(r, 'safe-paths')).toEqual([]);
  });

  it('are shown as they are run: whoever follows what is on screen is done in the end', () => {
    const r = exampleRepo().stage(Object.fromEntries(names.map((name) => [`.build/${name}`, 'x'])));
    const before = r.git('ls-files', '-z').split('\0').length;
    const screens: number[] = [];
    for (let round = 0; round < 10; round++) {
      const { code, stdout } = run(r.dir, ['check', '--stage', 'pre-commit', '--rule', 'no-build-commits'], {
        env: r.env,
      });
      if (code === 0) break;
      screens.push(stdout.split('\n').length);
      const [hint = ''] = stdout.split('\n').filter((line) => line.startsWith('  → Take it out'));
      follow(r, hint, { shell: 'bash', folder: 'src_v2' });
    }
    expect(r.git('ls-files', '-z').split('\0').length).toBe(before - names.length);
    expect(screens.length).toBe(Math.ceil(names.length / 30));
    expect(Math.max(...screens)).toBeLessThan(45);
  });
});
