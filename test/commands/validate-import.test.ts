import { spawnSync } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forge, type Part } from '../io/zip/forge.js';
import { exec, writeFiles } from '../kit/files.js';
import { repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { messages, validateJson } from './validating.js';

const found = spawnSync('python3', ['-c', 'import sys; print(sys.executable, "python%d.%d" % sys.version_info[:2])'], {
  encoding: 'utf8',
});
const [executable = '', runtime = ''] = found.stdout.trim().split(' ');

/** A PATH on which nothing but this interpreter is a Python, under its own name. */
const bin = tempFolder('python');
symlinkSync(executable, join(bin, runtime));
const PATH = [bin, '/usr/bin', '/bin'].join(delimiter);

const py = (path: string, data: string): Part => ({ name: path, data });
const layer = (name: string, runtimes = [runtime]) => ({
  build: 'source',
  source: `src/${name}`,
  versionKey: name.toUpperCase(),
  layerName: `${name}-{env}`,
  runtimes,
});

/** A repository with the layers `core` and `deps`, which the function `ingest` uses together; zips of these files. */
function validated(files: Record<string, Part[]>, { env = {}, runtimes = [runtime] } = {}) {
  const zips = Object.fromEntries(Object.entries(files).map(([name, parts]) => [`${name}-1.0.0.zip`, forge(parts)]));
  const r = repo().commit('init', {
    '.layerpolicyrc.json': JSON.stringify({
      layers: { core: layer('core', runtimes), deps: layer('deps', runtimes), alone: layer('alone', runtimes) },
      functions: { ingest: { source: 'src/f', versionKey: 'F', functionName: 'f-{env}', layers: ['core', 'deps'] } },
    }),
    ...zips,
  });
  const { code, document } = validateJson(r.dir, ['--import', ...Object.keys(zips)], { ...r.env, PATH, ...env });
  return { code, document, said: messages(document), imports: document.artefacts.map(({ imports }) => imports) };
}

const imported = (modules: number, needs: string[] = []) => [{ runtime, modules, needs }];
const core = py('python/core/__init__.py', 'VALUE = 1\n');

describe('a real Python imports every top-level module', () => {
  it('of a layer', () => {
    const { code, imports } = validated({
      alone: [core, py('python/single.py', 'import core\nassert core.VALUE == 1\n')],
    });
    expect([code, imports]).toEqual([0, [imported(2)]]);
  });

  it.each([
    ['that is not there', 'import nowhere', "ModuleNotFoundError: No module named 'nowhere'"],
    ['that is misspelt', 'def f(:\n  pass', 'SyntaxError: '],
    ['that raises', 'raise ValueError("no \\ud800 luck")', 'ValueError: no '],
    ['that leaves', 'raise SystemExit(0)', 'SystemExit: 0'],
    ['that kills it', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)', 'Python was ended by SIGKILL'],
    ['that ends it', 'import os\nos._exit(3)', 'Python ended with code 3'],
  ])('and refuses one %s', (_, text, error) => {
    const { code, said } = validated({ alone: [core, py('python/bad.py', text)] });
    expect(code).toBe(3);
    expect(said).toEqual([expect.stringContaining(`import fails: ${runtime}: import bad: ${error}`)]);
  });

  it('where its own runtime looks, and nowhere else', () => {
    const { code, imports } = validated({
      alone: [
        py(`python/lib/${runtime}/site-packages/own.py`, ''),
        core,
        py('python/lib/python3.1/site-packages/no.py', 'x('),
      ],
    });
    // It is refused for the folder that no declared runtime looks in, so nothing of it is run.
    expect([code, imports]).toEqual([3, [null]]);
    expect(validated({ alone: [py(`python/lib/${runtime}/site-packages/own.py`, '')] }).imports).toEqual([imported(1)]);
  });

  it('of a function, with its layers', () => {
    const { code, imports } = validated({
      ingest: [py('handler.py', 'import core, tools\n')],
      core: [core],
      deps: [py('python/tools.py', '')],
    });
    expect([code, imports]).toEqual([0, [imported(1), imported(1), imported(1)]]);
  });
});

describe('what is missing', () => {
  const needy = { core: [py('python/core.py', 'import tools\n')] };

  it('may be in a layer that functions use beside it', () => {
    expect(validated(needy)).toMatchObject({ code: 0, imports: [imported(1, ['tools'])] });
  });

  it('is there when that layer is given', () => {
    expect(validated({ ...needy, deps: [py('python/tools.py', '')] })).toMatchObject({
      code: 0,
      imports: [imported(1), imported(1)],
    });
  });

  it('is missing when that layer is given and does not have it', () => {
    const { code, said } = validated({ ...needy, deps: [py('python/other.py', '')] });
    expect([code, said]).toEqual([3, [expect.stringContaining("No module named 'tools'")]]);
  });

  it('is missing in a layer that is used by itself', () => {
    expect(validated({ alone: [py('python/a.py', 'import tools\n')] }).code).toBe(3);
  });

  it('is brought by the runtime', () => {
    expect(validated({ alone: [py('python/a.py', 'import boto3\n')] })).toMatchObject({
      code: 0,
      imports: [imported(1, ['boto3'])],
    });
  });
});

describe('it is run apart', () => {
  it('without our variables and folders', () => {
    const text = [
      'import os, sys',
      `assert set(os.environ) <= {'PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_CTYPE'}, sorted(os.environ)`,
      `assert 'SECRET' not in os.environ and not any('site-packages' in p for p in sys.path if 'layer-policy' not in p)`,
      `assert os.getcwd() == os.environ['HOME']`,
      `print('noise'); sys.stderr.write('noise')`,
    ].join('\n');
    const env = { SECRET: 'x', PYTHONPATH: tempFolder('elsewhere'), PYTHONSTARTUP: '/nowhere' };
    expect(validated({ alone: [py('python/a.py', text)] }, { env })).toMatchObject({ code: 0, said: [] });
  });

  it('and leaves nothing behind', () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('layer-policy-python-'));
    const before = left();
    validated({ alone: [core, py('python/a.py', 'import os\nopen(os.path.join(os.environ["TMPDIR"], "x"), "w")')] });
    expect(left().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('only where nothing is wrong with the zip', () => {
    const mark = join(tempFolder('mark'), 'ran');
    const { code, imports } = validated({
      alone: [py('python/a.py', `open(${JSON.stringify(mark)}, 'w')`), py('python/b.pyc', 'x')],
    });
    expect([code, imports, readdirSync(join(mark, '..'))]).toEqual([3, [null], []]);
  });
});

describe('an interpreter that is not here', () => {
  it('is said, and never passes for one that imported', () => {
    const { code, document, imports } = validated({ alone: [core] }, { runtimes: [runtime, 'python3.99'] });
    expect([code, document.ok, document.error?.code]).toEqual([4, false, 'interpreter-missing']);
    expect(imports).toEqual([[...imported(1), { runtime: 'python3.99', modules: null, needs: [] }]]);
  });

  it('is one that calls itself by another version, or by none', () => {
    const others = tempFolder('others');
    symlinkSync(executable, join(others, 'python3.98'));
    writeFiles(others, { 'python3.99': exec('#!/bin/sh\necho "command not found" >&2\nexit 127\n') });
    const env = { PATH: [others, PATH].join(delimiter) };
    const { code, imports } = validated({ alone: [core] }, { runtimes: ['python3.98', 'python3.99'], env });
    expect([code, imports]).toEqual([
      4,
      [['python3.98', 'python3.99'].map((name) => ({ runtime: name, modules: null, needs: [] }))],
    ]);
  });

  it('does not hide a refusal', () => {
    const { code, document } = validated({ alone: [py('python/a.py', '1/0')] }, { runtimes: [runtime, 'python3.99'] });
    expect([code, document.error?.code]).toEqual([3, 'artefact-refused']);
  });
});
