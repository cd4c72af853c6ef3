import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recorded } from '../commands/releasing.js';
import { run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo, symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { judging, type Said } from './judging.js';

const file = 'layer_management/active/inbox-core/manifest.json';
const item = 'src_v2/inbox_core/item.py';

// biome-ignore lint/suspicious/noExplicitAny: stories put into manifests what no schema would let in.
type Manifest = Record<string, any>;

let told: Repo | null = null;

/** inbox-core was released as 1.0.0 and as 1.1.0, which put the first into the archive; a commit follows. */
function released(): Repo {
  if (told === null) {
    told = exampleRepo();
    expect(recorded(told, 'inbox-core').code).toBe(0);
    told.commit('more', {
      [item]: `${told.read(item)}MORE = True\n`,
      VERSION: told.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.1.0'),
    });
    expect(recorded(told, 'inbox-core').code).toBe(0);
    told.commit('and on', { 'docs/a.md': 'a\n' });
  }
  return told.copy();
}

/** In the month in which the first release was superseded: today's. */
const archived = (r: Repo, version: string) =>
  r.git('ls-files', 'layer_management/archive/*/inbox-core-1.0.0.zip').replace('1.0.0', version);
const manifest = (r: Repo): Manifest => JSON.parse(r.read(file));
const written = (document: Manifest) => `${JSON.stringify(document, null, 2)}\n`;
const edit = (r: Repo, change: Manifest) => r.commit('edit', { [file]: written({ ...manifest(r), ...change }) });
/** An environment that still runs the first release. */
function behind(r: Repo): Repo {
  const { environments } = manifest(r);
  const { git_sha, sha256 } = JSON.parse(r.git('show', `HEAD~3:${file}`));
  const stage = { ...environments.local, version: '1.0.0', git_sha, sha256 };
  return edit(r, { environments: { ...environments, stage } });
}
const findings = (r: Repo, ...args: string[]) => judging(r, 'manifest-truth', ...args);
const said = (r: Repo, ...args: string[]) => findings(r, ...args).map(({ message }) => message);
const whole = (r: Repo) => said(r, '--stage', 'all');
const notices = (r: Repo, ...args: string[]) =>
  run(r.dir, ['check', '--rule', 'manifest-truth', '--stage', 'all', ...args], { env: r.env })
    .stdout.split('\n')
    .filter((line) => line.startsWith('ℹ'));
const short = (sha: string) => sha.slice(0, 12);

it('points at the line of the field', () => {
  const r = edit(released(), { version: '1.0.9' });
  const lineOf = (text: string) =>
    r
      .read(file)
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;
  expect(findings(r, '--stage', 'all').map(({ line }) => line)).toEqual([lineOf('  "version"')]);
});

it('has nothing to say of what release wrote', () => {
  const r = released();
  for (const stage of ['all', 'release']) expect(said(r, '--stage', stage)).toEqual([]);
  expect(said(r, '--from', r.head('HEAD~4'))).toEqual([]);
  expect(notices(r)).toEqual([]);
});

it('is asked at the push and in CI, not at the commit', () => {
  const r = released();
  const remote = r.clone('--bare');
  r.git('remote', 'add', 'origin', remote.dir).concat(r.git('fetch', '-q', 'origin'));
  const before = r.head();
  r.stage({ [file]: written({ ...manifest(r), version: '1.0.9' }) });
  expect(said(r, '--stage', 'pre-commit')).toEqual([]);
  r.git('commit', '-q', '-m', 'edit');
  expect(said(r, '--from', before)).toHaveLength(1);
  const stdin = `refs/heads/develop ${r.head()} refs/heads/develop ${before}\n`;
  const push = run(r.dir, ['check', '--stage', 'pre-push', '--json', 'origin', remote.dir], { env: r.env, stdin });
  expect((push.json() as { findings: Said[] }).findings).toMatchObject([
    { rule: 'manifest-truth', file, layer: 'inbox-core' },
  ]);
});

describe('a manifest edited by hand', () => {
  it('in its version', () => {
    const r = released();
    const at = short(manifest(r).git_sha);
    expect(whole(edit(r, { version: '1.2.0' }))).toEqual([
      `version is 1.2.0, and INBOX_CORE_VERSION is 1.1.0`,
      `version is 1.2.0, and INBOX_CORE_VERSION is 1.1.0 at its commit ${at}`,
    ]);
    expect(whole(edit(r, { version: '1.0.9' }))).toEqual([
      `version is 1.0.9, and INBOX_CORE_VERSION is 1.1.0 at its commit ${at}`,
    ]);
  });

  it.each<[string, (r: Repo) => string, string]>([
    ['a tree', (r) => r.git('rev-parse', 'HEAD^{tree}'), 'a tree, not a commit'],
    ['a blob', (r) => r.git('rev-parse', 'HEAD:VERSION'), 'a blob, not a commit'],
    ['a tag', (r) => r.git('rev-parse', 'refs/tags/inbox-core-v1.1.0'), 'a tag, not a commit'],
    ['nothing', () => 'beef'.repeat(10), 'no object of this repository'],
    ['a name of the other hash', (r) => r.head() + r.head().slice(0, 24), 'no object of this repository'],
  ])('to the commit that is %s', (_, of, what) => {
    const r = released();
    const sha = of(r);
    expect(whole(edit(r, { git_sha: sha }))).toEqual([`git_sha ${short(sha)} is ${what}`]);
  });

  it('to a commit of another branch', () => {
    const r = released();
    const sha = r.branch('other').commit('other', { 'docs/b.md': 'b\n' }).head();
    r.branch('develop');
    const tagged = `tag inbox-core-v1.1.0 is on ${short(manifest(r).git_sha)}, and git_sha of 1.1.0 is ${short(sha)}`;
    expect(whole(edit(r, { git_sha: sha }))).toEqual([`git_sha ${short(sha)} is no part of this history`, tagged]);
  });

  it('to another commit of this history', () => {
    const r = released();
    const [first, second, last] = [r.head('inbox-core-v1.0.0'), r.head('inbox-core-v1.1.0'), r.head()];
    const tag = (sha: string) => `tag inbox-core-v1.1.0 is on ${short(second)}, and git_sha of 1.1.0 is ${short(sha)}`;
    expect(whole(edit(r, { git_sha: last }))).toEqual([tag(last)]);
    expect(whole(edit(r, { git_sha: first }))).toEqual([
      `version is 1.1.0, and INBOX_CORE_VERSION is 1.0.0 at its commit ${short(first)}`,
      tag(first),
    ]);
  });

  it('in what it says of the zip: against itself, and against the manifest it replaces', () => {
    const r = released();
    const { sha256, size_bytes: size, content_digest: digest } = manifest(r);
    const before = r.head();
    const wrong = 'ab'.repeat(32);
    expect(whole(edit(r, { sha256: wrong }))).toEqual([
      `environments.local.sha256 of 1.1.0 is ${sha256}, and its latest release has ${wrong}`,
    ]);
    expect(whole(edit(r, { sha256, size_bytes: 1, content_digest: wrong, size_mb: 9 }))).toEqual([]);
    const base = before.slice(0, 7);
    expect(said(r, '--from', before)).toEqual([
      expect.stringMatching(`^content_digest of 1.1.0 is ${wrong}, and the manifest in ${base} has [0-9a-f]{64}$`),
      `size_bytes of 1.1.0 is 1, and the manifest in ${base} has ${size}`,
    ]);
    edit(r, { size_bytes: size, content_digest: digest });
    expect(said(r, '--from', before)).toEqual([
      expect.stringMatching(`^size_mb of 1.1.0 is 9, and the manifest in ${base}`),
    ]);
  });

  it('in what it calls its tag', () => {
    const r = released();
    const there = short(r.head('inbox-core-v1.0.0'));
    expect(whole(edit(r, { git_tag: 'inbox-core-v1.0.0' }))).toEqual([
      expect.stringContaining(`tag inbox-core-v1.0.0 is on ${there}, and git_sha of 1.1.0 is`),
    ]);
    // An expression of git is no name: it would lead to a commit that no tag is on.
    for (const name of ['inbox-core-v1.1.0~1', 'inbox-core-v1.1.0^{tree}', 'x\ny', '', '../heads/develop']) {
      expect(whole(edit(r, { git_tag: name }))).toEqual([]);
    }
  });

  it('in an environment', () => {
    const r = released();
    const { environments } = manifest(r);
    const moved = { ...environments.local, version: '1.0.0', git_sha: r.head('HEAD~1') };
    const found = whole(edit(r, { environments: { ...environments, local: moved } }));
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^environments.local.sha256 of 1.0.0 is .*, and layer_management.*1.0.0.zip has /),
        `environments.local.version is 1.0.0, and INBOX_CORE_VERSION is 1.1.0 at its commit ${short(moved.git_sha)}`,
        expect.stringMatching(/^tag inbox-core-v1.0.0 is on .*, and environments.local.git_sha of 1.0.0 is/),
      ]),
    );
  });

  it('away', () => {
    const r = released();
    const before = r.head();
    r.commit('drop', { [file]: null });
    expect(findings(r, '--from', before)).toMatchObject([
      { file, layer: 'inbox-core', message: 'the record of 1.1.0 is gone, and inbox-core is still declared' },
    ]);
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    const { 'inbox-core': _, ...layers } = policy.layers;
    r.commit('give up', { '.layerpolicyrc.json': JSON.stringify({ ...policy, layers, functions: {} }) });
    expect(said(r, '--from', before)).toEqual([]);
  });
});

describe('the world around it', () => {
  it('VERSION that falls below', () => {
    const r = released();
    r.commit('fall', { VERSION: r.read('VERSION').replace('1.1.0', '1.0.5') });
    expect(whole(r)).toEqual(['version is 1.1.0, and INBOX_CORE_VERSION is 1.0.5']);
    expect(said(r, '--from', 'HEAD~1')).toEqual(['version is 1.1.0, and INBOX_CORE_VERSION is 1.0.5']);
  });

  it('an archived zip that is another', () => {
    const r = released();
    const zip = archived(r, '1.0.0');
    const first = JSON.parse(r.git('show', `HEAD~3:${file}`));
    expect(whole(behind(r))).toEqual([]);
    r.commit('other bytes', { [zip]: 'PK\u0005\u0006' });
    expect(findings(r, '--from', 'HEAD~1')).toMatchObject([
      { file, message: expect.stringMatching(`^environments.stage.sha256 of 1.0.0 is ${first.sha256}, and .*zip has`) },
    ]);
    r.commit('one of the latest', { [archived(r, '1.1.0')]: 'PK', [zip]: null });
    expect(whole(r)).toEqual([
      expect.stringMatching(/^sha256 of 1.1.0 is .*1.1.0.zip has/),
      expect.stringMatching(/^size_bytes of 1.1.0 is .*1.1.0.zip has 2$/),
    ]);
  });

  it('a tag that was moved', () => {
    const r = released();
    r.git('tag', '-f', 'inbox-core-v1.1.0', 'HEAD');
    expect(whole(r)).toEqual([
      expect.stringContaining(`tag inbox-core-v1.1.0 is on ${short(r.head())}, and git_sha of`),
    ]);
  });

  it('a key that the policy renames, and a VERSION file that it moves', () => {
    const r = released();
    const policy = r.read('.layerpolicyrc.json').replaceAll('INBOX_CORE_VERSION', 'CORE_VERSION');
    r.commit('rename', {
      '.layerpolicyrc.json': policy.replace('"versionFile": "VERSION"', '"versionFile": "VERSIONS"'),
      VERSIONS: r.read('VERSION').replace('INBOX_CORE_VERSION', 'CORE_VERSION'),
      VERSION: null,
    });
    expect(whole(r)).toEqual([]);
  });

  it.each([
    ['a placeholder', '{ "version": "9.9.9", "git_sha": "TO_BE_UPDATED" }'],
    ['no JSON', '{'],
    ['a link', symlink('../../../VERSION')],
  ])('is not asked where the manifest is %s: manifest-schema is', (_, content) => {
    const r = released();
    expect(whole(r.commit('bad', { [file]: content }))).toEqual([]);
    expect(judging(r, 'manifest-schema', '--stage', 'all')).not.toEqual([]);
  });

  it('is not asked of a layer that nobody declares: layer-layout is', () => {
    const r = released();
    r.commit('stray', {
      [file.replace('inbox-core', 'stray')]: written({ ...manifest(r), git_sha: 'beef'.repeat(10) }),
    });
    expect(whole(r)).toEqual([]);
    expect(judging(r, 'layer-layout', '--stage', 'all')).toHaveLength(1);
  });

  it('takes the beginning of a name for no name', () => {
    const r = repo({ objectFormat: 'sha256' }).commit('init', {
      '.layerpolicyrc.json': JSON.stringify({
        layers: { 'inbox-core': { build: 'source', source: 'src', versionKey: 'CORE', layerName: 'core-{env}' } },
      }),
      VERSION: 'CORE=1.0.0\n',
      'src/a.py': 'a = 1\n',
    });
    const document = { layer_name: 'core-local', version: '1.0.0', build_date: '2026-01-15T12:00:00Z', size_mb: 0 };
    r.commit('record', { [file]: written({ ...document, git_sha: r.head() }) });
    expect(whole(r)).toEqual([]);
    const beginning = r.head().slice(0, 40);
    expect(whole(edit(r, { git_sha: beginning }))).toEqual([
      `git_sha ${short(beginning)} is no object of this repository`,
    ]);
  });
});

describe('what a clone does not have is told, and is no finding', () => {
  it('history', () => {
    const r = released();
    const shallow = r.clone('--depth', '1', '--no-tags');
    expect(whole(shallow)).toEqual([]);
    expect(notices(shallow)).toEqual([
      'ℹ Tags that manifests name and this clone does not have were not compared: inbox-core-v1.1.0. Run: git fetch --tags',
      'ℹ Where history is cut off, whether a release is part of it is not judged: inbox-core. Run: git fetch --unshallow',
    ]);
    shallow.git('fetch', '-q', '--unshallow', '--tags');
    expect([whole(shallow), notices(shallow)]).toEqual([[], []]);
  });

  it('history between: the commit is there, the way to it is not', () => {
    const r = released();
    const shallow = r.clone('--depth', '1');
    shallow.git('fetch', '-q', '--depth', '1', 'origin', 'tag', 'inbox-core-v1.1.0');
    expect(whole(shallow)).toEqual([]);
    expect(notices(shallow)).toEqual([expect.stringContaining('Where history is cut off')]);
    // What is here is judged all the same.
    expect(whole(edit(shallow, { version: '1.0.9' }))).toEqual([expect.stringContaining('version is 1.0.9, and')]);
    const tree = shallow.git('rev-parse', 'HEAD^{tree}');
    expect(whole(edit(shallow, { git_sha: tree, version: '1.1.0' }))).toEqual([expect.stringContaining('is a tree')]);
  });

  it('a content that was not fetched', () => {
    const r = behind(released());
    const blob = r.git('rev-parse', 'inbox-core-v1.0.0:VERSION');
    rmSync(join(r.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect(whole(r)).toEqual([]);
    const commit = short(r.head('inbox-core-v1.0.0'));
    expect(notices(r)).toEqual([
      `ℹ VERSION of ${commit} is not in this clone, so inbox-core was not compared with it.`,
    ]);
  });

  it('a zip that is not in git, or is none', () => {
    const r = released();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;
    const zip = archived(r, '1.1.0');
    expect(whole(r.commit('lfs', { [zip]: pointer }))).toEqual([]);
    expect(notices(r)).toEqual([`ℹ ${zip} was not compared with its manifest: it is in Git LFS.`]);
    expect(whole(r.commit('large', { [zip]: new Uint8Array(50 * 1_048_576 + 1) }))).toEqual([]);
    expect(notices(r)).toEqual([`ℹ ${zip} was not compared with its manifest: it is larger than 50 MB.`]);
  });
});

describe('the commands it prints', () => {
  const of = (hint: string, start: string) => {
    const at = hint.indexOf(start);
    return at === -1 ? `echo "not in: ${hint}"; false` : (hint.slice(at).split('; ')[0] ?? '');
  };

  /** Runs the command of the first finding from a folder below, commits what it did, and all is well. */
  function mends(r: Repo, start: string): void {
    const [first] = [...findings(r, '--stage', 'all'), ...findings(r, '--from', 'HEAD~1')];
    const command = of(first?.hint ?? '', start);
    const done = spawnSync('sh', ['-c', command], {
      cwd: join(r.dir, 'src_v2'),
      env: withCli(r).env,
    });
    expect([command, done.status, done.stderr.toString().replace(/^Updated.*\n/, '')]).toEqual([command, 0, '']);
    if (r.git('status', '--porcelain') !== '') r.git('commit', '-qam', 'mend');
    expect(whole(r)).toEqual([]);
  }

  it.each<Manifest>([
    { version: '1.0.9' },
    { version: '1.2.0' },
    { git_sha: 'beef'.repeat(10) },
  ])('bring back %j', (change) => {
    mends(edit(released(), change), 'git checkout "$(git log -1');
  });

  it('bring back a size', () => {
    const r = edit(released(), { size_bytes: 1 });
    const before = manifest(r);
    mends(r, 'git checkout "$(git log -1');
    expect(manifest(r).size_bytes).not.toBe(before.size_bytes);
  });

  it('bring back a manifest', () => mends(released().commit('drop', { [file]: null }), 'git checkout '));

  it('raise VERSION', () => {
    const r = released();
    r.commit('fall', { VERSION: r.read('VERSION').replace('1.1.0', '1.0.5') });
    mends(r, 'layer-policy bump inbox-core 1.1.0');
  });

  it('put a tag back', () => {
    const r = released().commit('touch', { VERSION: `${released().read('VERSION')}# x\n` });
    r.git('tag', '-f', 'inbox-core-v1.1.0', 'HEAD');
    mends(r, 'git tag -f -a -m');
    expect(r.git('cat-file', '-t', 'refs/tags/inbox-core-v1.1.0')).toBe('tag');
  });

  it('bring back a zip as it was archived', () => {
    const r = released();
    const zip = archived(r, '1.0.0');
    mends(behind(r).commit('other bytes', { [zip]: 'PK' }), 'git checkout "$(git log -1 --diff-filter=A');
  });

  it('merge, or name the commit of this history, after a squash', () => {
    const squashed = (raised: boolean) => {
      const r = exampleRepo().branch('feature');
      r.commit('more', {
        [item]: `${r.read(item)}MORE = True\n`,
        VERSION: r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.0.1'),
      });
      expect(recorded(r, 'inbox-core').code).toBe(0);
      r.branch('develop').git('merge', '-q', '--squash', 'feature');
      r.git('commit', '-q', '-m', 'feature (squashed)');
      const next = r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.1', 'INBOX_CORE_VERSION=1.0.2');
      r.commit('on', raised ? { VERSION: next } : { 'docs/a.md': 'a' });
      r.git('tag', '-d', 'inbox-core-v1.0.1');
      return r;
    };
    const lost = expect.stringMatching(/^git_sha [0-9a-f]{12} is no part of this history$/);
    expect(whole(squashed(false))).toEqual([lost]);
    mends(squashed(false), 'git merge ');
    for (const raised of [false, true]) {
      const r = squashed(raised);
      mends(r, '(cd "$(git rev-parse');
      expect(r.git('show', `${manifest(r).git_sha}:VERSION`)).toContain('INBOX_CORE_VERSION=1.0.1');
    }
  });
});

it('asks git as often for thirty layers as for one', () => {
  const started = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => `l${i}`);
    const r = repo().commit('init', {
      '.layerpolicyrc.json': JSON.stringify({
        layers: Object.fromEntries(
          names.map((name) => [
            name,
            { build: 'source', source: `src/${name}`, versionKey: name, layerName: `${name}-{env}` },
          ]),
        ),
      }),
      VERSION: names.map((name) => `${name}=1.0.0\n`).join(''),
    });
    const document = { version: '1.0.0', build_date: '2026-01-15T12:00:00Z', size_mb: 0, git_tag: null };
    r.commit(
      'record',
      Object.fromEntries(
        names.map((name, i) => [
          `layer_management/active/${name}/manifest.json`,
          written({ ...document, layer_name: `${name}-local`, git_sha: i % 2 ? 'beef'.repeat(10) : r.head() }),
        ]),
      ),
    );
    const record = join(tempFolder('record'), 'record.json');
    const env = { ...r.env, RECORD: record, NODE_OPTIONS: `--require ${resolve('test/kit/recorder.cjs')}` };
    run(r.dir, ['check', '--stage', 'all', '--rule', 'manifest-truth'], { env });
    return (JSON.parse(readFileSync(record, 'utf8')) as { started: string[] }).started.length;
  };
  expect(started(30)).toBe(started(2));
});
