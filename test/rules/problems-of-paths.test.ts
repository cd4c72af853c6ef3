import { describe, expect, it } from 'vitest';
import { type Facts, type JudgedPath, judged, type Problem, pathsOf } from '../../src/rule/index.js';
import { problemsOf } from './problems.js';

const commit = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';
const pathBytes = btoa('.build/\xff.zip');
const path = (path: string, rest: Partial<JudgedPath> = {}): JudgedPath => ({
  path,
  mode: '100644',
  commit: null,
  ...rest,
});
const archive = 'layer_management/archive/';
const said = (problems: Problem[]) => problems.map(({ message, file }) => `${message} ${file}`);

describe('archive-age', () => {
  const today = '2026-01-31';
  const at = (...inside: string[]) => ({ today, archive: judged(...inside.map((one) => archive + one)) });

  it.each<[string, string[], Problem[]]>([
    [
      'a month, once',
      ['2025-10/a.zip', '2025-10/b.zip'],
      [
        {
          message: 'tooOld',
          file: `${archive}2025-10`,
          data: { month: '2025-10', spec: `:/${archive}2025-10`, days: 90, age: 92 },
        },
      ],
    ],
    [
      'a month to come',
      ['2026-02/a.zip'],
      [
        {
          message: 'future',
          file: `${archive}2026-02`,
          data: { month: '2026-02', today, word: `${archive}2026-02`, archive, thisMonth: '2026-01' },
        },
      ],
    ],
    [
      'what is no month',
      ['v 18/a.zip', 'v 18/b.zip'],
      [
        {
          message: 'notAMonth',
          file: `${archive}v 18`,
          data: { name: 'v 18', word: `'${archive}v 18'`, archive, thisMonth: '2026-01' },
        },
      ],
    ],
    [
      'what is loose, each',
      ['a.zip', 'b c.zip', 'README.md', '.gitkeep', 'README.txt'],
      ['a.zip', 'b c.zip', 'README.txt'].map((name) => ({
        message: 'loose',
        file: archive + name,
        data: { word: name.includes(' ') ? `'${archive}${name}'` : archive + name, archive, thisMonth: '2026-01' },
      })),
    ],
    ['nothing of this month and the limit', ['2026-01/a.zip', '2025-11/b.zip', '2025-12/README.md'], []],
    ['nothing that is named harmless in a month', ['2026-01/README.md/x'], []],
  ])('tells of %s', (_, inside, problems) => expect(problemsOf('archive-age', at(...inside))).toEqual(problems));

  it('counts days after the last one of the month', () => {
    const on = (today: string, days: number) =>
      problemsOf('archive-age', { ...at('2025-11/a.zip'), today }, { days }).length;
    expect([on('2025-12-10', 10), on('2025-12-11', 10)]).toEqual([0, 1]);
  });

  it('tells of bytes that no text holds', () => {
    const [problem] = problemsOf('archive-age', { today, archive: [path(`${archive}\\xff.zip`, { pathBytes })] });
    expect(problem).toMatchObject({ message: 'loose', pathBytes });
  });
});

describe('no-build-commits', () => {
  const paths = (...all: JudgedPath[]) => problemsOf('no-build-commits', { paths: pathsOf(all) });

  it('tells what is below .build/, in any case, and that it can be untracked', () => {
    expect(
      paths(
        path('.build/a.zip', { commit }),
        path('.BUILD/x y'),
        path('.build/README.md'),
        path('.build/docs/README.md'),
      ),
    ).toEqual([
      {
        message: 'committed',
        file: '.build/a.zip',
        commit,
        fix: { kind: 'untrack' },
        data: { spec: ':/.build/a.zip' },
      },
      {
        message: 'committed',
        file: '.BUILD/x y',
        commit: null,
        fix: { kind: 'untrack' },
        data: { spec: "':(top,literal).BUILD/x y'" },
      },
      {
        message: 'committed',
        file: '.build/docs/README.md',
        commit: null,
        fix: { kind: 'untrack' },
        data: { spec: ':/.build/docs/README.md' },
      },
    ]);
    expect(paths(path('.build/\\xff.zip', { pathBytes }))).toMatchObject([
      { pathBytes, data: { spec: "$':(top,literal).build/\\377.zip'" } },
    ]);
  });

  it.each([
    ['120000', 'symbolic link'],
    ['160000', 'submodule'],
  ])('tells what stands in place of .build: mode %s', (mode, kind) => {
    expect(paths(path('.build', { mode, commit }))).toEqual([
      { message: 'link', file: '.build', commit, data: { kind, spec: ':/.build' } },
    ]);
  });

  it('leaves alone a file of that name, and what only resembles it', () => {
    expect(paths(path('.build'), path('src/.build/x'), path('.builds/x'))).toEqual([]);
  });

  it.each<[string[], string[], string, string[]]>([
    [['.build/workspace/x'], [], '', []],
    [['.build/workspace/x', '.build/layers/y'], [], ' and 1 more', []],
    [['.build/a', '.build/b', '.build/c'], [`${archive}x.zip`], ' and 2 more', [`!/${archive}`, `!/${archive}**`]],
    [
      ['.build/a'],
      ['layer_management/', `${archive}x.zip`],
      '',
      ['!/layer_management/', `!/${archive}`, `!/${archive}**`],
    ],
  ])('adds the lines that are missing: %j %j', (unignored, hidden, more, lines) => {
    const [example = ''] = unignored;
    expect(problemsOf('no-build-commits', { unignored, hidden })).toEqual([
      {
        ...{ message: 'notIgnored', file: '.gitignore', data: { example, more, unignored } },
        fix: { kind: 'append', lines: ['/.build/*', '!/.build/README.md', ...lines] },
      },
    ]);
  });

  it('says nothing of what is hidden where .build/ is', () => {
    expect(problemsOf('no-build-commits', { hidden: [`${archive}x.zip`] })).toEqual([]);
  });
});

describe('no-root-arn', () => {
  it.each(['arn.txt', 'x_layer_arn.txt', 'ARN-of-core.TXT', 'core.arn.v2.txt', '-arn-.txt'])('names %s', (file) => {
    expect(problemsOf('no-root-arn', { paths: pathsOf([path(file, { commit })]) })).toEqual([
      { message: 'file', file, commit, data: { spec: file.startsWith('-') ? `':(top,literal)${file}'` : `:/${file}` } },
    ]);
  });

  it.each([
    'warnings.txt',
    'arnold.txt',
    'barn.txt',
    'arn.md',
    'arn.txt.bak',
    'docs/arn.txt',
    'arn',
    'learn.txt',
    'x.txt',
  ])('lets %s be', (file) => {
    expect(problemsOf('no-root-arn', { paths: judged(file) })).toEqual([]);
  });

  const arn = ['arn', 'aws', 'lambda', 'eu-west-3', '123456789012', 'layer', 'acme'].join(':');
  const texts = [
    { path: 'a.md', text: `first\nsee ${arn} and\n${arn}\n` },
    { path: 'b.md', text: `${arn.toUpperCase()}\n` },
    { path: 'c.md', text: `${arn.replace('aws', 'aws-cn')}\n` },
    { path: 'd.md', text: arn.replace('123456789012', '12345') + arn.replace('layer', 'function') },
  ];

  it('tells the first line of a text that has one, where it is asked to', () => {
    expect(problemsOf('no-root-arn', { rootTexts: texts }, { contents: true })).toEqual([
      { message: 'content', file: 'a.md', line: 2, data: { path: 'a.md' } },
      { message: 'content', file: 'b.md', line: 1, data: { path: 'b.md' } },
      { message: 'content', file: 'c.md', line: 1, data: { path: 'c.md' } },
    ]);
    expect(problemsOf('no-root-arn', { rootTexts: texts })).toEqual([]);
  });
});

describe('zips', () => {
  it('are named after what the policy declares', () => {
    const wanted = '-{MAJOR.MINOR.PATCH}.zip';
    const paths = pathsOf([path('x/Inbox-Core v6.zip', { commit }), path('.build/other.zip')]);
    expect(problemsOf('semver-naming', { paths })).toEqual([
      {
        ...{ message: 'misnamed', file: 'x/Inbox-Core v6.zip', commit, layer: 'inbox-core' },
        data: { name: 'Inbox-Core v6.zip', wanted: `inbox-core${wanted}`, spec: "':(top,literal)x/Inbox-Core v6.zip'" },
      },
      {
        ...{ message: 'misnamed', file: '.build/other.zip', commit: null, layer: null },
        data: { name: 'other.zip', wanted: `{declared name}${wanted}`, spec: ':/.build/other.zip' },
      },
    ]);
  });

  it('stray where they are no archive', () => {
    const paths = pathsOf([
      ...[path('docs/a.zip', { commit }), path('ok/a.zip'), path(`${archive}2026-01/a.zip`), path('.BUILD/a.zip')],
      ...[
        path('link.zip', { mode: '120000' }),
        path('x/layer_management/archive/a.ZIP'),
        path('run.zip', { mode: '100755' }),
      ],
    ]);
    const found = problemsOf('no-stray-zips', { paths }, { allow: ['ok/**'] });
    expect(said(found)).toEqual(['stray docs/a.zip', 'stray x/layer_management/archive/a.ZIP', 'stray run.zip']);
    expect(found[0]).toEqual({
      message: 'stray',
      file: 'docs/a.zip',
      commit,
      data: { name: 'a.zip', archive, spec: ':/docs/a.zip' },
    });
  });
});

describe('kinds', () => {
  it('forbidden-paths tells by which glob, of the tree and of history', () => {
    const given: Partial<Facts> = {
      tipPaths: [path('a.pem'), path('x/b.key'), path('ok/c.key')],
      paths: pathsOf([path('d.key', { commit })]),
    };
    const options = { paths: ['*.pem', '**/*.key'], except: ['ok/**'], because: 'they leak', history: true };
    expect(problemsOf('forbidden-paths', given, options)).toEqual([
      {
        ...{ message: 'forbidden', file: 'd.key', commit, fix: { kind: 'untrack' } },
        data: { name: 'd.key', glob: '**/*.key', because: ': they leak', spec: ':/d.key' },
      },
    ]);
    const tip = problemsOf('forbidden-paths', given, { ...options, history: false });
    expect(said(tip)).toEqual(['forbidden a.pem', 'forbidden x/b.key']);
    expect(problemsOf('forbidden-paths', given, { paths: ['x/*'] })).toEqual([
      {
        message: 'forbidden',
        file: 'x/b.key',
        commit: null,
        fix: { kind: 'untrack' },
        data: { name: 'b.key', glob: 'x/*', because: '', spec: ':/x/b.key' },
      },
    ]);
  });

  it('required-paths tells names and globs apart', () => {
    const absent = ['a', 'b*', 'c?', 'd[e]', '{f,g}', 'when/**'];
    const found = problemsOf(
      'required-paths',
      { absent },
      { paths: ['a', 'b*', 'c?', 'd[e]', '{f,g}', 'there'], because: 'x' },
    );
    expect(said(found)).toEqual(['absent a', 'unmatched b*', 'unmatched c?', 'unmatched d[e]', 'unmatched {f,g}']);
    expect(found[0]).toEqual({ message: 'absent', file: 'a', data: { path: 'a', because: ': x', spec: ':/a' } });
    expect(problemsOf('required-paths', { absent }, { paths: ['a'] })[0]?.data.because).toBe('');
    expect(problemsOf('required-paths', { absent }, { paths: ['a'], when: ['when/**'] })).toEqual([]);
    expect(problemsOf('required-paths', { absent }, { paths: ['a'], when: ['when/**', 'other/**'] })).toHaveLength(1);
  });

  it('file-size rounds up what is beyond the limit', () => {
    const sized = (name: string, bytes: number, rest: Partial<JudgedPath> = {}) => ({ ...path(name, rest), bytes });
    const sizes = [sized('at', 10_240), sized('over', 10_241), sized('ok/over', 99_999), sized('other/x', 99_999)];
    const data = { maxKiB: 10, spec: ':/over' };
    expect(problemsOf('file-size', { sizes }, { maxKiB: 10, paths: ['at', 'over', 'ok/*'], except: ['ok/*'] })).toEqual(
      [{ message: 'tooLarge', file: 'over', commit: null, data: { ...data, size: 10.1 } }],
    );
    expect(said(problemsOf('file-size', { sizes }, { maxKiB: 10 }))).toEqual([
      'tooLarge over',
      'tooLarge ok/over',
      'tooLarge other/x',
    ]);
    const historySizes = [sized('over', 20_480, { commit })];
    expect(problemsOf('file-size', { historySizes }, { maxKiB: 10, history: true })).toEqual([
      { message: 'tooLarge', file: 'over', commit, data: { ...data, size: 20 } },
    ]);
  });
});

describe('sources', () => {
  it('hold no stand-ins', () => {
    const standIn = {
      path: 'src/a b.py',
      kind: 'lfs-pointer',
      where: 'in the source of inbox-core',
      layer: 'inbox-core',
    } as const;
    expect(problemsOf('layer-source', { standIns: [standIn] })).toEqual([
      {
        ...{ message: 'lfs-pointer', file: 'src/a b.py', layer: 'inbox-core' },
        data: {
          where: standIn.where,
          word: "'src/a b.py'",
          copy: "'src/a b.py.copy'",
          spec: "':(top,literal)src/a b.py'",
        },
      },
    ]);
  });

  it('have no copies', () => {
    const copies = [{ folder: 'old/core', layer: 'inbox-core', source: 'src_v2/inbox_core', shared: 6, all: 10 }];
    const { folder: file, ...data } = copies[0] ?? expect.fail();
    expect(problemsOf('no-layer-copies', { copies })).toEqual([
      { message: 'copy', file, layer: 'inbox-core', about: 'src_v2/inbox_core', data: { ...data, spec: ':/old/core' } },
    ]);
  });

  it('of functions carry nothing that layers provide', () => {
    const functionModules: Facts['functionModules'] = [
      {
        name: 'ingest',
        carries: [
          { kind: 'module', name: 'yaml', path: 'f/yaml' },
          { kind: 'distribution', name: 'pyyaml', path: 'f/pyyaml.dist-info' },
          { kind: 'distribution', name: 'yaml', path: 'f/yaml.dist-info' },
          { kind: 'module', name: 'handler', path: 'f/handler.py' },
        ],
        provided: [
          { kind: 'distribution', name: 'pyyaml', layer: 'deps' },
          { kind: 'module', name: 'yaml', layer: 'common' },
        ],
      },
    ];
    expect(problemsOf('handler-shadow', { functionModules })).toEqual([
      {
        message: 'shadowed',
        file: 'f/yaml',
        layer: 'ingest',
        data: { name: 'ingest', module: 'yaml', by: 'common', spec: ':/f/yaml' },
      },
      {
        ...{ message: 'installed', file: 'f/pyyaml.dist-info', layer: 'ingest' },
        data: { name: 'ingest', module: 'pyyaml', by: 'deps', spec: ':/f/pyyaml.dist-info' },
      },
    ]);
  });
});
