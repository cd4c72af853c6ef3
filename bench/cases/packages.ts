import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliPath } from '../../test/kit/cli.js';
import { uv } from '../../test/kit/peers.js';
import { type Repo, repo } from '../../test/kit/repo.js';
import { tempFolder } from '../../test/kit/temp.js';
import type { Variant } from '../measure.js';
import type { Case } from './case.js';
import { interpreter } from './interpreter.js';

/** 40 MB unpacked, 13 MB zipped, more than half of it compiled; all that is needed and nothing else, so that pip takes the same. */
const requirements = `beautifulsoup4==4.14.3
certifi==2025.10.5
cffi==2.0.0
charset-normalizer==3.4.4
cryptography==46.0.3
idna==3.11
pillow==11.3.0
pycparser==2.23
PyYAML==6.0.3
requests==2.32.5
soupsieve==2.8
typing-extensions==4.15.0
urllib3==2.5.0
`;

const script = fileURLToPath(new URL('original-packages.py', import.meta.url));

/** From PyPI. The way to the network is this machine's own matter. */
export const packages: Case = {
  id: 'packages',
  title: 'build of a layer of packages, 40 MB',
  alone: { runs: 3 },
  variants() {
    const made = layer();
    const python = interpreter();
    const withUv = { PATH: [uvAlone(), made.env.PATH].join(delimiter) };
    const pipCache = { PIP_CACHE_DIR: tempFolder('bench-pip') };
    return [
      original(made, python, "the original scripts' way, pip and zipfile, nothing cached", ['--no-cache-dir']),
      original(made, python, "the same, pip's cache filled", [], pipCache),
      ours(made, 'layer-policy build with pip, nothing cached', {}, ['packages', 'entries']),
      ours(made, 'layer-policy build with uv, nothing cached', withUv, ['packages', 'entries']),
      ours(made, 'layer-policy build with uv, wheels cached', withUv, ['entries']),
      ours(made, 'layer-policy build with uv, once more', withUv, []),
      installed(made, python),
    ];
  },
};

function layer(): Repo {
  const deps = {
    ...{ build: 'requirements', source: 'requirements.txt', versionKey: 'DEPS_VERSION', layerName: 'deps-{env}' },
    ...{ runtimes: ['python3.11'], architectures: ['x86_64'], natives: 'allow' },
  };
  const way = ['SSL_CERT_FILE', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'PIP_CERT'];
  const known = way.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return repo({ dir: tempFolder('bench-packages') })
    .with(Object.fromEntries(known))
    .commit('init', {
      '.layerpolicyrc.json': JSON.stringify({ versionFile: 'VERSION', baseBranch: 'develop', layers: { deps } }),
      '.gitignore': '/.build/*\n!/.build/README.md\n',
      VERSION: 'DEPS_VERSION=1.0.0\n',
      'requirements.txt': requirements,
    });
}

/** Nothing but uv, so that nothing else on PATH changes with it. */
function uvAlone(): string {
  const folder = tempFolder('bench-uv');
  symlinkSync(uv(), join(folder, 'uv'));
  return folder;
}

function original({ dir, env }: Repo, python: string, name: string, options: string[], more = {}): Variant {
  return {
    name,
    command: [python, script, ...options],
    cwd: dir,
    env: { ...env, ...more },
    prepare: () => rmSync(join(dir, '.build'), { recursive: true, force: true }),
  };
}

function ours({ dir, env }: Repo, name: string, more: Record<string, string>, forgotten: string[]): Variant {
  return {
    name,
    command: [process.execPath, cliPath(), 'build', 'deps'],
    cwd: dir,
    env: { ...env, ...more },
    prepare() {
      for (const folder of forgotten) rmSync(join(dir, '.git/layer-policy', folder), { recursive: true, force: true });
    },
  };
}

/** What pip put there, zipped: how much of the whole that is. */
function installed({ dir, env }: Repo, python: string): Variant {
  const folder = join(dir, '.git/installed/python');
  mkdirSync(dirname(folder), { recursive: true });
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--no-compile', '-r', 'requirements.txt'];
  execFileSync(python, [...pip, '-t', folder], { cwd: dir, env, stdio: 'ignore' });
  return {
    name: 'zip -9 of the installed packages alone',
    command: ['zip', '-q', '-9', '-r', '../deps.zip', 'python'],
    cwd: dirname(folder),
    env,
    prepare: () => rmSync(join(dir, '.git/deps.zip'), { force: true }),
  };
}
