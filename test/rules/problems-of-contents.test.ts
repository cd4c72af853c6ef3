import { describe, expect, it } from 'vitest';
import {
  type ArtefactProblem,
  type DocumentProblem,
  documentsAsked,
  type Problem,
  type Requirement,
  type RequirementsFile,
} from '../../src/rule/index.js';
import { problemsOf } from './problems.js';

describe('pinned-requirements', () => {
  const path = 'src/my reqs.txt';
  const word = "'src/my reqs.txt'";
  const top = (command: string) => `(cd "$(git rev-parse --show-toplevel)" && ${command})`;
  const pinned = (name: string, rest: Partial<Requirement> = {}): Requirement => ({
    ...{ name, extras: [], specifier: '==1.2.3', version: '1.2.3', marker: '', hashes: [], line: 1 },
    ...rest,
  });
  const told = (file: Partial<RequirementsFile>, options = {}) =>
    problemsOf(
      'pinned-requirements',
      {
        requirements: [
          {
            ...{
              layer: 'deps',
              path,
              exists: true,
              requirements: [],
              requireHashes: false,
              hasLock: false,
              problems: [],
            },
            ...file,
          },
        ],
      },
      options,
    );
  const hashes = [`sha256:${'0'.repeat(64)}`];
  const place = (line: number | null, about: string) => ({ file: path, line, layer: 'deps', about });

  it('tells what is open, as it is asked for', () => {
    const open = pinned('boto3', { specifier: '>=1.0', version: null, line: 7 });
    expect(told({ requirements: [pinned('a'), open] })).toEqual([
      {
        ...{ message: 'unpinned', ...place(7, 'boto3') },
        data: { name: 'boto3', asked: 'boto3>=1.0', pin: top(`uv pip compile ${word} -o ${word}`) },
      },
    ]);
    const long = pinned('a', { specifier: '>'.repeat(200), version: null });
    expect(String(told({ requirements: [long] })[0]?.data.asked)).toHaveLength(100);
  });

  it.each<[string, Partial<RequirementsFile>, object, string[]]>([
    ['nobody asks for', { requirements: [pinned('a')] }, {}, []],
    ['all have', { requirements: [pinned('a', { hashes })], requireHashes: true }, { hashes: true }, []],
    ['the policy asks for', { requirements: [pinned('a')] }, { hashes: true }, ['a: the policy asks for a lock']],
    [
      'the file asks for',
      { requirements: [pinned('a')], requireHashes: true },
      {},
      ['a: --require-hashes asks for one'],
    ],
    [
      'one has',
      { requirements: [pinned('a', { hashes }), pinned('b')] },
      {},
      ['b: pip takes a file with hashes only when all have one'],
    ],
  ])('tells who misses hashes that %s', (_, file, options, expected) => {
    const found = told(file, options);
    expect(found.map(({ data }) => `${data.name}: ${data.why}`)).toEqual(expected);
    for (const problem of found) {
      expect(problem).toMatchObject({
        ...{ message: 'noHash', ...place(1, String(problem.data.name)) },
        data: { lock: 'layer-policy lock deps' },
      });
    }
  });

  it.each([
    [2, 2, top(`sed -i.bak '2d' -- ${word} && rm -- ${word}.bak`)],
    [2, 4, top(`sed -i.bak '2,4d' -- ${word} && rm -- ${word}.bak`)],
    [null, null, ''],
  ])('takes out the lines %s to %s', (line, lastLine, remove) => {
    expect(told({ problems: [{ kind: 'url', what: 'git+x', line, lastLine }] })).toEqual([
      { message: 'url', ...place(line, 'git+x'), data: { what: 'git+x', remove } },
    ]);
  });
});

describe('artifact-structure', () => {
  const file = '.build/layers/core-1.2.3.zip';
  const told = (problems: ArtefactProblem[], name: string | null = 'core', options = {}) =>
    problemsOf('artifact-structure', { artefacts: [{ file, name, problems }] }, options);
  const again = 'Then: layer-policy build core';

  it.each<[string, ArtefactProblem, string | null, Problem]>([
    [
      'the zip itself',
      { kind: 'limit', what: 'it is 51 MB', paths: [] },
      'core',
      {
        ...{ message: 'limit', file, layer: 'core', about: 'limit' },
        data: { where: '', what: 'it is 51 MB', again, paths: [], count: 0 },
      },
    ],
    [
      'a function with its layers',
      { kind: 'together', what: 'it is 300 MB', paths: [] },
      'core',
      {
        ...{ message: 'together', file, layer: 'core', about: 'together' },
        data: { where: '', what: 'it is 300 MB', again, paths: [], count: 0 },
      },
    ],
    [
      'one file',
      { kind: 'native', what: 'compiled', paths: ['a.so'] },
      'core',
      {
        ...{ message: 'native', file, layer: 'core', about: 'compiled' },
        data: { where: 'a.so: ', what: 'compiled', again, paths: ['a.so'], count: 1 },
      },
    ],
    [
      'three, in a zip that is none of the declared',
      { kind: 'root', what: 'elsewhere', paths: ['a', 'b', 'c'] },
      null,
      {
        ...{ message: 'root', file, layer: null, about: 'elsewhere' },
        data: {
          ...{ where: 'a and 2 more: ', what: 'elsewhere', paths: ['a', 'b', 'c'], count: 3 },
          again: 'Then: python3 -m zipfile -c layer.zip python/',
        },
      },
    ],
  ])('tells of %s', (_, problem, name, expected) => expect(told([problem], name)).toEqual([expected]));

  it('names a hundred files and a hundred problems of a kind, and counts all', () => {
    const paths = Array.from({ length: 101 }, (_, i) => `f${i}`);
    const [one] = told([{ kind: 'leftover', what: 'bytecode', paths }]);
    expect(one?.data).toMatchObject({ count: 101, paths: paths.slice(0, 100) });
    const many = paths.map((what): ArtefactProblem => ({ kind: 'secret', what, paths: [] }));
    const found = told([...many, { kind: 'root', what: 'x', paths: [] }]);
    expect(found.map(({ about }) => about)).toEqual([...paths.slice(0, 100), 'x']);
  });

  it('lets habits pass that the policy tolerates, and no others', () => {
    const problems: ArtefactProblem[] = [
      { kind: 'leftover', what: 'bytecode', paths: [], habit: 'bytecode' },
      { kind: 'leftover', what: 'backup', paths: [], habit: 'backups' },
      { kind: 'leftover', what: 'other', paths: [] },
    ];
    const about = (options?: object) => told(problems, 'core', options).map((problem) => problem.about);
    expect(about({ tolerate: ['bytecode'] })).toEqual(['backup', 'other']);
    expect(about()).toEqual(['bytecode', 'backup', 'other']);
  });
});

describe('json-schema', () => {
  const asked = { files: ['*.json'], schema: 's.json' };
  const problem = (rest: Partial<DocumentProblem>): DocumentProblem => ({
    ...{ asked: documentsAsked(asked), kind: 'breaks', path: 'a.json', line: 3, field: '/a/b~1c/~0d', what: 'is no' },
    ...rest,
  });
  const data = { what: 'is no', schema: 's.json', spec: ':/a.json' };

  it.each<[string, Partial<DocumentProblem>, string]>([
    ['a field', {}, 'a.b/c.~d'],
    ['the whole', { field: '' }, 'the document'],
    ['the schema', { field: '', kind: 'schema' }, 'it'],
    ['too much', { field: '', kind: 'tooMuch' }, 'the document'],
  ])('tells of %s', (_, rest, place) => {
    const { kind, field } = problem(rest);
    expect(problemsOf('json-schema', { documents: [problem(rest)] }, asked)).toEqual([
      { message: kind, file: 'a.json', line: 3, about: `${field} is no`, data: { ...data, place } },
    ]);
  });

  it('tells what it asked for itself, and of a schema in the policy', () => {
    const mine = { files: ['*.json'], schema: { type: 'object' } };
    const documents = [problem({}), problem({ asked: documentsAsked(mine), pathBytes: btoa('\xff') })];
    expect(problemsOf('json-schema', { documents }, mine)).toMatchObject([
      { pathBytes: btoa('\xff'), data: { schema: 'the schema in the policy', spec: "$':(top,literal)\\377'" } },
    ]);
  });
});

it('policy-change tells what was and is, and what it is now is part of what it is about', () => {
  const weakened = { kind: 'gone', file: 'ci.yml', line: 4, what: 'a check', was: 'there', is: 'nothing' } as const;
  expect(problemsOf('policy-change', { weakenings: [weakened] })).toEqual([
    {
      ...{ message: 'gone', file: 'ci.yml', line: 4, about: 'a check nothing' },
      data: { what: 'a check', was: 'there', is: 'nothing' },
    },
  ]);
});
