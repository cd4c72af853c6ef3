import { defaultLoaders } from 'cosmiconfig';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/args.js';
import { check } from '../../src/commands/check.js';
import { type CiFacts, ciFile, ciSystem } from '../../src/setup/ci-file.js';
import { run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

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

const facts: CiFacts = { system: 'github', isDependency: false, version: '1.2.3', hasPipeline: false };

describe('the file', () => {
  it.each([
    [facts, '.github/workflows/layer-policy.yml', 'npx --yes layer-policy@1.2.3 check'],
    [{ ...facts, isDependency: true }, '.github/workflows/layer-policy.yml', 'npx layer-policy check'],
    [{ ...facts, system: 'gitlab' as const }, '.gitlab-ci.yml', 'npx --yes layer-policy@1.2.3 check'],
    [
      { ...facts, system: 'gitlab' as const, hasPipeline: true },
      '.gitlab/layer-policy.yml',
      'layer-policy@1.2.3 check',
    ],
  ])('%j', (given, path, line) => {
    const made = ciFile(given);
    expect(made.path).toBe(path);
    expect(made.text).toContain(line);
    expect(made.text.includes('npm ci')).toBe(given.isDependency);
    expect(made.include === null).toBe(!given.hasPipeline);
    // It is YAML, and what it runs is a command line of this very program.
    expect(() => defaultLoaders['.yaml'](made.path, made.text)).not.toThrow();
    const [, args = ''] = /layer-policy(?:@\S+)? check (.*)$/m.exec(made.text) ?? [];
    expect(parseCommandLine(check, args.split(' ')).flags.format).toBe(given.system);
  });
});

describe('init', () => {
  it('writes it by the remote, once, and leaves one that is there', () => {
    const r = withCli(exampleRepo());
    r.git('remote', 'add', 'origin', 'git@github.com:team/layers.git');
    const init = (...args: string[]) => run(r.dir, ['init', '--yes', '--json', ...args], { env: r.env }).json();
    expect(init('--ci', 'none')).not.toMatchObject({ written: ['.github/workflows/layer-policy.yml'] });
    expect(init()).toMatchObject({ written: ['.github/workflows/layer-policy.yml'] });
    r.write({ '.github/workflows/layer-policy.yml': 'ours' });
    expect(init()).toMatchObject({ written: [] });
    expect(r.read('.github/workflows/layer-policy.yml')).toBe('ours');
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
