import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';
import { type Repo, type Story, symlink } from '../kit/repo.js';
import { judging, type Said } from './judging.js';

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;
const core = 'src_v2/inbox_core';

const findings = (r: Repo, ...args: string[]) => judging(r, 'layer-source', ...args);

/** As index, as range and as whole tree. */
function said(files: Story, before: (r: Repo) => unknown = () => {}): string[][] {
  const r = exampleRepo();
  before(r);
  const from = r.head();
  const told = (...args: string[]) => findings(r, ...args).map(({ file, message }) => `${file}: ${message}`);
  r.stage(files);
  const staged = told('--stage', 'pre-commit');
  r.git('commit', '-q', '-m', 'next');
  return [staged, told('--from', from), told('--stage', 'all')];
}

const always = (...lines: string[]) => [lines, lines, lines];

describe('what is no plain file', () => {
  it.each<[string, Story, string]>([
    ['a link in a source', { [`${core}/x.py`]: symlink('item.py') }, 'a symbolic link in the source of inbox-core'],
    [
      'a link in a function',
      { 'src_v2/lambdas/ingest/x.py': symlink('/etc/passwd') },
      'a symbolic link in the source of ingest',
    ],
    [
      'a pointer in a source',
      { [`${core}/model.bin`]: pointer },
      'a Git LFS pointer, not the file, in the source of inbox-core',
    ],
    [
      'a pointer in place of requirements',
      { 'src_v2/requirements.txt': pointer },
      'a Git LFS pointer, not the file, in place of the source of common-deps',
    ],
    ['a link in place of VERSION', { VERSION: symlink('VERSION.real') }, 'a symbolic link in place of VERSION'],
    [
      'a link in place of a manifest',
      { 'layer_management/active/inbox-core/manifest.json': symlink('/etc/hostname') },
      'a symbolic link in place of the manifest of inbox-core',
    ],
  ])('%s', (_, files, message) => {
    const [file] = Object.keys(files);
    expect(said(files)).toEqual(always(`${file}: ${message}`));
  });

  it('a submodule in a source', () => {
    const file = `${core}/vendor`;
    const add = (r: Repo) => r.git('update-index', '--add', '--cacheinfo', `160000,${r.head()},${file}`);
    const r = exampleRepo();
    add(r);
    expect(findings(r, '--stage', 'pre-commit')).toMatchObject([{ file, layer: 'inbox-core' }]);
    r.git('commit', '-q', '-m', 'vendor');
    expect(findings(r, '--stage', 'all')).toMatchObject([{ file, message: 'a submodule in the source of inbox-core' }]);
  });

  it.each([core, 'src_v2'])('a link in place of the folder %s', (folder) => {
    const remove = (r: Repo) => r.git('rm', '-r', '-q', '--cached', folder);
    const found = said({ [folder]: symlink('/tmp') }, remove);
    expect(found).toEqual(always(`${folder}: a symbolic link in place of the source of inbox-core`));
  });

  it('is told once where two layers lie in one source', () => {
    const r = exampleRepo();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    policy.layers.again = { ...policy.layers['inbox-core'], tag: 'again-v{version}', layerName: 'again-{env}' };
    r.stage({ '.layerpolicyrc.json': JSON.stringify(policy), [`${core}/x.py`]: symlink('item.py') });
    expect(findings(r, '--stage', 'pre-commit')).toHaveLength(1);
  });
});

describe('what is let be', () => {
  it.each<[string, Story]>([
    ['a link elsewhere', { 'docs/x': symlink('../VERSION') }],
    ['a link that is not packed', { [`${core}/.cache`]: symlink('/tmp'), [`${core}/__pycache__/x`]: symlink('/tmp') }],
    ['a file that begins like a pointer and is too large for one', { [`${core}/a.txt`]: pointer.padEnd(1025, '#') }],
    ['a pointer elsewhere', { 'docs/film.mp4': pointer }],
    ['a neighbour whose name begins alike', { 'src_v2/inbox_core_notes': symlink('inbox_core') }],
  ])('%s', (_, files) => expect(said(files)).toEqual(always()));

  it('a link that goes', () => {
    const r = exampleRepo().commit('bad', { [`${core}/x.py`]: symlink('item.py') });
    expect(findings(r.stage({ [`${core}/x.py`]: null }), '--stage', 'pre-commit')).toEqual([]);
  });

  it('at commit, what another commit brought; until the policy declares it', () => {
    const r = exampleRepo().commit('bad', { 'lib/new/x.py': symlink('y.py'), 'lib/new/y.py': 'y = 1\n' });
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    expect(findings(r.stage({ 'lib/new/y.py': 'y = 2\n' }), '--stage', 'pre-commit')).toEqual([]);
    policy.layers.fresh = { build: 'source', source: 'lib/new', versionKey: 'NEW_VERSION', layerName: 'new-{env}' };
    r.stage({ '.layerpolicyrc.json': JSON.stringify(policy) });
    expect(findings(r, '--stage', 'pre-commit')).toMatchObject([{ file: 'lib/new/x.py', layer: 'fresh' }]);
    r.git('commit', '-q', '-m', 'declare');
    expect(findings(r, '--from', 'HEAD~1')).toHaveLength(1);
  });
});

describe('the commands it prints', () => {
  const first = ({ hint }: Said) => /: (.*?); or /.exec(hint)?.[1] ?? 'false';
  const second = ({ hint }: Said) => /or take it out: (.*)$/.exec(hint)?.[1] ?? 'false';

  function runs(r: Repo, command: (finding: Said) => string): void {
    const [finding] = findings(r, '--stage', 'pre-commit');
    const line = finding ? command(finding) : 'echo no finding';
    const done = spawnSync('sh', ['-ec', line], { cwd: join(r.dir, 'src_v2'), env: r.env });
    expect([line, done.status, done.stderr.toString()]).toEqual([line, 0, '']);
    expect(findings(r, '--stage', 'pre-commit')).toEqual([]);
  }

  it('put the file, or the folder, in place of a link', () => {
    const r = exampleRepo().stage({ [`${core}/a b.py`]: symlink('item.py') });
    runs(r, first);
    expect(r.git('show', `:${core}/a b.py`)).toBe(r.git('show', `:${core}/item.py`));
    const other = exampleRepo().stage({ [`${core}/copy`]: symlink('scoring') });
    runs(other, first);
    expect(other.git('ls-files', '-s', `${core}/copy/keywords.py`)).toMatch(/^100644/);
  });

  it('put the files in place of a submodule', () => {
    const r = exampleRepo();
    const library = exampleRepo();
    const allowed = r.with({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'protocol.file.allow',
      GIT_CONFIG_VALUE_0: 'always',
    });
    allowed.git('submodule', '--quiet', 'add', library.dir, `${core}/vendor`);
    runs(r, first);
    expect(r.git('ls-files', '-s', `${core}/vendor/VERSION`)).toMatch(/^100644/);
  });

  it('put the file in place of a pointer', () => {
    const file = `${core}/a model.bin`;
    const r = exampleRepo();
    // What git-lfs is for git: a filter that keeps the file to itself and commits the pointer.
    r.git('config', 'filter.lfs.clean', `printf '${pointer.replaceAll('\n', '\\n')}'`);
    r.git('config', 'filter.lfs.required', 'true');
    r.stage({ '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n', [file]: 'the model\n' });
    expect(r.git('show', `:${file}`)).toBe(pointer.trimEnd());
    runs(r, (finding) => first(finding).replace(/git lfs pull --include \S+ \S+ && /, ''));
    expect(r.git('show', `:${file}`)).toBe('the model');
  });

  it.each([symlink('item.py'), pointer])('take it out', (content) => {
    runs(exampleRepo().stage({ [`${core}/$(touch pwned) 'x'`]: content }), second);
  });
});
