import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

const r = withCli(exampleRepo());
const shell = (program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: r.dir, env: r.env, encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`${program}: ${status} ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
};
const has = (program: string) => spawnSync(program, ['--version']).error === undefined;

/** What is typed, and what has to be among the answers; `not`: what has not. */
const places: { typed: string[]; offers: string[]; not?: string[] }[] = [
  { typed: ['layer-policy', 'ch'], offers: ['check'], not: ['build'] },
  { typed: ['layer-policy', 'check', '--sta'], offers: ['--stage'], not: ['--env'] },
  { typed: ['layer-policy', 'check', '--stage', 'pre-'], offers: ['pre-commit', 'pre-push'], not: ['ci'] },
  { typed: ['layer-policy', 'check', '--rule', 'no-b'], offers: ['no-build-commits'], not: ['archive-age'] },
  { typed: ['layer-policy', 'explain', 'semver'], offers: ['semver-naming'] },
  { typed: ['layer-policy', 'build', ''], offers: ['inbox-core'], not: ['local'] },
  { typed: ['layer-policy', 'bump', 'inbox-c'], offers: ['inbox-core'] },
  { typed: ['layer-policy', 'release', '--env', 'lo'], offers: ['local'] },
  { typed: ['layer-policy', 'check', '--output', 'VER'], offers: ['VERSION'] },
  { typed: ['layer-policy', 'completion', 'z'], offers: ['zsh'], not: ['bash'] },
];

describe('bash', () => {
  it.each(places)('$typed', ({ typed, offers, not = [] }) => {
    const words = typed.map((word) => `'${word}'`).join(' ');
    const script = `source <(layer-policy completion bash); COMP_WORDS=(${words}); COMP_CWORD=${typed.length - 1}
      compopt() { :; }; _layer_policy; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const answers = shell('bash', '--norc', '-c', script);
    expect(answers).toEqual(expect.arrayContaining(offers));
    expect(answers.filter((answer) => not.includes(answer))).toEqual([]);
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  it.each(places)('$typed', ({ typed, offers, not = [] }) => {
    const script = `layer-policy completion fish | source; complete -C '${typed.join(' ')}'`;
    const answers = shell('fish', '--no-config', '-c', script).map((line) => line.split('\t')[0]);
    expect(answers).toEqual(expect.arrayContaining(offers));
    expect(answers.filter((answer) => answer !== undefined && not.includes(answer))).toEqual([]);
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  it.each(places)('$typed', ({ typed, offers, not = [] }) => {
    // compadd is what every answer goes through at last: here it tells them.
    const script = `autoload -Uz compinit && compinit -D; source <(layer-policy completion zsh)
      compadd() { local -a given; while [[ $1 != -- && $# -gt 0 ]]; do shift; done; shift; print -l -- "$@" }
      _describe() { local array=$@[-1]; print -l -- "\${(@)\${(P)array}%%:*}" }
      _files() { print -l -- * }
      words=(${typed.map((word) => `'${word}'`).join(' ')}); CURRENT=${typed.length}; _layer-policy`;
    const last = typed.at(-1) ?? '';
    const answers = shell('zsh', '-f', '-c', script).filter((answer) => answer.startsWith(last));
    expect(answers).toEqual(expect.arrayContaining(offers));
    expect(answers.filter((answer) => not.includes(answer))).toEqual([]);
  });
});

it('names no shell: says which there are', () => {
  expect(run(r.dir, ['completion'], { env: r.env }).stderr).toContain('bash, zsh, fish');
  expect(run(r.dir, ['completion', 'fissh'], { env: r.env }).stderr).toContain('did you mean "fish"?\n');
});

it('completes nothing, quietly, where there is no policy', () => {
  const { code, stdout } = run('/', ['completion', '--list', 'names'], { env: r.env });
  expect([code === 0, stdout]).toEqual([false, '']);
});
