import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cliPath, run, withCli } from '../kit/cli.js';
import { exec, type Repo, repo, type Story, symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

interface Document {
  plan: { path: string; action: string }[];
  written: string[];
  kept: string[];
  layers: string[];
  functions: string[];
  hooks: { path: string; state: string }[];
}

const python: Story = {
  'src/inbox_core/__init__.py': '',
  'src/inbox_core/feed.py': 'x = 1\n',
  'src/requirements.txt': 'requests==2.32.3\n',
  'src/lambdas/ingest/handler.py': 'def handler(event, context):\n    return {}\n',
};

const call = (r: Repo, ...args: string[]) => run(r.dir, ['init', ...args], { env: r.env });
function init(r: Repo, ...args: string[]): Document {
  const result = call(r, '--yes', '--json', ...args);
  expect(result.code, result.stderr + result.stdout).toBe(0);
  return result.json() as Document;
}
const hooks = ['pre-commit', 'pre-merge-commit', 'pre-push'].map((hook) => `.git/hooks/${hook}`);
/** Work-tree files that git would commit or has. */
const files = (r: Repo) => r.git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').sort();

/** The line on screen that commits what was written; the way a user takes it: by copying. */
function commitLine(stdout: string): string {
  const [, line] = /^ {4}(git add .*)$/m.exec(stdout) ?? [];
  return line ?? 'false';
}

describe('a fresh clone of a Python repository without package.json', () => {
  it('is set up by one command, and the line on screen commits it past the installed hooks', () => {
    const r = withCli(repo()).commit('one', python);
    const before = files(r);
    const result = call(r, '--yes');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const written = [
      '.build/README.md',
      '.gitignore',
      '.layerpolicyrc.json',
      'VERSION',
      'layer_management/README.md',
      'layer_management/active/.gitkeep',
      'layer_management/active/common-deps/README.md',
      'layer_management/active/inbox-core/README.md',
      'layer_management/archive/.gitkeep',
    ];
    expect(files(r)).toEqual([...before, ...written].sort());
    expect(r.read('VERSION').split('\n').slice(1)).toEqual([
      'INBOX_CORE_VERSION=0.1.0',
      'COMMON_DEPS_VERSION=0.1.0',
      'INGEST_VERSION=0.1.0',
      '',
    ]);
    expect(JSON.parse(r.read('.layerpolicyrc.json'))).toMatchObject({
      layers: { 'inbox-core': { source: 'src/inbox_core' }, 'common-deps': { source: 'src/requirements.txt' } },
      functions: { ingest: { layers: ['inbox-core', 'common-deps'] } },
    });
    const committed = spawnSync('sh', ['-c', commitLine(result.stdout)], { cwd: r.dir, env: r.env, encoding: 'utf8' });
    expect(committed.status, committed.stderr).toBe(0);
    expect(r.git('show', '--name-only', '--format=', 'HEAD').split('\n').sort()).toEqual(written);
    expect(r.git('status', '--porcelain')).toBe('');
    const check = run(r.dir, ['check', '--stage', 'all', '--json'], { env: r.env });
    expect(check.json()).toMatchObject({ ok: true, findings: [] });
  });

  it('has nothing left to write a second time', () => {
    const r = withCli(repo()).commit('one', python);
    const first = init(r);
    expect(first.written).toHaveLength(9);
    expect(first.hooks.map(({ path, state }) => `${state} ${path}`)).toEqual(hooks.map((path) => `installed ${path}`));
    const snapshot = files(r).map((path) => r.read(path));
    const again = call(r, '--json');
    expect(again.code).toBe(0);
    expect(again.json()).toMatchObject({ written: [], hooks: hooks.map((path) => ({ path, state: 'unchanged' })) });
    expect(files(r).map((path) => r.read(path))).toEqual(snapshot);
  });

  it('is looked at before its first commit and before its first git add, too', () => {
    const r = withCli(repo()).write({ ...python, '.venv/lib/pip/__init__.py': '', '.gitignore': '.venv/\n' });
    expect(init(r, '--dry-run')).toMatchObject({ layers: ['inbox-core', 'common-deps'], functions: ['ingest'] });
    r.git('add', '.');
    expect(init(r)).toMatchObject({ layers: ['inbox-core', 'common-deps'], functions: ['ingest'] });
  });

  it('without anything to make a layer of gets an empty policy that says how to go on', () => {
    const r = withCli(repo()).commit('one', { 'README.md': '# x\n' });
    const result = call(r, '--yes');
    expect(result.code).toBe(0);
    expect(r.read('.layerpolicyrc.json')).toBe('{\n  "layers": {}\n}\n');
    expect(r.exists('VERSION')).toBe(false);
    const [, example] = /^ {4}("my-layer": .*)$/m.exec(result.stdout) ?? [];
    r.write({
      '.layerpolicyrc.json': `{ "layers": { ${example} } }`,
      VERSION: 'MY_LAYER_VERSION=0.1.0\n',
      'src/my_layer/a.py': '',
    });
    expect(init(r)).toMatchObject({ layers: ['my-layer'], written: ['layer_management/active/my-layer/README.md'] });
  });
});

describe('a clone with package.json', () => {
  it('is told to make the tool a dependency, or is served by the one it has', () => {
    const r = withCli(repo()).commit('one', { ...python, 'package.json': '{}\n' });
    expect(call(r, '--yes').stdout).toContain(
      'npm install --save-dev layer-policy && npm pkg set scripts.prepare="layer-policy install"',
    );
    r.write({ 'package.json': '{"devDependencies":{"layer-policy":"1.0.0"}}\n' });
    expect(call(r, '--yes').stdout).not.toContain('npm install');
  });

  it('and husky gets lines in its hooks, which the line on screen commits', () => {
    const r = withCli(repo()).commit('one', {
      ...python,
      'package.json': '{"devDependencies":{"husky":"9.1.7"}}\n',
      '.husky/pre-commit': 'true\n',
    });
    const result = call(r, '--yes');
    expect(result.stdout).toContain('npx husky');
    expect(commitLine(result.stdout)).toContain(' :/.husky ');
    expect(r.read('.husky/pre-commit')).toMatch(/^true\n.*# layer-policy\n$/);
    expect(r.exists('.git/hooks')).toBe(false);
  });
});

describe('what is there', () => {
  it('stays as it is, and is said to', () => {
    const own: Story = {
      '.layerpolicyrc.yaml':
        'layers:\n  core:\n    build: source\n    source: src/inbox_core\n    versionKey: CORE_VERSION\n    layerName: core\n',
      VERSION: '# ours\nCORE_VERSION=3.1.4\n',
      'layer_management/README.md': 'ours\n',
      'layer_management/active/core/README.md': 'ours\n',
      '.build/README.md': 'ours\n',
    };
    const r = withCli(repo()).commit('one', { ...python, ...own });
    const { kept, written, layers } = init(r);
    expect(layers).toEqual(['core']);
    expect(kept.sort()).toEqual(Object.keys(own).sort());
    expect(written.sort()).toEqual([
      '.gitignore',
      'layer_management/active/.gitkeep',
      'layer_management/archive/.gitkeep',
    ]);
    for (const [path, text] of Object.entries(own)) expect(r.read(path)).toBe(text);
  });

  it('in VERSION gets the missing lines at its end', () => {
    const r = withCli(repo()).commit('one', { ...python, VERSION: '# ours\nINGEST_VERSION=2.0.0' });
    expect(init(r).written).toContain('VERSION');
    expect(r.read('VERSION')).toBe(
      '# ours\nINGEST_VERSION=2.0.0\nINBOX_CORE_VERSION=0.1.0\nCOMMON_DEPS_VERSION=0.1.0\n',
    );
  });

  it('in VERSION is left alone where it is none of ours, a bare number for instance', () => {
    const r = withCli(repo()).commit('one', { ...python, VERSION: '1.2.3\n' });
    init(r);
    expect(r.read('VERSION')).toBe('1.2.3\n');
    expect(JSON.parse(r.read('.layerpolicyrc.json'))).toMatchObject({ versionFile: 'LAYER_VERSIONS' });
    expect(r.read('LAYER_VERSIONS')).toContain('INBOX_CORE_VERSION=0.1.0\n');
    r.git('add', '-A').concat(r.git('commit', '-q', '-m', 'set up'));
    expect(run(r.dir, ['check', '--stage', 'all'], { env: r.env }).code).toBe(0);
  });

  it('in VERSION is left to its owner to repair where a line could be misread', () => {
    const r = withCli(repo()).commit('one', { ...python, VERSION: 'INGEST_VERSION=2.0.0\r\n' });
    const result = call(r, '--yes');
    expect(result.stdout).toMatch(/Repair VERSION.*\n.*INBOX_CORE_VERSION=0\.1\.0 COMMON_DEPS_VERSION=0\.1\.0/);
    expect(r.read('VERSION')).toBe('INGEST_VERSION=2.0.0\r\n');
  });

  it('and broken in the policy is not built upon', () => {
    const r = withCli(repo()).commit('one', { ...python, '.layerpolicyrc.json': '{ "layers": ' });
    expect(call(r, '--yes', '--json')).toMatchObject({ code: 2 });
    expect(r.git('status', '--porcelain')).toBe('');
  });

  it('and is a link out of the repository is not written through', () => {
    const elsewhere = tempFolder('elsewhere');
    const r = withCli(repo()).commit('one', { ...python, layer_management: symlink(elsewhere) });
    expect(call(r, '--yes', '--json').json()).toMatchObject({ error: { code: 'setup-link' } });
    expect(r.git('status', '--porcelain')).toBe('');
    const ignore = withCli(repo())
      .commit('one', { ...python, 'ignore.txt': 'x\n' })
      .write({ '.gitignore': symlink('ignore.txt') });
    expect(call(ignore, '--yes').code).toBe(4);
    expect(ignore.read('ignore.txt')).toBe('x\n');
  });
});

describe('.gitignore', () => {
  const shown = [
    '.build/README.md',
    'layer_management/archive/2026-01/inbox-core-0.1.0.zip',
    'layer_management/archive/2026-01/manifest.json',
    'layer_management/active/inbox-core/manifest.json',
    '.layerpolicyrc.json',
    'VERSION',
    '.gitignore',
  ];
  const hidden = ['.build/layers/inbox-core-0.1.0.zip', '.build/workspace/x', '.build/README.txt'];

  it.each<[string, Story]>([
    ['is not there', {}],
    ['ends without a newline', { '.gitignore': '__pycache__/' }],
    ['hides all zips and every archive', { '.gitignore': '*.zip\narchive/\n' }],
    ['hides the whole build folder', { '.gitignore': '.build/\n' }],
    ['hides layer_management', { '.gitignore': 'layer_management/\n.build\n' }],
    ['hides all JSON', { '.gitignore': '*.json\n*.md\n' }],
    ['names what is kept, and hides the rest', { '.gitignore': '/*\n!/src/\n' }],
    [
      'takes our lines back further down',
      {
        '.gitignore':
          '/.build/*\n!/.build/README.md\n!/layer_management/archive/\n!/layer_management/archive/**\n*.zip\n!.build/**\n',
      },
    ],
    ['has Windows line ends', { '.gitignore': '*.zip\r\narchive/\r\n' }],
  ])('that %s is made right, once', (_, story) => {
    const r = withCli(repo()).write(python).write(story);
    init(r);
    const once = r.read('.gitignore');
    expect(once.startsWith(String(story['.gitignore'] ?? ''))).toBe(true);
    const ignored = (path: string) => r.tryGit('check-ignore', '-q', '--no-index', path).code === 0;
    expect(shown.filter(ignored)).toEqual([]);
    expect(hidden.filter((path) => !ignored(path))).toEqual([]);
    if (once.includes('\r\n')) expect(once.match(/(?<!\r)\n/g)).toBe(null);
    expect(init(r).written).toEqual([]);
    expect(r.read('.gitignore')).toBe(once);
  });

  it('that is right, in whatever words, is kept', () => {
    const text = '*.pyc\n/.build/*\n!/.build/README.md\n!/layer_management/archive/\n!/layer_management/archive/**\n';
    const r = withCli(repo()).write({ ...python, '.gitignore': text });
    expect(init(r).kept).toContain('.gitignore');
    expect(r.read('.gitignore')).toBe(text);
  });

  it('nearer to the archive has the last word, and is named', () => {
    const r = withCli(repo()).write({ ...python, 'layer_management/.gitignore': '*.zip\n' });
    expect(call(r, '--yes').stdout).toContain('layer_management/.gitignore:1:*.zip hides what has to be committed');
    const once = r.read('.gitignore');
    init(r);
    expect(r.read('.gitignore')).toBe(once);
  });
});

describe('asking', () => {
  it('is needed without --yes, and impossible without a terminal: nothing is written', () => {
    const r = withCli(repo()).commit('one', python);
    const result = call(r, '--json');
    expect(result.code).toBe(2);
    expect(result.json()).toMatchObject({
      ok: false,
      error: { code: 'unconfirmed-setup', hint: expect.stringContaining('--yes') },
    });
    expect(r.git('status', '--porcelain', '--ignored')).toBe('');
    expect(r.exists('.git/hooks')).toBe(false);
  });

  it('is not needed to look: --dry-run shows every path and writes none', () => {
    const r = withCli(repo()).commit('one', { ...python, '.gitignore': '*.pyc\n' });
    const { stdout, code } = call(r, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /create {2}\.layerpolicyrc\.json\n.*create {2}VERSION\n.*append {2}\.gitignore .*!\/layer_management\/archive\/\*\*/s,
    );
    expect(stdout).toContain('pre-commit, pre-merge-commit, pre-push in .git/hooks/');
    expect(stdout).toContain('Nothing was written.');
    expect(r.git('status', '--porcelain', '--ignored')).toBe('');
    expect(r.exists('.git/hooks')).toBe(false);
  });

  it.each([
    ['y', true],
    ['', false],
    ['no', false],
  ])('on a terminal takes the answer %j', (answer, writes) => {
    const r = withCli(repo()).commit('one', python);
    const { code, screen } = onTerminal(r, `${answer}\n`);
    expect(code, screen).toBe(0);
    expect(screen).toMatch(/create\S* {2}\.layerpolicyrc\.json/);
    expect(screen).toContain('Write this? [y/N]');
    expect(r.exists('.layerpolicyrc.json')).toBe(writes);
    expect(r.exists('.git/hooks/pre-commit')).toBe(writes);
  });

  it('on a terminal ends with Ctrl-C, and nothing is written', () => {
    const r = withCli(repo()).commit('one', python);
    const { code, screen } = onTerminal(r, '\x03');
    expect(code, screen).toBe(130);
    expect(r.git('status', '--porcelain', '--ignored')).toBe('');
  });
});

describe('hooks', () => {
  it('that cannot be put anywhere stop it before the first file, and --no-hooks goes on without them', () => {
    const r = withCli(repo()).commit('one', python);
    r.git('config', 'core.hooksPath', tempFolder('shared'));
    expect(call(r, '--yes', '--json').json()).toMatchObject({ error: { code: 'hook-foreign' } });
    expect(r.git('status', '--porcelain')).toBe('');
    expect(init(r, '--no-hooks').hooks).toEqual([]);
    expect(r.exists('VERSION')).toBe(true);
  });

  it('that are there are chained', () => {
    const r = withCli(repo())
      .commit('one', python)
      .write({ '.git/hooks/pre-commit': exec('#!/bin/sh\nexit 0\n') });
    expect(call(r, '--yes').stdout).toContain(
      '.git/hooks/pre-commit.before-layer-policy  was here before and runs first',
    );
  });
});

it('takes versions and nothing else for names, nothing of --adopt without it, and asks where to adopt from', () => {
  const says = (...args: string[]) => call(repo(), ...args);
  expect(says('here')).toMatchObject({ code: 2, stderr: expect.stringContaining("'here' says no version") });
  expect(says('--env', 'dev')).toMatchObject({ code: 2, stderr: expect.stringContaining('--env goes with --adopt') });
  expect(says('--adopt')).toMatchObject({ code: 2, stderr: expect.stringContaining('--adopt --env dev') });
  expect(says('--adopt', '--env', 'dev', '--no-hooks')).toMatchObject({ code: 2 });
});

/** Runs init on a pseudo-terminal, types once the question is there, and gives what was on the screen. */
function onTerminal(r: Repo, typed: string): { code: number; screen: string } {
  const script = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
screen = b''
asked = False
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    screen += part
    if not asked and b'[y/N]' in screen:
        asked = True
        os.write(fd, os.environ['TYPED'].encode())
sys.stdout.buffer.write(screen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;
  const done = spawnSync('python3', ['-c', script, process.execPath, cliPath(), 'init'], {
    cwd: r.dir,
    env: { ...r.env, TYPED: typed, TERM: 'xterm' },
    encoding: 'utf8',
  });
  return { code: done.status ?? -1, screen: done.stdout + done.stderr };
}
