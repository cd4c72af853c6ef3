import { appendFileSync, cpSync, existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from './cli.js';
import { copyExample } from './example.js';
import type { GitResult, Repo } from './repo.js';

/** Where a scenario stands. */
export interface World {
  repo: Repo;
  cwd: string;
  stdin: string;
  last: GitResult | null;
}

/** What a verb found: a program's result, an assertion's truth (and what to show when it is not as wanted), or nothing. */
export type Found = { result: GitResult } | { holds: boolean; seen: string } | undefined;

export interface Verb {
  usage: string;
  args: [least: number, most: number];
  run(world: World, args: string[]): Found;
}

const many = Number.POSITIVE_INFINITY;

/** Everything a scenario can say. Programs must succeed unless `!` or `[exit N]` stands before them. */
export const verbs: Record<string, Verb> = {
  git: {
    usage: 'git ARGS…',
    args: [1, many],
    run: (world, args) => ({ result: world.repo.tryGit('-C', world.cwd, ...args) }),
  },
  'layer-policy': {
    usage: 'layer-policy ARGS…',
    args: [0, many],
    run(world, args) {
      const { stdin } = world;
      world.stdin = '';
      return { result: run(world.cwd, args, { env: world.repo.env, stdin }) };
    },
  },
  stdout: { usage: 'stdout REGEX', args: [1, 1], run: (world, [regex = '']) => matches(regex, last(world).stdout) },
  stderr: { usage: 'stderr REGEX', args: [1, 1], run: (world, [regex = '']) => matches(regex, last(world).stderr) },
  grep: {
    usage: 'grep REGEX PATH',
    args: [2, 2],
    run: (world, [regex = '', path = '']) => matches(regex, readFileSync(resolve(world.cwd, path), 'utf8')),
  },
  exists: {
    usage: 'exists PATH',
    args: [1, 1],
    run(world, [path = '']) {
      const holds = lstatSync(resolve(world.cwd, path), { throwIfNoEntry: false }) !== undefined;
      return { holds, seen: `${path} ${holds ? 'exists' : 'does not exist'}` };
    },
  },
  example: {
    usage: 'example',
    args: [0, 0],
    run(world) {
      copyExample(world.cwd);
    },
  },
  cp: {
    usage: 'cp FROM TO',
    args: [2, 2],
    run(world, [from = '', to = '']) {
      cpSync(resolve(world.cwd, from), resolve(world.cwd, to), { recursive: true });
    },
  },
  append: {
    usage: 'append PATH LINE',
    args: [2, 2],
    run(world, [path = '', line = '']) {
      appendFileSync(resolve(world.cwd, path), `${line}\n`);
    },
  },
  rm: {
    usage: 'rm PATH',
    args: [1, 1],
    run(world, [path = '']) {
      rmSync(resolve(world.cwd, path), { recursive: true });
    },
  },
  cd: {
    usage: 'cd FOLDER (the folder beside the repository is `..`)',
    args: [1, 1],
    run(world, [folder = '']) {
      world.cwd = resolve(world.cwd, folder);
      if (!existsSync(world.cwd)) throw new Error(`${folder} does not exist`);
    },
  },
  env: {
    usage: 'env NAME=VALUE',
    args: [1, 1],
    run(world, [pair = '']) {
      const at = pair.indexOf('=');
      if (at < 1) throw new Error(`not NAME=VALUE: ${pair}`);
      world.repo = world.repo.with({ [pair.slice(0, at)]: pair.slice(at + 1) });
    },
  },
  stdin: {
    usage: 'stdin PATH (of the next layer-policy)',
    args: [1, 1],
    run(world, [path = '']) {
      world.stdin = readFileSync(resolve(world.cwd, path), 'utf8');
    },
  },
};

function matches(regex: string, text: string): Found {
  return { holds: new RegExp(regex, 'm').test(text), seen: `in: ${text}` };
}

function last(world: World): GitResult {
  if (world.last === null) throw new Error('no program ran before this');
  return world.last;
}
