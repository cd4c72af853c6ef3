import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { beforeAll, describe, expect, it } from 'vitest';
import { withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { peers, withPeers } from '../kit/peers.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

interface Hook {
  id: string;
  name: string;
  entry: string;
  stages: string[];
}

const file = '.pre-commit-hooks.yaml';
/** As `.pre-commit-hooks.yaml` of this repository has them, run by the program that is built here. */
const offered: Hook[] = defaultLoaders['.yaml'](file, readFileSync(file, 'utf8'));
const local = JSON.stringify({
  repos: [{ repo: 'local', hooks: offered.map((hook) => ({ ...hook, language: 'system' })) }],
});
const lefthook = ['pre-commit', 'pre-merge-commit', 'pre-push'].map((hook) => {
  const stage = hook === 'pre-push' ? 'pre-push' : 'pre-commit';
  const input = hook === 'pre-push' ? ' {1} {2}\n      use_stdin: true' : '';
  return `${hook}:\n  commands:\n    layer-policy:\n      run: layer-policy check --stage ${stage}${input}\n`;
});

/** A way to have the hooks in a clone. */
const ways: Record<string, (r: Repo) => void> = {
  'layer-policy install': (r) => call(r, 'layer-policy', 'install'),
  husky(r) {
    r.commit('husky', { 'package.json': '{"devDependencies":{"husky":"9.1.7"}}\n', '.husky/.gitkeep': '' });
    call(r, process.execPath, join(createRequire(import.meta.url).resolve('husky'), '../bin.js'));
    call(r, 'layer-policy', 'install');
  },
  lefthook(r) {
    r.commit('lefthook', { 'lefthook.yml': lefthook.join('') });
    call(r, 'lefthook', 'install');
  },
  'pre-commit'(r) {
    r.commit('pre-commit', { '.pre-commit-config.yaml': local });
    call(r, 'pre-commit', 'install', '-t', 'pre-commit', '-t', 'pre-merge-commit', '-t', 'pre-push');
  },
};

function call(r: Repo, program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: r.dir, env: r.env, stdio: 'pipe' });
}

beforeAll(() => void peers(), 300_000);

describe.each(Object.entries(ways))('through %s', (_, install) => {
  it('a commit, a merge and a push are refused for the same reason, and good ones pass', { timeout: 120_000 }, () => {
    const remote = tempFolder('remote');
    const made = withCli(exampleRepo());
    const r = made.with({ ...withPeers(made), PATH: [peers(), made.env.PATH].join(':') });
    r.git('init', '-q', '--bare', remote);
    r.git('remote', 'add', 'origin', remote);
    install(r);
    const told = (args: string[]) => {
      const { code, stdout, stderr } = r.tryGit(...args);
      return { refused: code !== 0, rules: [...`${stdout}${stderr}`.matchAll(/✖ ([a-z-]+) {2}/g)].map(([, id]) => id) };
    };
    const fine = { refused: false, rules: [] };
    const arn = { refused: true, rules: ['no-root-arn'] };

    expect(told(['push', 'origin', 'develop'])).toEqual(fine);
    r.branch('work').write({ 'x_layer_arn.txt': 'arn' });
    r.git('add', 'x_layer_arn.txt');
    expect(told(['commit', '-m', 'an ARN'])).toEqual(arn);
    r.git('commit', '-q', '--no-verify', '-m', 'an ARN');
    expect(told(['push', 'origin', 'work'])).toEqual(arn);

    r.git('switch', '-q', 'develop');
    r.branch('side').write({ 'notes.txt': 'a' });
    r.git('add', 'notes.txt');
    expect(told(['commit', '-m', 'notes'])).toEqual(fine);
    expect(told(['merge', '--no-ff', '-m', 'merge', 'work'])).toEqual(arn);
    r.git('reset', '-q', '--merge');
    expect(told(['push', 'origin', 'side'])).toEqual(fine);
  });
});
