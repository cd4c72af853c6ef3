import { describe, expect, it } from 'vitest';
import { run, withCli } from '../kit/cli.js';
import { arn, manifestOf, manifestPath as path, story } from '../kit/original.js';
import { type Repo, repo, type Story, symlink } from '../kit/repo.js';

const original = (more: Story = {}) => {
  const files = Object.entries({ ...story, ...more }).filter(([, content]) => content !== null);
  return withCli(repo()).commit('as it was', Object.fromEntries(files));
};
const init = (on: Repo, ...args: string[]) => run(on.dir, ['init', '--yes', '--json', ...args], { env: on.env });
const done = (on: Repo, ...args: string[]) => {
  const result = init(on, ...args);
  expect(result.code, result.stderr + result.stdout).toBe(0);
  return result.json() as { plan: { path: string; action: string }[]; notes: string[] };
};
const policy = JSON.stringify({
  layers: {
    'inbox-core': layerOf('src_v2/inbox_core', 'INBOX_CORE_VERSION'),
    'common-deps': { ...layerOf('src_v2/requirements.txt', 'COMMON_DEPS_VERSION'), build: 'requirements' },
  },
  environments: { dev: { target: 'aws', region: 'eu-west-3', account: '123456789012' } },
});
function layerOf(source: string, versionKey: string) {
  return { build: 'source', source, versionKey, layerName: 'acme-inbox-{name}-{env}' };
}
const manifest = (on: Repo, layer: string) => JSON.parse(on.read(path(layer)));

it('what the original scripts left becomes manifests, and the names in use become the policy', () => {
  const on = original();
  const { plan } = done(on);
  const actions = Object.fromEntries(plan.map((one) => [one.path, one.action]));
  expect(actions).toMatchObject({
    [path('inbox-core')]: 'update',
    [path('common-deps')]: 'update',
    'inbox_core_layer_arn.txt': 'remove',
    'acme-inbox-common-deps-dev_arn.txt': 'remove',
  });
  expect(JSON.parse(on.read('.layerpolicyrc.json'))).toMatchObject({
    layers: { 'inbox-core': { layerName: 'acme-inbox-inbox-core-{env}' } },
    functions: { ingest: { functionName: 'acme-inbox-ingest-{env}' } },
    environments: { dev: { target: 'aws', region: 'eu-west-3', account: '123456789012' } },
  });
  expect(manifest(on, 'inbox-core')).toEqual({
    ...JSON.parse(manifestOf('inbox-core', '1.2.3')),
    ...{ git_sha: null, size_mb: null, aws_arn_dev: arn('inbox-core', 28) },
  });
  on.git('add', '-A');
  on.commit('governed');
  expect(run(on.dir, ['arn', 'common-deps', '--env', 'dev'], { env: on.env }).stdout).toBe(
    `${arn('common-deps', 4)}\n`,
  );
  const check = run(on.dir, ['check', '--stage', 'all', '--json'], { env: on.env });
  expect(check.json()).toMatchObject({ findings: [] });
  expect(done(on).plan.filter(({ action }) => action !== 'keep')).toEqual([]);
});

it('is looked at first: nothing is mended or removed by --dry-run', () => {
  const on = original();
  const { stdout } = run(on.dir, ['init', '--dry-run'], { env: on.env });
  expect(stdout).toMatch(/git rm +inbox_core_layer_arn.txt/);
  expect(on.git('status', '--porcelain')).toBe('');
});

it('asks which version an ARN is of where no manifest says it, and takes the word of people', () => {
  const on = original({ [path('inbox-core')]: null, [path('common-deps')]: null });
  const [note = ''] = done(on).notes;
  expect(on.exists('inbox_core_layer_arn.txt')).toBe(true);
  const [, words = ''] = /layer-policy init (\S+@\S+)/.exec(note) ?? [];
  expect(words).toBe('inbox-core@1.2.3');
  expect(init(on, 'inbox-core').code).toBe(2);
  expect(init(on, 'inbox-cor@1.0.0').code).toBe(2);
  done(on, 'common-deps@1.0.5', 'inbox-core@1.2.0');
  expect(manifest(on, 'inbox-core')).toMatchObject({
    ...{ layer_name: 'acme-inbox-inbox-core-dev', version: '1.2.0', aws_arn_dev: arn('inbox-core', 28) },
    ...{ git_sha: null, build_date: null, size_mb: null },
  });
  expect(on.exists('inbox_core_layer_arn.txt')).toBe(false);
});

it('keeps what is known: a commit in short becomes whole, a time its own zone, another key x-', () => {
  const on = original();
  const said = { git_sha: on.head().slice(0, 12), build_date: '2026-01-31T10:30:00+01:00', team: 'data', size_mb: 0.5 };
  const odd = { 'aws_arn_dev.eu': 'soon', aws_arn_Dev: 'TO_BE_UPDATED' };
  on.commit('said', { [path('inbox-core')]: manifestOf('inbox-core', '1.2.3', { ...said, ...odd }) });
  const sha = on.head('HEAD~');
  done(on);
  expect(manifest(on, 'inbox-core')).toMatchObject({
    ...{ git_sha: sha, build_date: '2026-01-31T09:30:00Z', 'x-team': 'data', size_mb: 0.5 },
    ...{ 'x-aws_arn_dev.eu': 'soon', aws_arn_Dev: null },
  });
  // A commit that is not here may be anything.
  const other = original({ [path('inbox-core')]: manifestOf('inbox-core', '1.2.3', { git_sha: 'abc123def456789' }) });
  done(other);
  expect(manifest(other, 'inbox-core').git_sha).toBeNull();
});

describe('of an environment with several targets', () => {
  const [account, region] = ['210987654321', 'us-east-1'];
  const several = JSON.parse(policy);
  several.environments = { dev: { ...several.environments.dev, targets: { eu: {}, us: { region, account } } } };
  const [eu, us] = [
    arn('inbox-core', 28),
    arn('inbox-core', 3).replace('eu-west-3:123456789012', `${region}:${account}`),
  ];
  const file = 'inbox_core_layer_arn.txt';
  const files = { '.layerpolicyrc.json': JSON.stringify(several), [file]: us };

  it('the ARN of any of them is imported as the one of the environment', () => {
    const on = original(files);
    done(on);
    expect([manifest(on, 'inbox-core').aws_arn_dev, on.exists(file)]).toEqual([us, false]);
    on.git('add', '-A');
    on.commit('governed');
    const check = run(on.dir, ['check', '--stage', 'all', '--rule', 'manifest-schema', '--json'], { env: on.env });
    expect(check.json()).toMatchObject({ findings: [] });
  });

  it('ARNs of two of them stay, with the command that records the second', () => {
    const on = original({ ...files, 'a_layer_arn.txt': eu });
    const { notes } = done(on);
    expect([on.exists(file), on.exists('a_layer_arn.txt')]).toEqual([true, true]);
    expect(notes.join()).toMatch(/init --adopt --env dev\/us/);
    expect(notes.join()).not.toContain('remove the wrong one');
  });

  it('an ARN that its own entry says already is in the manifest, and another is not', () => {
    const entry = (text: string) => ({
      ...{ version: '1.2.3', arn: text, sha256: 'a'.repeat(64), git_sha: null },
      ...{ published_at: '2026-01-31T00:00:00Z', previous: null },
    });
    const known = { ...{ git_sha: null, size_mb: null }, aws_arn_dev: eu };
    const recorded = (ofUs: string) => ({
      [path('inbox-core')]: manifestOf('inbox-core', '1.2.3', {
        ...known,
        environments: { 'dev/eu': entry(eu), 'dev/us': entry(ofUs) },
      }),
    });
    const same = original({ ...files, ...recorded(us) });
    done(same);
    expect([manifest(same, 'inbox-core').aws_arn_dev, same.exists(file)]).toEqual([eu, false]);
    const other = original({ ...files, ...recorded(`${us}1`) });
    expect(done(other).notes.join()).toContain(`says ${us}1 of dev/us`);
    expect(other.exists(file)).toBe(true);
  });

  it('an ARN of another place is told where all of them are', () => {
    const on = original({ ...files, [file]: us.replace(account, '999999999999') });
    expect(done(on).notes.join()).toMatch(
      /not of dev\/eu, which is 123456789012 in eu-west-3, nor of dev\/us, which is/,
    );
  });
});

describe('what is not to be trusted stays, and is said to', () => {
  const file = 'inbox_core_layer_arn.txt';
  it.each<[string, Story, RegExp]>([
    ['nothing', { [file]: '' }, /it holds no ARN/],
    [
      'an ARN of something else',
      { [file]: 'arn:aws:lambda:eu-west-3:123456789012:function:x' },
      /not the ARN of a layer/,
    ],
    ['an ARN without its number', { [file]: arn('inbox-core', 28).slice(0, -3) }, /not the ARN of a layer/],
    ['more after the ARN', { [file]: `${arn('inbox-core', 28)}$(touch x)` }, /not the ARN of a layer/],
    ['an escape', { [file]: 'arn:\u001b[2J' }, /not the ARN of a layer/],
    ['bytes', { [file]: new Uint8Array([0xc3, 0x28]) }, /it is no text/],
    ['too much', { [file]: `${arn('inbox-core', 28)}\n`.repeat(2000) }, /larger than 64 KiB/],
    ['a link', { [file]: symlink('VERSION') }, /it is a link/],
    [
      'another account',
      { [file]: arn('inbox-core', 28).replace('123456789012', '999999999999'), '.layerpolicyrc.json': policy },
      /which is 123456789012/,
    ],
    ['a layer of nobody', { [file]: arn('approche-b', 3) }, /no layer of the policy is published as/],
    ['two that differ', { 'b_arn.txt': arn('inbox-core', 29) }, /another file says/],
    [
      'a manifest that says otherwise',
      { [path('inbox-core')]: manifestOf('inbox-core', '1.2.3', { aws_arn_dev: arn('inbox-core', 7) }) },
      /says .*:7 of dev/,
    ],
    [
      'a manifest with a key twice',
      { [path('inbox-core')]: '{"version":"1.0.0","version":"1.0.1"}' },
      /cannot be understood/,
    ],
    ['a manifest without a version', { [path('inbox-core')]: manifestOf('inbox-core', 'TBD') }, /cannot be understood/],
    ['a manifest that is a list', { [path('inbox-core')]: '[]' }, /cannot be understood/],
  ])('%s', (_, more, why) => {
    const on = original(more);
    const { notes } = done(on);
    expect(notes.join('\n')).toMatch(why);
    expect(notes.join('\n')).not.toContain('\u001b');
    const [before, after] = [on.git('ls-tree', 'HEAD', '--', file), on.git('ls-files', '--', file)];
    expect([before === '', after]).toEqual([false, file]);
    // The other layer is imported all the same.
    expect(manifest(on, 'common-deps').aws_arn_dev).toBe(arn('common-deps', 4));
  });

  it('what git does not have as it is: nothing of it is rewritten or removed', () => {
    const on = original().write({ [path('inbox-core')]: manifestOf('inbox-core', '1.2.3', { notes: 'mine' }) });
    expect(done(on).notes.join()).toContain(`${path('inbox-core')} is not as HEAD has it`);
    expect(manifest(on, 'inbox-core').notes).toBe('mine');
    expect(on.git('status', '--porcelain', '--', 'inbox_core_layer_arn.txt')).toBe('');
  });

  it('a file that git ignores is imported, and left to its owner', () => {
    const on = original({ 'inbox_core_layer_arn.txt': null }).write({
      'inbox_core_layer_arn.txt': arn('inbox-core', 28),
    });
    expect(done(on).notes.join()).toContain('rm -- inbox_core_layer_arn.txt');
    expect(on.exists('inbox_core_layer_arn.txt')).toBe(true);
    expect(manifest(on, 'inbox-core').aws_arn_dev).toBe(arn('inbox-core', 28));
  });
});

it('proposes no environment where the files name two accounts', () => {
  const on = original({ 'inbox_core_layer_arn.txt': arn('inbox-core', 28).replace('123456789012', '999999999999') });
  expect(done(on).notes.join()).toContain('correct layerName or environments');
  expect(JSON.parse(on.read('.layerpolicyrc.json'))).not.toHaveProperty('environments');
});

it('takes the files for ARN files that rule no-root-arn refuses, and no others', () => {
  const names = ['arn.txt', 'x_ARN.TXT', 'my-arn.txt', 'warnings.txt', 'learn.txt', 'arn.md', 'a.arn.txt'];
  const on = original(Object.fromEntries(names.map((name) => [name, '?'])));
  const taken = done(on).notes.flatMap((note) => /^(\S+) stays: it holds no ARN$/.exec(note)?.[1] ?? []);
  on.git('add', '-A');
  on.commit('governed');
  const { findings } = run(on.dir, ['check', '--stage', 'all', '--rule', 'no-root-arn', '--json'], {
    env: on.env,
  }).json() as {
    findings: { file: string }[];
  };
  expect(taken.sort()).toEqual(findings.map(({ file }) => file).sort());
  expect(taken).toHaveLength(4);
});
