import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Content, type Repo, symlink } from '../kit/repo.js';
import { judging, policy } from './judging.js';

const file = 'src_v2/requirements.txt';
const rule = 'pinned-requirements';
const hash = `--hash=sha256:${'0'.repeat(64)}`;
const staged = (content: Content) => exampleRepo().stage({ [file]: content });
const said = (r: Repo, ...args: string[]) => judging(r, rule, ...args).map(({ line, message }) => `${line} ${message}`);

it('a file that is declared and not there is told, however that came about', () => {
  const missing = 'null this file is not there, and common-deps is built from it';
  const r = exampleRepo();
  const before = r.head();
  r.commit('gone', { [file]: null });
  expect(said(r, '--stage', 'all')).toEqual([missing]);
  expect(said(r, '--from', before)).toEqual([missing]);
  const renamed = exampleRepo();
  const text = renamed.read('.layerpolicyrc.json').replace(file, 'src_v2/requirments.txt');
  expect(said(renamed.stage({ '.layerpolicyrc.json': text }), '--stage', 'pre-commit')).toEqual([missing]);
});

describe('in the requirements of a layer', () => {
  it('what leaves version or origin open is told at its line', () => {
    const r = staged(
      [
        '# comment',
        'requests==2.32.5',
        'PyYAML>=6',
        'idna==3.*',
        '--extra-index-url \\',
        '  https://user:secret@host/simple',
        'certifi @ https://user:secret@host/certifi.whl',
        '-e ./local',
        '-r ../other.txt',
        'soupsieve==2.8 --config-settings x=y',
        'urllib3==2.5.0 \\ ',
        '',
      ].join('\n'),
    );
    const expected = [
      '3 PyYAML>=6 may be another version tomorrow',
      '4 idna==3.* may be another version tomorrow',
      '5 --extra-index-url takes packages from elsewhere than every build does',
      '7 certifi is taken from an address or a folder, where other bytes can lie tomorrow',
      '8 -e installs a work tree, which no commit pins',
      '9 -r brings in another file, and a change in that file would raise no version',
      '10 --config-settings is no option a layer is built with',
      '11 a backslash continues a line only as its very last character',
    ];
    expect(said(r, '--stage', 'pre-commit')).toEqual(expected);
    expect(said(r.commit('bad'), '--stage', 'all')).toEqual(expected);
    expect(said(r, '--from', 'HEAD~1')).toEqual(expected);
    const all = run(r.dir, ['check', '--stage', 'all'], { env: r.env });
    expect(all.code).toBe(1);
    expect(all.stdout).not.toContain('secret');
    expect(judging(r, rule, '--stage', 'all')[0]).toMatchObject({ file, layer: 'common-deps', severity: 'error' });
  });

  it('a lock is asked for by the policy, by the file, or by a hash in it', () => {
    const r = staged(`requests==2.32.5\nidna==3.10 ${hash}\n`);
    expect(said(r, '--stage', 'pre-commit')).toEqual([
      '1 requests has no hash, and pip takes a file with hashes only when all have one',
    ]);
    r.stage({ [file]: '--require-hashes\nidna==3.10\n' });
    expect(said(r, '--stage', 'pre-commit')).toEqual(['2 idna has no hash, and --require-hashes asks for one']);
    policy(r, { rules: { [rule]: ['error', { hashes: true }] } }).stage({ [file]: 'idna==3.10\n' });
    expect(said(r, '--stage', 'pre-commit')).toEqual(['1 idna has no hash, and the policy asks for a lock']);
    r.stage({ [file]: `idna==3.10 \\\n    ${hash} \\\n    ${hash}\n    # via\n` });
    expect(said(r, '--stage', 'pre-commit')).toEqual([]);
  });

  it('a lock beside it has the hashes, and is judged as it is', () => {
    const r = staged('idna==3.10\n');
    policy(r, { rules: { [rule]: ['error', { hashes: true }] } }).commit('a lock is asked for');
    expect(said(r, '--stage', 'all')).toEqual(['1 idna has no hash, and the policy asks for a lock']);
    r.stage({ 'src_v2/requirements.lock': `idna==3.10 ${hash}\n` });
    expect(said(r.commit('lock'), '--stage', 'all')).toEqual([]);
    r.stage({ 'src_v2/requirements.lock': `--index-url https://elsewhere\nidna==3.10 ${hash}\nrequests==2.32.5\n` });
    const expected = [
      '1 --index-url takes packages from elsewhere than every build does',
      '3 requests has no hash, and the policy asks for a lock',
    ];
    expect(said(r, '--stage', 'pre-commit')).toEqual(expected);
  });

  it('a change of the policy judges a file that was there before', () => {
    const r = staged('requests>=2\n').commit('bad').stage({ 'docs/a.md': 'a' });
    expect(said(r, '--stage', 'pre-commit')).toEqual([]);
    policy(r, { rules: { [rule]: 'warning' } });
    expect(said(r, '--stage', 'pre-commit')).toEqual(['1 requests>=2 may be another version tomorrow']);
  });

  it.each<[string, Content, string]>([
    ['2 MiB', ' '.repeat(2 * 1024 * 1024), 'null it is larger than 1 MiB'],
    ['UTF-16', Buffer.from('\ufeffa==1\n', 'utf16le'), 'null it is UTF-16, as PowerShell writes it; save it as UTF-8'],
    ['NUL', 'a==1\n\0', 'null it holds a NUL byte'],
    ['a byte order mark', '\ufeffa==1\n', 'null it begins with a byte order mark'],
  ])('%s is told in one finding', (_, content, expected) => {
    expect(said(staged(null).stage({ [file]: content }), '--stage', 'pre-commit')).toEqual([expected]);
  });

  it('Windows line ends are no fault', () => {
    expect(said(staged('requests==2.32.5\r\n'), '--stage', 'pre-commit')).toEqual([]);
  });

  it.each<[string, Content]>([
    ['a link', symlink('/etc/hostname')],
    ['the stand-in of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'],
  ])('%s is left to layer-source', (_, content) => {
    const r = staged(null).stage({ [file]: content });
    expect(said(r, '--stage', 'pre-commit')).toEqual([]);
    expect(judging(r, 'layer-source', '--stage', 'pre-commit')).toHaveLength(1);
  });
});

it.each([
  ['--index-url https://host', 'requests==2.32.5\n'],
  ['-e . \\\n  # note', 'requests==2.32.5\n'],
])('the command that takes %j out does so as it is copied', (line, left) => {
  const r = staged(`requests==2.32.5\n${line}\n`);
  const [finding] = judging(r, rule, '--stage', 'pre-commit');
  const command = /\(cd .*$/.exec(finding?.hint ?? '')?.[0] ?? 'false';
  expect(spawnSync('sh', ['-c', command], { cwd: `${r.dir}/src_v2/lambdas`, env: r.env }).stderr.toString()).toBe('');
  expect(r.read(file)).toBe(left);
  expect(r.exists(`${file}.bak`)).toBe(false);
});
