import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cliPath } from '../test/kit/cli.js';
import { type Repo, repo } from '../test/kit/repo.js';
import { tempFolder } from '../test/kit/temp.js';

/** A governed repository of `size` tracked files with twenty files staged. */
export interface Fixture {
  size: number;
  repo: Repo;
  /** Puts the index back to twenty staged files: ten of the layer's source with VERSION raised, or none the policy is about. */
  stage(what: 'layer' | 'other'): void;
}

const policy = {
  versionFile: 'VERSION',
  baseBranch: 'develop',
  layers: {
    core: { build: 'source', source: 'src/core', versionKey: 'CORE_VERSION', layerName: 'core-{env}' },
  },
};

const governed: Record<string, string> = {
  '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n`,
  '.gitignore': '/.build/*\n!/.build/README.md\n/node_modules\n/.husky\n',
  '.lintstagedrc.json': '{ "*": "true" }\n',
  'package.json': '{ "private": true }\n',
  VERSION: 'CORE_VERSION=1.0.0\n',
  'layer_management/active/core/README.md': '# core\n',
};

/** As many files and bytes as the layer that the original scripts build: 23 files, 0.3 MB. */
const layerFiles = Array.from({ length: 23 }, (_, i) => `src/core/part_${i % 4}/module_${i}.py`);

export function fixture(size: number): Fixture {
  const made = repo({ dir: tempFolder(`bench-${size}`) });
  const files = Object.entries(governed);
  for (const [i, path] of layerFiles.entries()) files.push([path, python(i)]);
  for (let i = 0; files.length < size; i++) files.push([other(i), `line ${i}\n`]);
  made.feed(stream(files), 'fast-import', '--quiet');
  made.git('reset', '-q', '--hard');
  made.git('switch', '-q', '-c', 'work');
  installTools(made);

  made.stage(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [other(i * 7), `changed ${i}\n`])));
  keepIndex(made, 'other');
  made.git('reset', '-q', '--hard');
  const changed = layerFiles.slice(0, 10).map((path, i) => [path, `${python(i)}CHANGED = True\n`]);
  const others = Array.from({ length: 9 }, (_, i) => [other(i * 7), `changed ${i}\n`]);
  made.stage({ ...Object.fromEntries([...changed, ...others]), VERSION: 'CORE_VERSION=1.1.0\n' });
  keepIndex(made, 'layer');

  const base = made.head();
  return {
    size,
    repo: made,
    stage(what) {
      made.git('update-ref', 'HEAD', base);
      cpSync(join(made.dir, `.git/bench-${what}`), join(made.dir, '.git/index'));
    },
  };
}

/** What a package manager puts into `node_modules/.bin`, nothing else, so that lookups find what they find in a project. */
function installTools({ dir }: Repo): void {
  const { resolve } = createRequire(import.meta.url);
  const tools = {
    husky: join(dirname(resolve('husky')), 'bin.js'),
    'lint-staged': join(dirname(resolve('lint-staged/package.json')), 'bin/lint-staged.js'),
    'layer-policy': cliPath(),
  };
  const bin = join(dir, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, file] of Object.entries(tools)) symlinkSync(file, join(bin, name));
}

function keepIndex(made: Repo, name: string): void {
  // Files as young as the index are read again by every git command; a second later they are not.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
  made.tryGit('update-index', '-q', '--really-refresh');
  cpSync(join(made.dir, '.git/index'), join(made.dir, `.git/bench-${name}`));
}

function other(i: number): string {
  return `app/d${Math.floor(i / 2500)}/e${Math.floor(i / 50)}/file_${i}.txt`;
}

/** About 13 kB that compress as code does. */
function python(seed: number): string {
  return Array.from({ length: 130 }, (_, i) => {
    const n = (seed * 7919 + i * 104729) % 99991;
    return `def step_${n}(items, limit=${n % 97}):\n    """Keeps what is above ${n}."""\n    return [x for x in items if x > ${n}]\n`;
  }).join('\n');
}

function stream(files: readonly (readonly [string, string])[]): string {
  const date = `${Date.parse('2026-01-15T12:00:00Z') / 1000} +0000`;
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const head = `commit refs/heads/develop\ncommitter Kit <kit@example.com> ${date}\n${data('init')}`;
  return head + files.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`).join('');
}
