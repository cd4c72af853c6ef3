import { describe, expect, it } from 'vitest';
import { build } from '../../src/commands/build.js';
import { check } from '../../src/commands/check.js';
import { runCommand } from '../commands/in-process.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo, type Story } from '../kit/repo.js';

interface Policy {
  layers?: string[];
  runtimes?: string[];
  rules?: object;
}

const policy = ({ layers = ['core', 'deps'], runtimes = ['python3.11', 'python3.12'], rules = {} }: Policy) =>
  JSON.stringify({
    layers: {
      core: { build: 'source', source: 'src/core', versionKey: 'CORE', layerName: 'core-{env}', runtimes },
      deps: {
        build: 'requirements',
        source: 'src/requirements.txt',
        versionKey: 'DEPS',
        layerName: 'deps-{env}',
        runtimes,
      },
    },
    functions: { fn: { source: 'src/fn', versionKey: 'FN', functionName: 'fn-{env}', layers } },
    rules,
  });

const story = (files: Story, said: Policy = {}) =>
  repo().commit('init', {
    '.layerpolicyrc.json': policy(said),
    '.gitignore': '/.build/\n',
    VERSION: 'CORE=1.0.0\nDEPS=1.0.0\nFN=1.0.0\n',
    'src/core/__init__.py': '',
    'src/requirements.txt': 'PyYAML==6.0.3\nrequests==2.32.5\n',
    'src/fn/handler.py': '',
    ...files,
  });

interface Told {
  rule: string;
  file: string;
  line: number;
  layer: string;
  message: string;
}

async function told(in_: Repo): Promise<string[]> {
  const { document } = await runCommand(check, in_, [], { stage: 'all', rule: ['import-closure'] });
  return (document as { findings: Told[] }).findings.map(({ file, line, message }) => `${file}:${line} ${message}`);
}
const handler = (text: string, said: Policy = {}, files: Story = {}) =>
  told(story({ 'src/fn/handler.py': text, ...files }, said));

describe('import-closure finds nothing wrong with', () => {
  it.each<[string, string, Policy?, Story?]>([
    [
      'the standard library and the runtime',
      'import json, os.path\nimport boto3\nfrom botocore.config import Config\nimport urllib3',
    ],
    [
      'its own modules, packages, and folders without __init__',
      'import a, b.c, d.e\nfrom b import c',
      {},
      { 'src/fn/a.py': '', 'src/fn/b/__init__.py': '', 'src/fn/b/c.py': '', 'src/fn/d/e.py': '' },
    ],
    [
      'its layers',
      'import core.sub.mod\nfrom core.sub import mod, anything\nimport yaml, requests.adapters',
      {},
      { 'src/core/sub/mod.py': '' },
    ],
    ['compiled modules', 'import fast', {}, { 'src/fn/fast.cpython-311-x86_64-linux-gnu.so': 'ELF' }],
    ['what it may do without', 'try:\n  import ujson\nexcept ImportError:\n  import json'],
    [
      'what no import reaches',
      '',
      {},
      {
        'src/fn/tests/test_a.py': 'import pytest',
        'src/fn/test_b.py': 'import pytest',
        'src/core/cli.py': 'import click',
      },
    ],
    [
      'a name that somebody else provides',
      'import aws_xray_sdk.core',
      { rules: { 'import-closure': ['error', { provided: ['aws_xray_sdk'] }] } },
    ],
    ['requirements that cannot be read', 'import anything', {}, { 'src/requirements.txt': '-r other.txt\n' }],
    ['what a module puts in its own place', 'import six_.moves', {}, { 'src/fn/six_.py': '' }],
  ])('%s', async (_, text, said, files) => {
    expect(await handler(text, said, files)).toEqual([]);
  });

  it('the example', async () => {
    expect(await told(exampleRepo())).toEqual([]);
  });
});

describe('import-closure names file and line of', () => {
  it.each<[string, string, string[], Policy?, Story?]>([
    [
      'what nothing has',
      'import json\n\nimport nowhere.at.all',
      ['src/fn/handler.py:3 fn imports "nowhere.at.all", which neither Python nor fn nor core, deps has'],
    ],
    [
      'a layer that it does not use',
      'import yaml',
      ['src/fn/handler.py:1 fn imports "yaml", which neither Python nor fn nor core has'],
      { layers: ['core'] },
    ],
    [
      'what a layer imports for it',
      'from core import used',
      ['src/core/used.py:2 fn imports "yaml", which neither Python nor fn nor core has'],
      { layers: ['core'] },
      { 'src/core/used.py': '\nimport yaml', 'src/core/unused.py': 'import yaml' },
    ],
    [
      'what the package on the way imports',
      'import core.sub.mod',
      ['src/core/sub/__init__.py:1 fn imports "lost", which neither Python nor fn nor core, deps has'],
      {},
      { 'src/core/sub/__init__.py': 'import lost', 'src/core/sub/mod.py': '' },
    ],
    [
      'what left the standard library',
      'import cgi, telnetlib',
      [
        'src/fn/handler.py:1 fn imports "cgi", which python3.13 does not have',
        'src/fn/handler.py:1 fn imports "telnetlib", which python3.13 does not have',
      ],
      { runtimes: ['python3.12', 'python3.13'] },
    ],
    [
      'what came to it later',
      'def f():\n    import tomllib',
      ['src/fn/handler.py:2 fn imports "tomllib", which python3.10 does not have'],
      { runtimes: ['python3.10', 'python3.11'] },
    ],
    [
      'a module that is not in a layer',
      'from core.renamed import x',
      ['src/fn/handler.py:1 fn imports "core.renamed", which is not in core'],
    ],
    [
      'a module that is not in a package of its own',
      'import own.gone',
      ['src/fn/handler.py:1 fn imports "own.gone", which is not in fn'],
      {},
      { 'src/fn/own/__init__.py': '' },
    ],
    [
      'a handler that takes its folder for a package',
      'from .a import b',
      [
        'src/fn/handler.py:1 fn imports ".a", which leads out of its package: at the root of a function, or of a layer, there is none',
      ],
      {},
      { 'src/fn/a.py': '' },
    ],
    [
      'a layer that leads out of itself',
      'import core',
      [
        'src/core/__init__.py:1 fn imports "..fn", which leads out of its package: at the root of a function, or of a layer, there is none',
      ],
      {},
      { 'src/core/__init__.py': 'from ..fn import x' },
    ],
    [
      'a module that is there in another relation',
      'import core.a',
      ['src/core/a.py:1 fn imports ".b", which is not in core'],
      {},
      { 'src/core/a.py': 'from .b import c' },
    ],
  ])('%s', async (_, text, expected, said, files) => {
    expect(await handler(text, said, files)).toEqual(expected);
  });

  it('and takes a name out of it as the policy says', async () => {
    const broken = story({ 'src/fn/handler.py': 'import nowhere' });
    const { exit, document } = await runCommand(build, broken, ['fn']);
    expect(exit).toBe(1);
    expect(document).toMatchObject({
      ok: false,
      gate: { findings: [{ rule: 'import-closure', file: 'src/fn/handler.py', line: 1, layer: 'fn' }] },
    });
    expect(broken.exists('.build')).toBe(false);
    const off = story({ 'src/fn/handler.py': 'import nowhere' }, { rules: { 'import-closure': 'off' } });
    expect(await runCommand(build, off, ['fn'])).toMatchObject({ exit: 0 });
  });
});

it('import-closure judges a range that touches functions or layers, and no other', async () => {
  const in_ = story({ 'src/fn/handler.py': 'import nowhere' });
  const of = async (from: string) => {
    const flags = { stage: 'ci', from, to: 'HEAD', rule: ['import-closure'] };
    return ((await runCommand(check, in_, [], flags)).document as { findings: Told[] }).findings.length;
  };
  in_.commit('elsewhere', { 'README.md': 'x' });
  expect(await of('HEAD~1')).toBe(0);
  in_.commit('a layer', { 'src/core/new.py': '' });
  expect(await of('HEAD~1')).toBe(1);
});
