import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliPath, run } from '../../../kit/cli.js';
import { exampleRepo } from '../../../kit/example.js';
import { pythonPath, runtime } from '../../../kit/python.js';
import type { Repo } from '../../../kit/repo.js';
import { tempFolder } from '../../../kit/temp.js';

/** How this machine reaches the network is not the tests' to know. */
const way = Object.fromEntries(
  ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'].map((name) => [
    name,
    process.env[name],
  ]),
);
const isReachable = await fetch('https://pypi.org/simple/sgmllib3k/', { signal: AbortSignal.timeout(10_000) }).then(
  ({ ok }) => ok,
  () => false,
);
if (!isReachable)
  console.warn('\n*** PyPI cannot be reached: NOT TESTED is that layers are built of real packages. ***\n');

/** A folder for PATH with uv in it; null where uv does not install here. */
function uvFolder(): string | null {
  const folder = tempFolder('uv');
  const venv = spawnSync('python3', ['-m', 'venv', folder]);
  const installed = spawnSync(join(folder, 'bin/pip'), ['install', '-q', '--disable-pip-version-check', 'uv'], {
    env: { PATH: process.env.PATH, ...way },
  });
  if (venv.status !== 0 || installed.status !== 0) return null;
  const bin = tempFolder('bin');
  symlinkSync(join(folder, 'bin/uv'), join(bin, 'uv'));
  return bin;
}

function build(r: Repo, umask: string, variables: Record<string, string | undefined>): string {
  const line = `umask ${umask}; exec "$0" "$1" build common-deps --json`;
  const env = { ...r.env, ...way, ...variables } as Record<string, string>;
  const answer = execFileSync('sh', ['-c', line, process.execPath, cliPath()], { cwd: r.dir, env, encoding: 'utf8' });
  return JSON.parse(answer).layers['common-deps'].sha256;
}

describe.skipIf(!isReachable)('common-deps of the example, from PyPI', () => {
  const r = exampleRepo().with(way);
  const version = /COMMON_DEPS_VERSION=(.*)/.exec(r.read('VERSION'))?.[1];
  const file = `.build/layers/common-deps-${version}.zip`;
  const uv = isReachable ? uvFolder() : null;
  let sha256 = '';

  it('is built for two Pythons and imported by a real one that has nothing else', { timeout: 180_000 }, () => {
    sha256 = build(r, '022', { TZ: 'UTC' });
    const script = `
import sys, json
sys.path[:0] = sys.argv[1:]
import yaml, requests, feedparser, bs4, importlib.metadata as m
print(json.dumps([yaml.safe_load('a: 1'), yaml.__with_libyaml__, feedparser.parse('<rss><channel><item><title>x</title></item></channel></rss>').entries[0].title,
  bs4.BeautifulSoup('<p>y</p>', 'html.parser').p.text, m.version('sgmllib3k'), requests.__file__.startswith(sys.argv[2])]))`;
    const opt = tempFolder('opt');
    execFileSync('python3', ['-m', 'zipfile', '-e', join(r.dir, file), opt]);
    const path = [`python/lib/${runtime}/site-packages`, 'python'].map((folder) => join(opt, folder));
    const python = spawnSync(runtime, ['-I', '-S', '-c', script, ...path], {
      encoding: 'utf8',
      env: { PATH: pythonPath() },
    });
    expect([python.stderr, JSON.parse(python.stdout || 'null')]).toEqual([
      '',
      [{ a: 1 }, true, 'x', 'y', '1.0.0', true],
    ]);
    expect(run(r.dir, ['validate', file], { env: r.env }).code).toBe(0);
  });

  it('is built again from the cache, with no way to the index', { timeout: 60_000 }, () => {
    expect(build(r, '022', { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' })).toBe(sha256);
  });

  it('is the same bytes with uv, from nothing, elsewhere, under another clock and umask', { timeout: 120_000 }, () => {
    if (uv === null)
      return console.warn('\n*** uv does not install here: NOT TESTED is that it brings the same. ***\n');
    const clone = r.clone();
    const odd = { TZ: 'Pacific/Kiritimati', TMPDIR: tempFolder('a folder with blanks'), LANG: 'tr_TR.UTF-8' };
    expect(build(clone, '077', { ...odd, PATH: [uv, r.env.PATH].join(delimiter) })).toBe(sha256);
    expect(readFileSync(join(clone.dir, file)).equals(readFileSync(join(r.dir, file)))).toBe(true);
  });

  it('is locked with hashes, and built from the lock to the same bytes', { timeout: 120_000 }, () => {
    const env = { ...r.env, ...way, ...(uv !== null && { PATH: [uv, r.env.PATH].join(delimiter) }) };
    const open = r.clone().commit('open', { 'src_v2/requirements.txt': 'feedparser==6.0.10\nPyYAML==6.0.3\n' });
    expect(run(open.dir, ['lock', 'common-deps'], { env })).toMatchObject({ code: 0 });
    expect(open.read('src_v2/requirements.lock')).toMatch(
      /^feedparser==6\.0\.10 .*\n.*\npyyaml==6\.0\.3 (?:.*\n){3}sgmllib3k==1\.0\.0 \\\n {4}--hash=sha256:7868fb1c8bfa764c1ac563d3cf369c381d1325d36124933a726f29fcdaa812e9\n/m,
    );
    open.stage({ 'src_v2/requirements.lock': open.read('src_v2/requirements.lock') }).commit('lock');
    expect(run(open.dir, ['build', 'common-deps'], { env }).code).toBe(0);
  });
});
