import { describe, expect, it } from 'vitest';
import { type Bump, examplePolicy, type Facts, type Problem } from '../../src/rule/index.js';
import { problemsOf } from './problems.js';

const gitSha = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';
const active = 'layer_management/active';
const manifest = `${active}/inbox-core/manifest.json`;

it('manifest-schema names the field of a target as people write it', () => {
  const about = { kind: 'arn' as const, field: '/environments/prod~1eu/arn', line: 3, what: 'is in us-east-1' };
  const [problem] = problemsOf('manifest-schema', {
    policy: examplePolicy,
    manifests: [{ path: manifest, layer: 'inbox-core', manifest: null, problems: [about] }],
  });
  expect(problem?.data?.field).toBe('environments.prod/eu.arn');
});

describe('layer-layout', () => {
  const folder = (name: string, rest: Partial<Facts['layout']['active'][number]> = {}) => ({
    ...{ name, hasManifest: true, hasReadme: true, others: [] },
    ...rest,
  });
  const layout = (rest: Partial<Facts['layout']>, policy = examplePolicy) =>
    problemsOf('layer-layout', {
      policy,
      layout: { active: [], loose: [], notFolders: [], hasExperimental: false, ...rest },
    });
  const core = `${active}/inbox-core`;

  it.each<[string, Partial<Facts['layout']>, Problem[]]>([
    ['a released layer', { active: [folder('inbox-core')] }, []],
    ['one that is not released', { active: [folder('inbox-core', { hasManifest: false, hasReadme: false })] }, []],
    [
      'no README',
      { active: [folder('inbox-core', { hasReadme: false })] },
      [
        {
          ...{ message: 'noReadme', file: core, layer: 'inbox-core' },
          data: { readme: `${core}/README.md`, spec: `:/${core}/README.md` },
        },
      ],
    ],
    [
      'strays, and of them only',
      { active: [folder('inbox-core', { hasReadme: false, others: ['python/a.py', 'python/b.py', 'x y', 'z'] })] },
      [
        {
          ...{ message: 'strays', file: core, layer: 'inbox-core' },
          data: {
            count: '4 files',
            list: 'python/a.py, python/b.py, x y and 1 more',
            specs: `:/${core}/python ':(top,literal)${core}/x y' :/${core}/z`,
          },
        },
      ],
    ],
    [
      'three strays',
      { active: [folder('inbox-core', { others: ['a', 'b', 'c'] })] },
      [
        {
          ...{ message: 'strays', file: core, layer: 'inbox-core' },
          data: { count: '3 files', list: 'a, b, c', specs: `:/${core}/a :/${core}/b :/${core}/c` },
        },
      ],
    ],
    [
      'a folder of nothing declared',
      { active: [folder('toString'), folder('old', { others: ['a'] })] },
      [
        {
          ...{ message: 'undeclared', file: `${active}/toString`, layer: null },
          data: { name: 'toString', holds: '', spec: `:/${active}/toString`, declared: 'inbox-core, ingest' },
        },
        {
          ...{ message: 'undeclared', file: `${active}/old`, layer: null },
          data: { name: 'old', holds: ', and holds 1 file', spec: `:/${active}/old`, declared: 'inbox-core, ingest' },
        },
      ],
    ],
    [
      'what lies loose',
      { loose: ['x.zip'] },
      [{ message: 'strays', file: active, data: { count: '1 file', list: 'x.zip', specs: `:/${active}/x.zip` } }],
    ],
    [
      'an experiment',
      { hasExperimental: true },
      [{ message: 'experimental', file: 'layer_management/experimental', data: {} }],
    ],
    [
      'what is no folder',
      { notFolders: ['120000', '160000', '100644'].map((mode) => ({ path: active, mode })) },
      ['symbolic link', 'submodule', 'file'].map((kind) => ({
        ...{ message: 'notAFolder', file: active, data: { kind, spec: `:/${active}` } },
      })),
    ],
  ])('%s', (_, given, problems) => expect(layout(given)).toEqual(problems));

  it('names all that is declared, or that nothing is', () => {
    const declared = (layers: Facts['policy']['layers']) =>
      layout({ active: [folder('x')] }, { ...examplePolicy, layers, functions: {} }).map(({ data }) => data.declared);
    const core = examplePolicy.layers['inbox-core'] ?? expect.fail();
    expect(declared({})).toEqual(['none']);
    expect(declared({ 'inbox-core': core, deps: core })).toEqual(['inbox-core, deps']);
  });
});

describe('manifest-schema', () => {
  it('tells each problem of a manifest by its field', () => {
    const problems: Facts['manifests'][number]['problems'] = [
      { kind: 'json', field: '', line: 9, what: 'the end' },
      { kind: 'placeholder', field: '/environments/dev/arn', line: 4, what: 'TODO' },
      { kind: 'schema', field: '', line: 1, what: 'lacks "size_mb"' },
    ];
    const on = { file: manifest, layer: 'inbox-core' };
    const data = { layer: 'inbox-core', spec: `:/${manifest}` };
    expect(
      problemsOf('manifest-schema', { manifests: [{ path: manifest, layer: 'inbox-core', manifest: null, problems }] }),
    ).toEqual([
      { message: 'json', ...on, line: 9, about: ' ', data: { field: 'the manifest', what: 'the end', ...data } },
      {
        ...{ message: 'placeholder', ...on, line: 4, about: '/environments/dev/arn ' },
        data: { field: 'environments.dev.arn', what: 'TODO', ...data },
      },
      {
        ...{ message: 'schema', ...on, line: 1, about: ' lacks "size_mb"' },
        data: { field: 'the manifest', what: 'lacks "size_mb"', ...data },
      },
    ]);
  });
});

describe('manifest-truth', () => {
  type Release = Facts['records']['releases'][number];
  const told = (rest: Partial<Release>) => {
    const release: Release = {
      ...{ layer: 'inbox-core', key: 'INBOX_CORE_VERSION', file: manifest, at: '', version: '1.2.3', gitSha },
      ...{ standing: 'before', versionThere: '1.2.3', versionNow: '1.2.3', tags: [], contradictions: [] },
      ...rest,
    };
    return problemsOf('manifest-truth', { records: { releases: [release], removed: [] } });
  };
  const on = (about: string) => ({ file: manifest, layer: 'inbox-core', about });
  const spec = `:/${manifest}`;
  const sha = gitSha.slice(0, 12);
  const data = {
    ...{ key: 'INBOX_CORE_VERSION', version: '1.2.3', versionSpec: ':/VERSION', fullSha: gitSha, word: manifest },
    ...{ field: 'git_sha', sha, spec },
  };
  const other = 'c9d6a4a7a3f1085bbcf0ddc0ff5c1a9b2a1d2ac1';
  const tags = [
    { name: 'v1', commit: gitSha },
    { name: 'v 2', commit: other },
  ];
  const moved = {
    ...{ message: 'tag', ...on('git_tag 1.2.3 v 2') },
    data: {
      ...{ tag: 'v 2', there: other.slice(0, 12), field: 'git_sha', version: '1.2.3', sha, spec, word: "'v 2'" },
      title: "'inbox-core 1.2.3'",
    },
  };
  const zip = 'layer_management/archive/2026-01/inbox-core-1.2.3.zip';

  it.each<[string, Partial<Release>, Problem[]]>([
    ['what is true', {}, []],
    ['what this clone cannot tell', { standing: 'unknown', versionThere: undefined, versionNow: null }, []],
    ['a version that VERSION has passed', { versionNow: '1.10.0' }, []],
    ['a version that is none now', { versionNow: 'soon' }, []],
    ['a commit beside', { standing: 'beside' }, [{ message: 'beside', ...on('git_sha 1.2.3 '), data }]],
    [
      'an object that is none',
      { standing: 'absent', tags },
      [{ message: 'noCommit', ...on('git_sha 1.2.3 '), data: { ...data, what: 'no object of this repository' } }],
    ],
    [
      'an object of another kind',
      { standing: 'tag', at: 'environments.dev.' },
      [
        {
          ...{ message: 'noCommit', ...on('environments.dev.git_sha 1.2.3 ') },
          data: { ...data, field: 'environments.dev.git_sha', what: 'a tag, not a commit' },
        },
      ],
    ],
    [
      'another version there',
      { versionThere: '1.2.2' },
      [{ message: 'version', ...on('version 1.2.3 '), data: { ...data, field: 'version', there: '1.2.2' } }],
    ],
    [
      'no version there',
      { versionThere: null },
      [{ message: 'version', ...on('version 1.2.3 '), data: { ...data, field: 'version', there: 'not there' } }],
    ],
    [
      'a version ahead',
      { versionNow: '1.2.2', at: 'environments.dev.' },
      [
        {
          ...{ message: 'ahead', ...on('environments.dev.version 1.2.3 now') },
          data: {
            ...{ field: 'environments.dev.version', version: '1.2.3', key: 'INBOX_CORE_VERSION', now: '1.2.2' },
            ...{ layer: 'inbox-core', spec },
          },
        },
      ],
    ],
    ['a moved tag', { tags }, [moved]],
    ['a moved tag, whatever else is unknown', { tags, standing: 'unknown' }, [moved]],
    ['a moved tag beside', { tags, standing: 'beside' }, [{ message: 'beside', ...on('git_sha 1.2.3 '), data }, moved]],
    [
      'other accounts',
      {
        contradictions: [
          { field: 'size_bytes', here: 1, there: 2, by: 'the manifest in 85bbcf0' },
          { field: 'sha256', here: 'a', there: 'b', by: zip },
        ],
      },
      [
        {
          ...{ message: 'contradicted', ...on('size_bytes 1.2.3 ') },
          data: { field: 'size_bytes', version: '1.2.3', here: 1, there: 2, spec, by: 'the manifest in 85bbcf0' },
        },
        {
          ...{ message: 'archived', ...on(`sha256 1.2.3 ${zip}`) },
          data: { field: 'sha256', version: '1.2.3', here: 'a', there: 'b', spec, zip, zipSpec: `:/${zip}` },
        },
      ],
    ],
  ])('%s', (_, rest, problems) => expect(told(rest)).toEqual(problems));

  it('a record that is taken away', () => {
    const removed = [{ layer: 'inbox-core', file: manifest, version: '1.2.3', base: gitSha }];
    expect(problemsOf('manifest-truth', { records: { releases: [], removed } })).toEqual([
      {
        ...{ message: 'removed', file: manifest, layer: 'inbox-core' },
        data: { layer: 'inbox-core', version: '1.2.3', base: sha, spec },
      },
    ]);
  });
});

describe('version-file', () => {
  const told = (rest: Partial<Facts['versionFile']>) =>
    problemsOf('version-file', {
      versionFile: {
        ...{ path: 'my VERSION', exists: true, problems: [], missingVersioned: [] },
        declared: [{ name: 'inbox-core', key: 'CORE', value: '1.2.3', line: 1 }],
        ...rest,
      },
    });
  const file = 'my VERSION';
  const spec = "':(top,literal)my VERSION'";
  const declared = [
    { name: 'inbox-core', key: 'CORE', value: null, line: null },
    { name: 'twin', key: 'CORE', value: null, line: null },
  ];

  it('tells what would have to be in one that is missing', () => {
    expect(told({ exists: false, declared, missingVersioned: ['FREE'] })).toEqual([
      {
        ...{ message: 'missing', file },
        data: {
          ...{ file, names: 'inbox-core, twin, FREE', lines: 'CORE=0.1.0\\nFREE=0.1.0\\n', word: "'my VERSION'", spec },
        },
      },
    ]);
    expect(told({ exists: false, declared: [] })).toEqual([]);
  });

  it('tells flaws by line, and mends those of the text', () => {
    const found = told({
      problems: [
        { line: 1, problem: 'bom' },
        { line: 2, problem: 'duplicate-key', key: 'CORE' },
        { line: 3, problem: 'bad-line', text: 'x y' },
      ],
      declared,
      missingVersioned: ['FREE'],
    });
    expect(found.map(({ data: _, ...rest }) => rest)).toEqual([
      { message: 'format', file, line: 1, about: 'bom ', fix: { kind: 'normalize', flaw: 'bom' } },
      { message: 'format', file, line: 2, about: 'duplicate-key CORE' },
      { message: 'format', file, line: 3, about: 'bad-line x y' },
    ]);
    expect(found[1]?.data.what).toContain('CORE');
  });

  it('tells keys that are missing or no versions', () => {
    const free = { name: 'b', key: 'B', value: '1.2', line: 2 };
    expect(told({ declared: [...declared.slice(0, 1), free], missingVersioned: ['FREE'] })).toEqual([
      { message: 'noKey', file, layer: 'inbox-core', about: 'CORE', data: { key: 'CORE', name: 'inbox-core', spec } },
      { message: 'notAVersion', file, line: 2, layer: 'b', about: 'B', data: { key: 'B', value: '1.2' } },
      { message: 'noVersionedKey', file, about: 'FREE', data: { key: 'FREE', spec } },
    ]);
  });
});

describe('version-bump', () => {
  const state = (version: string | null, content: string | null = 'a') => ({ version, content });
  const bump = (rest: Partial<Bump>): Bump => ({
    ...{ name: 'inbox-core', key: 'CORE', file: 'VERSION', tip: null, released: null, commit: null },
    ...{ now: state('1.2.3', 'b'), base: state('1.2.3') },
    ...rest,
  });
  const said = (rest: Partial<Bump>) =>
    problemsOf('version-bump', { bumps: [bump(rest)] }).map(({ message, data }) =>
      [message, data.before ?? data.by, data.raise].join(' '),
    );

  it('tells whose version it is, and how to raise it', () => {
    const place = { message: 'notRaised', file: 'VERSION', layer: 'inbox-core', about: 'CORE 1.2.3' };
    const data = {
      name: 'inbox-core',
      what: 'inbox-core',
      key: 'CORE',
      spec: ':/VERSION',
      version: '1.2.3',
      raise: 'patch',
      before: '1.2.3',
    };
    expect(problemsOf('version-bump', { bumps: [bump({})] })).toEqual([{ ...place, commit: null, data }]);
    expect(problemsOf('version-bump', { commitBumps: [bump({ commit: gitSha })] }, { per: 'commit' })).toEqual([
      { ...place, commit: gitSha, data },
    ]);
    const [free] = problemsOf('version-bump', { bumps: [bump({ name: 'CORE' })] });
    expect(free?.data.what).toBe('what it stands for');
  });

  it.each<[string, Partial<Bump>, string[]]>([
    ['nothing has a version now', { now: state(null) }, []],
    ['nothing changed', { now: state('1.2.3') }, []],
    ['the content went', { now: state('1.2.3', null) }, []],
    ['the content came', { base: state('1.2.3', null) }, []],
    ['there is no base', { base: null }, []],
    ['the base has no version', { base: state(null) }, []],
    ['the base has no good version', { base: state('1.2') }, []],
    ['it rose', { now: state('1.2.4', 'b') }, []],
    ['it fell, with its content or without', { now: state('1.2.2') }, ['fell 1.2.3 patch']],
    ['a free key changed', { now: state('1.1', 'b'), base: state('1.1') }, ['notRaised 1.1 minor']],
    ['a free key of words changed', { now: state('blue', 'b'), base: state('blue') }, ['notRaised blue 1.0']],
    ['a free key is another', { now: state('1.0', 'b'), base: state('1.1') }, []],
    ['a free key stays', { now: state('1.1'), base: state('1.1') }, []],
    ['the tip has the version', { now: state('1.2.4', 'b'), tip: state('1.2.4', 'c') }, ['taken 1.2.4 patch']],
    ['the tip is above', { now: state('1.2.4', 'b'), tip: state('1.3.0', 'c') }, ['taken 1.3.0 patch']],
    ['the tip is below', { now: state('1.2.5', 'b'), tip: state('1.2.4', 'c') }, []],
    ['the tip has the same content', { now: state('1.2.4', 'b'), tip: state('1.2.4', 'b') }, []],
    ['the tip has none', { now: state('1.2.4', 'b'), tip: state('1.2.4', null) }, []],
    ['the tip has no version', { now: state('1.2.4', 'b'), tip: state(null, 'c') }, []],
    ['the tip has no good version', { now: state('1.2.4', 'b'), tip: state('1.2', 'c') }, []],
    ['only the tip changed', { now: state('1.2.3'), tip: state('1.2.4', 'c') }, []],
    ['it is released so', { now: state('1.2.4', 'b'), released: { ...state('1.2.4', 'b'), by: 'tag' } }, []],
    [
      'it is released otherwise',
      { now: state('1.2.4', 'b'), released: { ...state('1.2.4', 'c'), by: 'tag v' } },
      ['released tag v patch'],
    ],
    ['another is released', { now: state('1.2.4', 'b'), released: { ...state('1.2.3', 'c'), by: 'tag' } }, []],
    ['one problem is enough', { released: { ...state('1.2.3', 'c'), by: 'tag' } }, ['notRaised 1.2.3 patch']],
  ])('%s', (_, rest, expected) => expect(said(rest)).toEqual(expected));
});

describe('readme-on-major', () => {
  const readmePath = `${active}/inbox-core/README.md`;
  const rise = (readme: string | null, before: string | null) =>
    problemsOf('readme-on-major', {
      majors: [
        {
          ...{ layer: 'inbox-core', key: 'CORE', readmePath, since: 'in 85bbcf0' },
          ...{ now: { version: '2.0.0', readme }, before: { version: '1.4.2', readme: before } },
        },
      ],
    });
  const problem = {
    ...{ file: readmePath, layer: 'inbox-core', about: 'CORE 2.0.0' },
    data: {
      ...{ layer: 'inbox-core', path: readmePath, spec: `:/${readmePath}`, since: 'in 85bbcf0' },
      ...{ before: '1.4.2', version: '2.0.0' },
    },
  };

  it('wants a README that is another', () => {
    expect([...rise('b', 'a'), ...rise('b', null)]).toEqual([]);
    expect(rise('a', 'a')).toEqual([{ message: 'unchanged', ...problem }]);
    expect([...rise(null, 'a'), ...rise(null, null)]).toEqual([
      { message: 'missing', ...problem },
      { message: 'missing', ...problem },
    ]);
  });
});
