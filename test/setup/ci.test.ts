import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/args.js';
import { check } from '../../src/commands/check.js';
import { otherAccounts } from '../../src/setup/ci/accounts.js';
import type { CiFacts } from '../../src/setup/ci/facts.js';
import { ciFiles, ciSystem } from '../../src/setup/ci/index.js';
import { done, governed, raise, runs } from '../commands/moving.js';
import { run, withCli } from '../kit/cli.js';
import { commandLines, problemOf, words } from '../kit/command-lines.js';
import { exampleRepo } from '../kit/example.js';
import { tempFolder } from '../kit/temp.js';

describe('whose CI it is', () => {
  it.each([
    ['git@github.com:team/layers.git', [], 'github'],
    ['https://github.example.com/team/layers', [], 'github'],
    ['https://user:secret@gitlab.com/team/layers.git', [], 'gitlab'],
    ['ssh://git@gitlab.example.com:2222/x.git', [], 'gitlab'],
    ['https://example.com/github.git', [], null],
    ['https://example.com/x.git', ['.github'], 'github'],
    [null, ['.gitlab-ci.yml'], 'gitlab'],
    [null, ['.gitlab'], 'gitlab'],
    [null, [], null],
  ])('%s with %j is %s', (remote, paths, system) => {
    expect(ciSystem(remote, (path) => (paths as string[]).includes(path))).toBe(system);
  });
});

const dev = { name: 'dev', region: 'eu-west-3' };
const stage = { name: 'stage', promoteFrom: 'dev' };
const facts: CiFacts = {
  ...{ system: 'github', isDependency: false, version: '1.2.3', hasPipeline: false },
  ...{ environments: [], branch: null, archive: null },
};
const releasing: CiFacts = { ...facts, environments: [dev, stage], branch: 'develop', archive: dev };
const brings = ['release --env dev', 'rollback --env dev', 'promote --from dev --to stage', 'rollback --env stage'];

interface Step {
  run?: string;
  uses?: string;
  if?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}
interface Job {
  if?: string;
  environment?: string;
  steps?: Step[];
  script?: string[];
  before_script?: string[];
  rules?: { if?: string; when?: string }[];
}
interface Workflow {
  on: { workflow_dispatch?: { inputs: { run: { options: string[] } } }; schedule?: { cron: string }[] };
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}
const parsed = ({ path, text }: { path: string; text: string }) => defaultLoaders['.yaml'](path, text);
/** Lines of shell in a job that call this program. */
const callsIn = ({ steps = [], script = [], before_script: before = [] }: Job) =>
  [...steps.flatMap(({ run: line }) => line ?? []), ...before, ...script].flatMap((line) =>
    commandLines(`\`\`\`sh\n${line}\n\`\`\`\n`),
  );

describe('the check', () => {
  it.each<[CiFacts, string, string]>([
    [facts, '.github/workflows/layer-policy.yml', 'npx --yes layer-policy@1.2.3 check'],
    [{ ...facts, isDependency: true }, '.github/workflows/layer-policy.yml', 'npx layer-policy check'],
    [{ ...facts, system: 'gitlab' }, '.gitlab-ci.yml', 'npx --yes layer-policy@1.2.3 check'],
    [{ ...facts, system: 'gitlab', hasPipeline: true }, '.gitlab/layer-policy.yml', 'layer-policy@1.2.3 check'],
  ])('%j', (given, path, line) => {
    const { files, include } = ciFiles(given);
    const [made = { path: '', text: '' }] = files;
    expect(files).toHaveLength(1);
    expect(made.path).toBe(path);
    expect(made.text).toContain(line);
    expect(made.text.includes('npm ci')).toBe(given.isDependency);
    expect(include === null).toBe(!given.hasPipeline);
    const document = parsed(made);
    const jobs: Job[] = Object.values(document.jobs ?? document);
    const calls = jobs.flatMap(callsIn);
    expect(calls.map(problemOf)).toEqual([null]);
    expect(parseCommandLine(check, words(calls[0] ?? '').slice(2)).flags.format).toBe(given.system);
    // It reads, and nothing else.
    if (given.system === 'github') expect(document.permissions).toEqual({ contents: 'read' });
  });
});

describe('GitHub', () => {
  const [, release, archive] = ciFiles(releasing).files.map(parsed) as Workflow[];

  it('releases by hand: a job for each environment, in that environment, with its role and no key', () => {
    expect(release?.on).toEqual({ workflow_dispatch: { inputs: { run: expect.anything() } } });
    expect(release?.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
    expect(release?.on.workflow_dispatch?.inputs.run.options).toEqual(brings);
    expect(Object.entries(release?.jobs ?? {}).map(([id, job]) => [id, job.environment])).toEqual([
      ['to-dev', 'dev'],
      ['to-stage', 'stage'],
    ]);
    for (const { steps = [] } of Object.values(release?.jobs ?? {})) {
      const uses = (name: string) => steps.find((step) => step.uses?.startsWith(name))?.with;
      expect(uses('actions/checkout')).toEqual({ ref: 'develop', 'fetch-depth': 0 });
      expect(uses('aws-actions/configure-aws-credentials')).toMatchObject({
        'role-to-assume': `\${{ vars.LAYER_ROLE }}`,
      });
      // What people choose is compared, and never part of a script.
      expect(steps.flatMap(({ run: line }) => line ?? []).join()).not.toContain('${{');
    }
    const options = Object.values(release?.jobs ?? {}).flatMap(({ steps = [] }) =>
      steps.flatMap((step) => step.if ?? []),
    );
    expect(options).toEqual(brings.map((line) => `inputs.run == '${line}'`));
    expect(Object.values(release?.jobs ?? {}).flatMap(callsIn)).toEqual(
      brings.map((line) => `layer-policy@1.2.3 ${line} --yes --push`),
    );
    expect(
      Object.values(release?.jobs ?? {})
        .flatMap(callsIn)
        .map(problemOf),
    ).toEqual([null, null, null, null]);
  });

  it('archives once a month', () => {
    expect(archive?.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \d+ \* \*$/) }]);
    expect(archive?.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
    const calls = Object.values(archive?.jobs ?? {}).flatMap(callsIn);
    expect(calls).toEqual(['layer-policy@1.2.3 archive --older-than 90 --yes --push']);
    expect(calls.map(problemOf)).toEqual([null]);
  });
});

describe('GitLab', () => {
  const [file = { path: '', text: '' }] = ciFiles({ ...releasing, system: 'gitlab' }).files;
  const document = parsed(file) as Record<string, Job & { id_tokens?: object; extends?: string }>;

  it('releases by hand and archives by schedule, with a token instead of keys', () => {
    const writing = Object.entries(document).filter(([, job]) => job.extends === '.layer-policy-writes');
    expect(writing.map(([name, job]) => [name, job.environment])).toEqual([
      ['release --env dev', 'dev'],
      ['rollback --env dev', 'dev'],
      ['promote --from dev --to stage', 'stage'],
      ['rollback --env stage', 'stage'],
      ['archive --older-than 90', 'dev'],
    ]);
    for (const [name, job] of writing) {
      expect(callsIn(job)).toEqual([`layer-policy@1.2.3 ${name} --yes --push`]);
      expect(callsIn(job).map(problemOf)).toEqual([null]);
      const isArchive = name.startsWith('archive');
      expect(job.rules?.[0]).toMatchObject(
        isArchive
          ? { if: '$CI_PIPELINE_SOURCE == "schedule"' }
          : { when: 'manual', if: expect.stringContaining('"develop"') },
      );
    }
    expect(document['.layer-policy-writes']?.id_tokens).toEqual({ AWS_TOKEN: { aud: '$CI_SERVER_URL' } });
    expect(document['layer-policy']).not.toHaveProperty('id_tokens');
    expect(file.text).not.toMatch(/AKIA|SECRET/);
  });

  it('the lines of shell before it are shell', () => {
    const lines = document['.layer-policy-writes']?.before_script ?? [];
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(spawnSync('sh', ['-nc', line]).status, line).toBe(0);
  });
});

describe('an environment with targets in several accounts', () => {
  const [one, two] = ['123456789012', '210987654321'];
  const eu = { name: 'prod/eu', profile: 'inbox', account: one, region: 'eu-west-3' };
  const us = { name: 'prod/us-1', profile: 'inbox-us', account: two, region: 'us-east-1' };

  it('comes to each but the first by a profile that is that account’s alone', () => {
    const known = { target: 'prod/us-1', profile: 'inbox-us', region: 'us-east-1' };
    const unknown = { ...known, profile: null };
    const { profile: _, ...bare } = us;
    expect(otherAccounts([eu])).toEqual([]);
    expect(otherAccounts([eu, { ...us, account: one }])).toEqual([]);
    expect(otherAccounts([eu, us, { ...us, name: 'prod/west', region: 'us-west-2' }])).toEqual([known]);
    expect(otherAccounts([eu, bare])).toEqual([unknown]);
    expect(otherAccounts([eu, { ...us, profile: 'inbox' }])).toEqual([unknown]);
    expect(otherAccounts([eu, { ...us, profile: 'a]\nb: $(c)' }])).toEqual([unknown]);
  });

  const withTargets = (system: 'github' | 'gitlab', ...targets: Parameters<typeof otherAccounts>[0]) => {
    const prod = { name: 'prod', region: 'eu-west-3', accounts: otherAccounts(targets) };
    return ciFiles({ ...facts, system, environments: [prod] }).files.at(-1) ?? expect.fail('no file');
  };
  /** The AWS config file that a line of a job leaves on its machine. */
  const configBy = (line: string, env: Record<string, string>) => {
    const HOME = tempFolder('home');
    const { status, stderr } = spawnSync('sh', ['-ec', line], { env: { PATH: process.env.PATH, HOME, ...env } });
    expect(status, String(stderr)).toBe(0);
    return readFileSync(join(HOME, '.aws/config'), 'utf8');
  };
  const role = `arn:aws:iam::${two}:role/inbox-release`;
  const profile = (source: string) => `[profile inbox-us]\nrole_arn = ${role}\n${source}\nregion = us-east-1\n`;

  it('GitHub writes that profile before the run, with a role that the job’s own takes', () => {
    const { jobs } = parsed(withTargets('github', eu, us)) as Workflow;
    const steps = jobs['to-prod']?.steps ?? [];
    const at = steps.findIndex(({ run: line }) => line?.includes('.aws/config'));
    expect(steps[at]?.env).toEqual({ LAYER_ROLE_US_1: `\${{ vars.LAYER_ROLE_US_1 }}` });
    expect(steps[at - 1]?.uses).toMatch(/^aws-actions/);
    expect(configBy(steps[at]?.run ?? '', { LAYER_ROLE_US_1: role })).toBe(profile('credential_source = Environment'));
  });

  it('GitLab writes it with the token of the job', () => {
    const document = parsed(withTargets('gitlab', eu, us)) as Record<string, Job>;
    const [line = '', call] = document['release --env prod']?.script ?? [];
    const env = { LAYER_ROLE_US_1: role, AWS_WEB_IDENTITY_TOKEN_FILE: '/tmp/aws-token' };
    expect(configBy(line, env)).toBe(profile('web_identity_token_file = /tmp/aws-token'));
    expect(call).toContain('release --env prod');
  });

  it.each(['github', 'gitlab'] as const)('%s says at the job what the policy does not name', (system) => {
    const { text } = withTargets(system, eu, { ...us, profile: 'inbox' });
    expect(text).toContain('# prod/us-1 is in another account: name a "profile" of its own in the policy');
    expect(text).not.toContain('.aws/config');
    expect(withTargets(system, eu).text).not.toContain('another account');
  });
});

it('names that YAML takes for something else stay names', () => {
  const odd: CiFacts = { ...facts, environments: [{ name: 'null' }, { name: '1e3' }], branch: "it's: #1" };
  const [, release] = ciFiles(odd).files.map(parsed) as Workflow[];
  expect(Object.values(release?.jobs ?? {}).map(({ environment }) => environment)).toEqual(['null', '1e3']);
  expect(Object.values(release?.jobs ?? {})[0]?.steps?.[0]?.with?.ref).toBe("it's: #1");
});

it('each line that writes is run as it stands, over environments in folders', () => {
  const on = governed();
  on.git('init', '-q', '--bare', `${on.dir}.git`);
  on.git('remote', 'add', 'origin', `${on.dir}.git`);
  on.git('push', '-q', 'origin', 'develop');
  const [, release] = ciFiles(releasing).files.map(parsed) as Workflow[];
  const calls = Object.values(release?.jobs ?? {}).flatMap(callsIn);
  const call = (part: string) => done(on, ...words(calls.find((line) => line.includes(part)) ?? '').slice(1));
  call('release --env dev');
  call('promote --from dev --to stage');
  raise(on, '1.1.0', 'two').git('push', '-q', 'origin', 'develop');
  call('release --env dev');
  call('promote --from dev --to stage');
  call('rollback --env stage');
  call('rollback --env dev');
  expect([runs(on, 'dev').layers, runs(on, 'stage').layers]).toEqual([['acme-core-dev:1'], ['acme-core-stage:1']]);
  expect(on.git('ls-remote', 'origin', 'refs/heads/develop')).toContain(on.head());
});

describe('init', () => {
  it('writes it by the remote, once, and leaves one that is there', () => {
    const r = withCli(exampleRepo());
    r.git('remote', 'add', 'origin', 'git@github.com:team/layers.git');
    const init = (...args: string[]) => run(r.dir, ['init', '--yes', '--json', ...args], { env: r.env }).json();
    const all = ['policy', 'release', 'archive'].map((name) => `.github/workflows/layer-${name}.yml`);
    expect(init('--ci', 'none')).not.toMatchObject({ written: all });
    expect(init()).toMatchObject({ written: all });
    r.write({ '.github/workflows/layer-policy.yml': 'ours' });
    expect(init()).toMatchObject({ written: [] });
    expect(r.read('.github/workflows/layer-policy.yml')).toBe('ours');
  });

  it('asks for a role of each account that an environment is in', () => {
    const r = withCli(exampleRepo());
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    const us = { profile: 'inbox-us', account: '210987654321', region: 'us-east-1' };
    policy.environments = { prod: { target: 'aws', account: '123456789012', targets: { eu: {}, us } } };
    r.commit('two accounts', { '.layerpolicyrc.json': JSON.stringify(policy) });
    const { stdout } = run(r.dir, ['init', '--yes', '--ci', 'github'], { env: r.env });
    expect(stdout).toContain('gh variable set LAYER_ROLE --env prod');
    expect(stdout).toContain('gh variable set LAYER_ROLE_US --env prod');
    expect(r.read('.github/workflows/layer-release.yml')).toContain('LAYER_ROLE_US: $');
  });

  it('leaves a pipeline of others as it is, and says how it comes to know the job', () => {
    const r = withCli(exampleRepo()).write({ '.gitlab-ci.yml': 'test: { script: [make] }\n' });
    const { stdout } = run(r.dir, ['init', '--yes'], { env: r.env });
    expect(stdout).toContain("include: [{ local: '.gitlab/layer-policy.yml' }]");
    expect(r.read('.gitlab-ci.yml')).toBe('test: { script: [make] }\n');
    // Its own file of an earlier run is no pipeline of others.
    r.remove('.gitlab-ci.yml', '.gitlab/layer-policy.yml');
    run(r.dir, ['init', '--yes', '--ci', 'gitlab'], { env: r.env });
    const again = run(r.dir, ['init', '--yes', '--json'], { env: r.env }).json();
    expect(again).toMatchObject({ written: [] });
  });
});
