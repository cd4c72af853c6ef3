import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo, type Story, symlink } from '../kit/repo.js';

const json = '.layerpolicyrc.json';
const yaml = '.layerpolicyrc.yaml';

/** A repository whose policy is this and nothing else, judged whole. */
function judged(policy: Story): { code: number; stderr: string; r: Repo } {
  const r = repo().commit('policy', { '.gitignore': '/.build/\n', VERSION: '', ...policy });
  const { code, stderr } = run(r.dir, ['check', '--stage', 'all'], { env: r.env });
  return { code, stderr, r };
}

const refused = (policy: Story, problem: string | RegExp) => {
  const { code, stderr } = judged(policy);
  const wanted = typeof problem === 'string' ? expect.stringContaining(problem) : expect.stringMatching(problem);
  expect([code, stderr]).toEqual([2, wanted]);
};

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

it('a policy with CRLF is one', () => {
  expect(judged({ [json]: '{\r\n  "layers": {}\r\n}\r\n' })).toMatchObject({ code: 0, stderr: '' });
  expect(judged({ [yaml]: 'layers: {}\r\n' })).toMatchObject({ code: 0, stderr: '' });
});

describe('what is no policy is refused: JSON', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'the end of the file where a value belongs'],
    ['no layers', '{}', 'line 1: the policy lacks "layers"'],
    ['null', 'null', 'the policy must be object'],
    ['a list', '[]', 'the policy must be object'],
    ['a byte order mark', bytes([0xef, 0xbb, 0xbf], '{ "layers": {} }'), 'byte order mark'],
    ['UTF-16', Buffer.from('\ufeff{ "layers": {} }', 'utf16le'), 'not UTF-8'],
    ['no UTF-8', bytes('{ "layers": { "', [0xff], '": {} } }'), 'not UTF-8'],
    ['NUL', '{ "layers": {} }\0', 'after the end'],
    ['depth', '['.repeat(200_000), 'nested deeper than 32 levels'],
    ['size', `{ "layers": {} }${' '.repeat(5 << 20)}`, 'larger than 1 MiB'],
    ['a long text', `{ "layers": {}, "baseBranch": "${'a'.repeat(5000)}" }`, 'a text of more than 4096 characters'],
    ['a key twice', '{ "layers": {},\n "layers": {} }', 'line 2: the key "layers" stands twice'],
    ['a comment', '{ "layers": {} } // x', 'after the end'],
    ['a trailing comma', '{ "layers": {}, }', 'a key in double quotes'],
    ['__proto__', '{ "layers": {}, "__proto__": { "x": 1 } }', 'the key "__proto__" is not allowed'],
    ['constructor', '{ "layers": {}, "constructor": { "prototype": { "x": 1 } } }', '"constructor" is not allowed'],
    ['a prototype deep inside', '{ "layers": { "a": { "__proto__": {} } } }', 'the key "__proto__" is not allowed'],
    ['$import', '{ "layers": {}, "$import": "/etc/passwd" }', 'unknown key "$import"'],
    ['1e400', '{ "layers": { "a": { "maxZipMB": 1e400 } } }', 'not a JSON value'],
  ])('%s', (_, text, problem) => {
    refused({ [json]: text }, problem);
  });
});

describe('what is no policy is refused: YAML', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'the policy must be object'],
    ['a text', 'layers', 'the policy must be object'],
    ['a key twice', 'layers: {}\nlayers: {}\n', 'duplicated mapping key (2:'],
    ['an anchor', 'layers: &all {}\n', 'anchors, aliases, tags'],
    ['an anchor with its alias', 'layers: &all {}\nfunctions: *all\n', 'anchors, aliases, tags'],
    ['an alias without anchor', 'layers: *all\n', 'unidentified alias'],
    ['a tag', 'layers: !!map {}\n', 'anchors, aliases, tags'],
    ['a tag that makes code', 'layers: !!js/function "function () {}"\n', 'unknown tag'],
    ['a verbatim tag', 'layers: !<tag:yaml.org,2002:map> {}\n', 'anchors, aliases, tags'],
    ['a tag without a name', 'layers: ! {}\n', 'anchors, aliases, tags'],
    ['a directive', '%TAG ! tag:example.com,2000:\n---\nlayers: {}\n', 'anchors, aliases, tags'],
    ['a merge key', 'layers: { <<: { a: {} } }\n', 'anchors, aliases, tags'],
    ['two documents', 'layers: {}\n---\nlayers: {}\n', 'expected a single document'],
    ['depth', `layers: ${'{ a: '.repeat(40)}${'}'.repeat(40)}\n`, 'nested deeper than 32 levels'],
    ['more depth', '['.repeat(200_000), 'nesting exceeded'],
    ['size', `layers: {}\n#${'x'.repeat(5 << 20)}`, 'larger than 1 MiB'],
    ['NUL', 'layers: "\0"', 'null byte'],
    ['a byte order mark', '\ufefflayers: {}\n', 'byte order mark'],
    ['no UTF-8', bytes('layers: ', [0xff]), 'not UTF-8'],
    ['__proto__', 'layers: {}\n__proto__: { x: 1 }\n', 'the key "__proto__" is not allowed'],
    [
      'a bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`)}]`).join('\n')}`,
      'anchors, aliases, tags',
    ],
    ['a tab', 'layers:\n\t{}\n', 'tab characters must not be used'],
  ])('%s', (_, text, problem) => {
    refused({ [yaml]: text }, problem);
  });

  it('the same signs within a text or a comment are none of that', () => {
    const waivers = `waivers:
  - { rule: no-stray-zips, file: 'a & b!*.zip', reason: "R&D: !important << &x *y", until: 2999-01-01 }
  - rule: no-stray-zips
    file: b.zip
    reason: |
      & no anchor
      !no tag
    until: 2999-01-01 # & ! <<
`;
    expect(judged({ [yaml]: `layers: {}\n${waivers}` })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a mistake is told with the nearest name', () => {
  const layer = { build: 'source', source: 's', versionKey: 'S', layerName: 's-{env}' };
  it.each<[string, object, string]>([
    ['key', { layer: {} }, 'line 1: the policy has an unknown key "layer"; did you mean "layers"?'],
    [
      'key within',
      { layers: { a: { ...layer, verionKey: 'A' } } },
      'layers.a has an unknown key "verionKey"; did you mean "versionKey"?',
    ],
    ['type', { layers: [] }, 'layers must be object'],
    [
      'enum',
      { layers: { a: { ...layer, build: 'sorce' } } },
      'layers.a.build must be one of ["source","requirements"]; did you mean "source"?',
    ],
    [
      'rule',
      { rules: { 'no-root-arm': 'error' } },
      'rules.no-root-arm names "no-root-arm", which is no rule; did you mean "no-root-arn"?',
    ],
    ['severity', { rules: { 'no-root-arn': 'warn' } }, 'did you mean "warning"?'],
    ['option', { rules: { 'no-root-arn': ['error', { content: true }] } }, 'did you mean "contents"?'],
    [
      'kind',
      { rules: { x: { use: 'forbiden-paths' } } },
      'rules.x.use names "forbiden-paths", which is no rule; did you mean "forbidden-paths"?',
    ],
    [
      'rule of a waiver',
      { waivers: [{ rule: 'no-stray-zip', file: 'x', reason: 'x', until: '2999-01-01' }] },
      'did you mean "no-stray-zips"?',
    ],
    [
      'rule of an override',
      { overrides: [{ paths: ['x'], rules: { 'no-stray-zip': 'off' } }] },
      'did you mean "no-stray-zips"?',
    ],
    [
      'environment',
      { environments: { dev: { target: 'aws' }, stage: { target: 'aws', promoteFrom: 'dve' } } },
      'environments.stage.promoteFrom names "dve", which is not another declared environment; did you mean "dev"?',
    ],
    [
      'environment of several targets',
      {
        environments: { dev: { target: 'aws', targets: { eu: {} } }, stage: { target: 'aws', promoteFrom: 'dev/us' } },
      },
      'environments.stage.promoteFrom names "dev/us", which is not another declared environment',
    ],
    [
      'account and region of a target',
      {
        environments: {
          prod: {
            ...{ target: 'aws', account: '123456789012', region: 'eu-west-3' },
            targets: { eu: {}, us: { region: 'us-east-1' }, again: { region: 'us-east-1' } },
          },
        },
      },
      'environments.prod.targets.again is in the account and region that us is in',
    ],
    [
      'targets of a folder',
      { environments: { rehearsal: { target: 'local', targets: { eu: {} } } } },
      'environments.rehearsal.targets are accounts and regions of AWS, and "target" is not "aws"',
    ],
    [
      'what goes along, beside targets',
      {
        environments: {
          prod: { target: 'aws', targets: { eu: {} }, sync: [{ from: 'aaa', to: 'bbb', prefix: 'canonical/' }] },
        },
      },
      'environments.prod.sync is of one account and region; with "targets" each of them has its own',
    ],
    [
      'targets that are none',
      { environments: { prod: { target: 'aws', targets: {} } } },
      'environments.prod.targets names none; leave it out, or name one',
    ],
    [
      'targets of local',
      { environments: { local: { target: 'aws', targets: { eu: {} } } } },
      'environments.local.target must be "local": this environment is a folder in every clone, and needs no account',
    ],
    [
      'environment of the archive',
      { archive: { environment: 'pord/eu' }, environments: { prod: { target: 'aws', targets: { eu: {}, us: {} } } } },
      'archive.environment names "pord/eu", which is not a declared environment; did you mean "prod/eu"?',
    ],
    [
      'layer',
      {
        layers: { core: layer },
        functions: { f: { source: 'f', versionKey: 'F', functionName: 'f', layers: ['cor'] } },
      },
      'functions.f.layers.0 names "cor", which is not a declared layer; did you mean "core"?',
    ],
    ['preset', { extends: 'strickt' }, 'did you mean "strict"?'],
  ])('%s', (_, policy, problem) => {
    refused({ [json]: JSON.stringify({ layers: {}, ...policy }) }, problem);
  });
});

it.each(['prod', 'prod/us'])('the archive may be reached by %s', (environment) => {
  const environments = { prod: { target: 'aws', targets: { eu: { region: 'eu-west-3' }, us: {} } } };
  const policy = { layers: {}, archive: { bucket: 'inbox-backups', environment }, environments };
  expect(judged({ [json]: JSON.stringify(policy) })).toMatchObject({ code: 0, stderr: '' });
});

describe('a pattern that would be read otherwise, or take for ever, is refused wherever globs are taken', () => {
  const places = (glob: string): [string, object][] => [
    ['overrides.0.paths', { overrides: [{ paths: [glob], rules: {} }] }],
    ['waivers.0.file', { waivers: [{ rule: 'safe-paths', file: glob, reason: 'x', until: '2999-01-01' }] }],
    ['versioned.K', { versioned: { K: [glob] } }],
    ['rules.no-stray-zips options.allow', { rules: { 'no-stray-zips': ['error', { allow: [glob] }] } }],
  ];
  it.each<[string, string]>([
    ['{a,b}'.repeat(20), 'stands for more than 64 globs'],
    ['{1..1000000000}', 'a range in braces'],
    ['+(a|aa)/*', 'a pattern in parentheses'],
    ['src/[a', 'a "[" without "]"'],
    [`${'**a*a*a'.repeat(9)}b`, 'more than 8 stars'],
    ['*'.repeat(70_000), 'a text of more than 4096 characters'],
  ])('%s', (glob, problem) => {
    for (const [where, policy] of places(glob)) {
      const { code, stderr } = judged({ [json]: JSON.stringify({ layers: {}, ...policy }) });
      expect([where, code, stderr]).toEqual([where, 2, expect.stringContaining(problem)]);
      if (glob.length < 4096) expect(stderr).toContain(where);
    }
  });

  it('a regular expression is a glob like another, and no name makes it slow', () => {
    const rules = {
      'no-notes': { use: 'forbidden-paths', options: { paths: ['^(a+)+$', '(x+x+)+y', '*a*a*a*a*a*a*ab'] } },
    };
    const name = 'a'.repeat(200);
    const { code, stderr } = judged({ [json]: JSON.stringify({ layers: {}, rules }), [name]: '', [`${name}!`]: '' });
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('nothing but the policy file is taken for one', () => {
  const mark = 'require("node:fs").writeFileSync("pwned", "")';
  const lying = {
    '.config/config.js': mark,
    '.config/config.cjs': mark,
    '.config/config.json': '{ "cosmiconfig": { "searchPlaces": ["weak.json"] }, "$import": "/etc/hostname" }',
    'weak.json': '{ "layers": {}, "rules": { "no-root-arn": "off" } }',
    'layer-policy.config.js': mark,
    '.layerpolicyrc.cjs': mark,
    '.layerpolicyrc.js': mark,
    '.layerpolicyrc.mjs': 'import("node:fs").then((fs) => fs.writeFileSync("pwned", ""))',
    '.layerpolicyrc.ts': mark,
    '.layer-policyrc.cjs': mark,
    '.layerpolicyrc': '{ "layers": {}, "rules": { "no-root-arn": "off" } }',
    'package.json': '{ "layerpolicy": { "layers": {} }, "cosmiconfig": { "searchPlaces": ["weak.json"] } }',
    'arn.txt': 'x',
  };

  it.each([
    [json, '{ "layers": {} }'],
    [yaml, 'layers: {}\n'],
  ])('beside %s', (file, text) => {
    const { code, r } = judged({ ...lying, [file]: text });
    expect([code, r.exists('pwned')]).toEqual([1, false]);
  });

  it('nor in its place, in CI as elsewhere', () => {
    const { code, stderr, r } = judged(lying);
    expect([code, stderr, r.exists('pwned')]).toEqual([2, expect.stringContaining('There is no policy'), false]);
    expect(run(r.dir, ['check'], { env: { ...r.env, CI: 'true' } }).code).toBe(2);
  });

  it('a link or a submodule in its place is refused, and not followed', () => {
    refused({ [json]: symlink('weak.json'), 'weak.json': '{ "layers": {} }' }, 'a link or a submodule, not a file');
    refused({ [json]: symlink('/dev/zero') }, 'a link or a submodule, not a file');
    const r = exampleRepo();
    r.git('rm', '-q', '--cached', json);
    r.git('update-index', '--add', '--cacheinfo', `160000,${r.head()},${json}`);
    const { code, stderr } = run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env });
    expect([code, stderr]).toEqual([2, expect.stringContaining('a link or a submodule, not a file')]);
  });

  it('two of them are refused', () => {
    refused({ [json]: '{ "layers": {} }', [yaml]: 'layers: {}\n' }, `Two policies: ${json} and ${yaml}`);
  });
});
