import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forge, type Part } from '../io/zip/forge.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo } from '../kit/repo.js';
import { forgeElf } from '../layer/inside/forge-elf.js';
import { messages, validateJson, zips } from './validating.js';

const key = `AK${'IA'}Q3EGRTW5SZ7HJ2LM`;
const layer = (build: string, source: string, key: string) => ({
  build,
  source,
  versionKey: key,
  layerName: `${key}-{env}`,
});

/** A repository that declares a layer of source, a layer of wheels and a function, and holds zips. */
function governed(files: Record<string, Buffer>, policy: object = {}): Repo {
  return repo().commit('init', {
    '.layerpolicyrc.json': JSON.stringify({
      layers: { core: layer('source', 'src/core', 'CORE'), 'common-deps': layer('requirements', 'r.txt', 'DEPS') },
      functions: { ingest: { source: 'src/ingest', versionKey: 'INGEST', functionName: 'f-{env}', layers: ['core'] } },
      ...policy,
    }),
    ...files,
  });
}

const plain: Part = { name: 'python/core/__init__.py', data: 'x = 1\n' };
const wrong: Part = { name: 'python/core/a.pyc', data: 'x' };
const native: Part = { name: 'python/core/_fast.abi3.so', data: forgeElf() };
const handler: Part = { name: 'handler.py', data: 'x = 1\n' };

describe('what was built here', () => {
  it('is fit, in words and in JSON', () => {
    const r = exampleRepo();
    run(r.dir, ['build', 'inbox-core'], { env: r.env });
    const file = '.build/layers/inbox-core-1.0.0.zip';
    const said = run(r.dir, ['validate', file], { env: r.env });
    expect([said.code, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toMatch(
      /^✔ \.build\/layers\/inbox-core-1\.0\.0\.zip {2}inbox-core 1\.0\.0 {2}0\.01 MB .*\n\n✔ fit for Lambda\n$/,
    );
    const { document } = validateJson(r.dir, [file], r.env);
    const built = JSON.parse(r.read('.build/layers/manifest.json')).layers['inbox-core'];
    expect(document.artefacts[0]).toMatchObject({
      file,
      ok: true,
      name: 'inbox-core',
      version: '1.0.0',
      sha256: built.sha256,
    });
  });
});

describe('its name decides which declaration applies', () => {
  it.each<[string, string, Part[], string[]]>([
    [
      'a layer of source',
      'core-1.2.3.zip',
      [plain, native],
      ['native code: python/core/_fast.abi3.so: compiled code, which the policy forbids here'],
    ],
    ['a layer of wheels', 'common-deps-1.2.3.zip', [plain, native], []],
    ['a function', 'ingest-1.2.3.zip', [handler], []],
    ['no declared name', 'other-1.2.3.zip', [plain, native], []],
    ['no version', 'core-final.zip', [plain, native], []],
    [
      'no declared name, with a function in it',
      'other.zip',
      [handler],
      ['in the wrong place: handler.py: not below python/, where Lambda looks for the modules of a layer'],
    ],
  ])('%s', (_, name, parts, expected) => {
    const r = governed({ [name]: forge(parts) });
    const { code, document } = validateJson(r.dir, [name], r.env);
    expect([code, messages(document)]).toEqual([expected.length > 0 ? 3 : 0, expected]);
  });

  it('unless --layer says otherwise', () => {
    const r = governed({ 'x.zip': forge([plain, native]), 'core-2.0.0.zip': forge([plain, native]) });
    const asCore = validateJson(r.dir, ['x.zip', '--layer', 'core'], r.env);
    expect([asCore.code, asCore.document.artefacts[0]]).toMatchObject([3, { name: 'core', version: null }]);
    const asDeps = validateJson(r.dir, ['core-2.0.0.zip', '--layer', 'common-deps'], r.env);
    expect([asDeps.code, asDeps.document.artefacts[0]]).toMatchObject([0, { name: 'common-deps', version: null }]);
    const unknown = run(r.dir, ['validate', 'x.zip', '--layer', 'cor'], { env: r.env });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("Did you mean 'core'?")]);
  });
});

describe('where there is no policy', () => {
  const dir = zips({ 'a.zip': forge([plain]), 'b.zip': forge([wrong]) });

  it('what holds of every layer is judged, and that is said', () => {
    const { code, document } = validateJson(dir, ['a.zip', 'b.zip']);
    expect([code, messages(document)]).toEqual([3, [expect.stringContaining('bytecode')]]);
    expect(document.notices).toEqual(['There is no policy here, so only what holds of every layer is judged.']);
    expect(document.error?.hint).toContain('python3 -m zipfile -c layer.zip python/');
  });

  it('in a repository without one as well', () => {
    const r = repo().commit('init', { 'a.zip': forge([plain]) });
    expect(validateJson(r.dir, ['a.zip'], r.env)).toMatchObject({
      code: 0,
      document: { notices: [expect.stringContaining('no policy')] },
    });
  });

  it('--config gives one', () => {
    const config = join(dir, 'p.json');
    writeFileSync(
      config,
      JSON.stringify({ layers: { a: layer('source', 'a', 'A') }, rules: { 'artifact-structure': 'warning' } }),
    );
    expect(validateJson(dir, ['b.zip', '--config', config])).toMatchObject({ code: 0, document: { ok: true } });
  });
});

describe('the policy decides what counts', () => {
  const zip = { 'core-1.0.0.zip': forge([plain, wrong]) };
  const judged = (policy: object) => {
    const r = governed(zip, policy);
    return validateJson(r.dir, ['core-1.0.0.zip'], r.env);
  };

  it('an error refuses', () => {
    const { code, document } = judged({});
    expect(code).toBe(3);
    expect(document.findings).toMatchObject([
      {
        rule: 'artifact-structure',
        severity: 'error',
        file: 'core-1.0.0.zip',
        layer: 'core',
        hint: expect.stringContaining('layer-policy build core'),
      },
    ]);
  });

  it('a warning does not', () => {
    const { code, document } = judged({ rules: { 'artifact-structure': 'warning' } });
    expect([code, document.ok, document.findings[0]?.severity]).toEqual([0, true, 'warning']);
  });

  it('off judges nothing, and that is said', () => {
    const { code, document } = judged({ rules: { 'artifact-structure': 'off' } });
    expect([code, document.findings]).toEqual([0, []]);
    expect(document.notices.join()).toContain('nothing was judged');
  });

  it('a habit is tolerated', () => {
    expect(judged({ rules: { 'artifact-structure': ['error', { tolerate: ['bytecode'] }] } }).code).toBe(0);
    expect(judged({ rules: { 'artifact-structure': ['error', { tolerate: ['backups'] }] } }).code).toBe(3);
    expect(judged({ rules: { 'artifact-structure': ['error', { tolerate: ['names'] }] } }).code).toBe(2);
  });

  it('a waiver lets pass what it names', () => {
    const waiver = { rule: 'artifact-structure', file: 'core-*.zip', reason: 'agreed', until: '2099-12-31' };
    const { code, document } = judged({ waivers: [waiver] });
    expect([code, document.findings, document.waived.map(({ by }) => by)]).toEqual([0, [], ['agreed']]);
    expect(judged({ waivers: [{ ...waiver, until: '2020-01-01' }] }).code).toBe(3);
    expect(judged({ waivers: [{ ...waiver, file: 'other.zip' }] }).code).toBe(3);
  });

  it('for some paths otherwise', () => {
    const overrides = [{ paths: ['core-1.*'], rules: { 'artifact-structure': ['error', { tolerate: ['bytecode'] }] } }];
    expect(judged({ overrides }).code).toBe(0);
  });

  it('a file is named from the root, wherever it is judged from', () => {
    const r = governed({ 'a/b/core-1.0.0.zip': zip['core-1.0.0.zip'] });
    const { document } = validateJson(join(r.dir, 'a'), ['b/core-1.0.0.zip'], r.env);
    expect(document.artefacts[0]?.file).toBe('a/b/core-1.0.0.zip');
    const outside = validateJson(r.dir, ['../outside.zip'], r.env);
    expect(outside.code).toBe(2);
  });
});

it('a secret is in no output', () => {
  const dir = zips({ 'a.zip': forge([{ ...plain, data: `KEY = "${key}"\n` }]) });
  for (const how of [[], ['--json'], ['--verbose'], ['--json', '--verbose']]) {
    const { code, stdout, stderr } = run(dir, ['validate', 'a.zip', ...how]);
    expect([code, `${stdout}${stderr}`]).toEqual([
      3,
      expect.stringMatching(/a secret: .*__init__\.py: an AWS access key id \(sha256 [0-9a-f]{12}…\)/),
    ]);
    expect(`${stdout}${stderr}`).not.toContain(key.slice(4));
  }
});

it('several zips make a table, each judged by itself', () => {
  const r = governed({
    'core-1.0.0.zip': forge([plain]),
    'b.zip': forge([wrong]),
    'ingest-1.0.0.zip': forge([handler]),
  });
  const { code, stdout } = run(r.dir, ['validate', 'core-1.0.0.zip', 'b.zip', 'ingest-1.0.0.zip'], { env: r.env });
  expect(code).toBe(3);
  expect(
    stdout
      .split('\n')
      .slice(0, 4)
      .map((line) => line.replaceAll(/ {2,}/g, '  ')),
  ).toEqual([
    '  zip  declared  zipped  unpacked  files',
    '✔ core-1.0.0.zip  core 1.0.0  0.00 MB  0.00 MB  1',
    '✖ b.zip  –  0.00 MB  0.00 MB  1',
    '✔ ingest-1.0.0.zip  ingest 1.0.0  0.00 MB  0.00 MB  1',
  ]);
  expect(stdout).toContain('1 of 3 zips refused');
  expect(run(r.dir, ['validate'], { env: r.env }).code).toBe(2);
});

it('the same zip named twice is judged once', () => {
  const dir = zips({ 'a.zip': forge([plain]) });
  expect(validateJson(dir, ['a.zip', './a.zip', join(dir, 'a.zip')]).document.artefacts).toHaveLength(1);
});

it('judging changes nothing', () => {
  const r = governed({ 'core-1.0.0.zip': forge([plain]) });
  const before = readFileSync(join(r.dir, '.git/index'));
  validateJson(r.dir, ['core-1.0.0.zip'], r.env);
  expect([r.git('status', '--porcelain', '--ignored'), readFileSync(join(r.dir, '.git/index')).equals(before)]).toEqual(
    ['', true],
  );
});
