import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walkZip } from '../../src/io/zip/walk.js';
import { writeZip } from '../../src/io/zip/write.js';
import { forge, good, many, type Part } from '../io/zip/forge.js';
import { hostile } from '../io/zip/hostile.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { recorded } from './releasing.js';
import { measured, zips } from './validating.js';

interface Document {
  same: boolean;
  before: { file: string; sha256: string; content_digest: string };
  after: { file: string; sha256: string; content_digest: string };
  files: {
    added: { path: string }[];
    removed: { path: string }[];
    changed: { path: string; before: { mode: string }; after: { mode: string } }[];
    unchanged: number;
  };
  packages: { name: string; before: string | null; after: string | null }[];
  python: {
    gone: { module: string; name: string | null }[];
    added: { module: string; name: string | null }[];
    unread: string[];
    hint: string | null;
  };
  notices: string[];
}

const pack = (files: Record<string, string>): Buffer =>
  forge(Object.entries(files).map(([name, data]) => ({ name, data })));

function compared(before: Uint8Array, after: Uint8Array): Document {
  const result = run(zips({ 'a.zip': before, 'b.zip': after }), ['compare', 'a.zip', 'b.zip', '--json']);
  expect([result.code, result.stderr]).toEqual([0, '']);
  return result.json() as Document;
}

const metadata = (name: string, version: string) =>
  `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\ntext\n`;
const v1 = {
  'python/core/__init__.py': 'from .a import f\n',
  'python/core/a.py': 'def f(): pass\ndef g(): pass\n',
  'python/core/same.py': 'x = 1\n',
  'python/dep-1.0.dist-info/METADATA': metadata('Dep', '1.0'),
};

describe('compare says by content', () => {
  it('which files, packages and names came, went and changed', () => {
    const { 'python/dep-1.0.dist-info/METADATA': _, ...kept } = v1;
    const after = {
      ...kept,
      'python/core/a.py': 'def f(): pass\ndef h(): pass\n',
      'python/core/b.py': 'x = 1\n',
      'python/dep-1.1.dist-info/METADATA': metadata('Dep', '1.1'),
    };
    const document = compared(pack(v1), pack(after));
    expect(document.files).toMatchObject({
      added: [{ path: 'python/core/b.py' }, { path: 'python/dep-1.1.dist-info/METADATA' }],
      removed: [{ path: 'python/dep-1.0.dist-info/METADATA' }],
      changed: [{ path: 'python/core/a.py' }],
      unchanged: 2,
    });
    expect(document.packages).toEqual([{ name: 'Dep', before: '1.0', after: '1.1' }]);
    expect(document.python).toEqual({
      gone: [{ module: 'core.a', name: 'g', runtimes: [] }],
      added: [
        { module: 'core.a', name: 'h', runtimes: [] },
        { module: 'core.b', name: null, runtimes: [] },
      ],
      unread: [],
      hint: 'major',
    });
  });

  it.each([
    ['minor', { 'python/core/a.py': 'def f(): pass\ndef g(): pass\nnew = 1\n' }],
    ['patch', { 'python/core/a.py': 'def f(): return 1\ndef g(): pass\n' }],
    [null, {}],
  ])('how the version should rise: %s', (hint, changes) => {
    expect(compared(pack(v1), pack({ ...v1, ...changes })).python.hint).toBe(hint);
  });

  it('that a mode changed', () => {
    const document = compared(forge([good]), forge([{ ...good, mode: 0o100755 }]));
    expect(document.files.changed.map(({ before, after }) => [before.mode, after.mode])).toEqual([['0644', '0755']]);
    expect([document.same, document.python.hint]).toEqual([false, 'patch']);
  });

  it('that the same content was packed in another way', async () => {
    const ours = await writeZip(
      Object.entries(v1)
        .sort()
        .map(([path, text]) => ({ path, mode: 0o644, bytes: Buffer.from(text) })),
    );
    const document = compared(
      ours,
      forge(
        Object.entries(v1)
          .reverse()
          .map(([name, data]) => ({ name, data, stored: true })),
      ),
    );
    expect([document.same, document.before.sha256 === document.after.sha256]).toEqual([true, false]);
    expect(document.before.content_digest).toBe(document.after.content_digest);
  });

  it('which sources it could not read, and nothing about their names', () => {
    const { python } = compared(pack(v1), pack({ ...v1, 'python/core/a.py': 'def f(:\n"""' }));
    expect(python).toEqual({ gone: [], added: [], unread: ['python/core/a.py'], hint: 'patch' });
  });
});

it('a zip and itself are the same, byte for byte', () => {
  const dir = zips({ 'a.zip': pack(v1) });
  const { code, stdout } = run(dir, ['compare', 'a.zip', 'a.zip']);
  expect([code, stdout.includes('The same zip, byte for byte')]).toEqual([0, true]);
});

it('people see it at a glance', () => {
  const dir = zips({ 'a.zip': pack(v1), 'b.zip': pack({ ...v1, 'python/core/a.py': 'def f(): pass\n'.repeat(50) }) });
  const { code, stdout } = run(dir, ['compare', 'a.zip', 'b.zip']);
  expect(code).toBe(0);
  for (const line of [
    'a.zip → b.zip',
    '  ~ python/core/a.py',
    '  − core.a.g',
    'By its public names this is a major change: 1 public name gone',
    '├─ core/',
  ]) {
    expect(stdout).toContain(line);
  }
  expect(stdout).not.toContain('\u001b');
});

it('names of a zip reach no terminal as they are', () => {
  const dir = zips({
    'a.zip': pack({}),
    'b.zip': pack({
      'python/x.dist-info/METADATA': '',
      'python/a-1.dist-info/METADATA': metadata('\u001b]0;pwn\u0007', '1\u202e'),
    }),
  });
  const { code, stdout } = run(dir, ['compare', 'a.zip', 'b.zip']);
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

it('out of archive, registry and .build, by name and version', () => {
  const r = exampleRepo();
  expect(recorded(r, 'inbox-core').code).toBe(0);
  expect(run(r.dir, ['bump', 'inbox-core', 'minor'], { env: r.env }).code).toBe(0);
  r.commit('more', { VERSION: r.read('VERSION'), 'src_v2/inbox_core/more.py': 'x = 1\n' });
  expect(recorded(r, 'inbox-core').code).toBe(0);
  const result = run(r.dir, ['compare', 'inbox-core@1.0.0', 'inbox-core@1.1.0', '--json'], { env: r.env });
  const document = result.json() as Document;
  expect(document.before.file).toMatch(/^layer_management\/archive\/\d{4}-\d{2}\/inbox-core-1\.0\.0\.zip$/);
  expect(document.after.file).toBe('local:layers/inbox-core-1.1.0.zip');
  expect(document.python).toMatchObject({ added: [{ module: 'inbox_core.more', name: null }], hint: 'minor' });
});

it.each([
  [['compare'], 2, 'compare takes two zips'],
  [['compare', 'a.zip', 'a.zip', 'a.zip'], 2, 'compare takes two zips'],
  [['compare', 'a.zip', 'none.zip'], 2, 'there is no such file'],
  [['compare', 'a.zip', '.'], 2, 'this is not a regular file'],
])('%j is refused', (args, code, text) => {
  const result = run(zips({ 'a.zip': forge([good]) }), args);
  expect([result.code, result.stderr.includes(text)]).toEqual([code, true]);
});

describe('hostile zips', () => {
  it('are refused on either side, each with its reason', async () => {
    const ok = forge([good]);
    const habits: string[] = [];
    for (const [name, make] of Object.entries(hostile).filter((_, at) => at % 12 === 0)) {
      const zip = make();
      const { problems } = await walkZip(zip, () => ({ show() {}, seen: () => null }));
      if (problems.every(({ habit }) => habit !== undefined)) habits.push(name);
      const dir = zips({ 'bad.zip': zip, 'ok.zip': ok });
      const result = run(dir, ['compare', 'ok.zip', 'bad.zip', '--json']);
      expect([name, result.code]).toEqual([name, habits.includes(name) ? 0 : 3]);
      if (result.code === 3) expect(result.json()).toMatchObject({ ok: false, error: { code: 'zip-refused' } });
    }
    const dir = zips({ 'bad.zip': hostile['duplicate with other content']?.() ?? expect.fail(), 'ok.zip': ok });
    expect(run(dir, ['compare', 'bad.zip', 'ok.zip']).code).toBe(3);
  });

  it('of a habit of others are compared, with a notice', () => {
    const windows = forge([{ ...good, central: { madeBy: 20, external: 0x20 } }]);
    const document = compared(windows, forge([good]));
    expect([document.same, document.notices]).toEqual([
      true,
      ['a.zip has no Unix permissions (zipped on Windows?); its files count as 0644'],
    ]);
  });

  it.each<[what: string, parts: () => Part[]]>([
    [
      '10,000 modules',
      () =>
        many(10_000).map(
          ({ name }, at): Part => ({ name: `python/p${at % 100}/${name}.py`, data: `def f${at}(): pass\nx = ${at}\n` }),
        ),
    ],
    [
      '20,000 files in 20,000 folders',
      () =>
        many(20_000).map(
          ({ name }): Part => ({ name: `python/${'d/'.repeat(40)}${name.slice(0, -1)}/${name}.py`, data: 'x = 1\n' }),
        ),
    ],
    [
      'long METADATA and RECORD',
      () =>
        many(3000).map(
          ({ name }, at): Part => ({
            name: `python/${name}-1.dist-info/${at % 2 ? 'METADATA' : 'RECORD'}`,
            data: `Name: ${'n'.repeat(50)}\nVersion: 1\n${'abcdefghijklmnop/x,,\n'.repeat(20)}${'q'.repeat(60_000)}`,
          }),
        ),
    ],
    [
      'a source of 30 MB',
      () => [
        {
          name: 'python/a.py',
          data: `a = [\n${randomBytes(15_000_000).toString('hex').replaceAll(/.{60}/g, '"$&",\n')}`,
        },
      ],
    ],
  ])('or only large ones take bounded memory: %s', (_, parts) => {
    const dir = zips({ 'a.zip': forge([good]), 'b.zip': forge(parts()) });
    const { code, memory } = measured(dir, ['a.zip', 'b.zip'], 'compare');
    expect(code).toBe(0);
    expect(memory).toBeLessThan(250 * 1_048_576);
  });
});

it('it reads what lies in another folder by its path', () => {
  const dir = zips({ 'a.zip': forge([good]) });
  expect(run(join(dir, '..'), ['compare', join(dir, 'a.zip'), join(dir, 'a.zip')]).code).toBe(0);
});
