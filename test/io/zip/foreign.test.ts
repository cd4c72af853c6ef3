import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { walkZip } from '../../../src/io/zip/walk.js';
import type { Look } from '../../../src/ports.js';
import { writeFiles } from '../../kit/files.js';
import { tempFolder } from '../../kit/temp.js';
import { forge } from './forge.js';

const look: Look<string> = () => {
  let text = '';
  return { show: (piece) => (text += Buffer.from(piece).toString('utf8')), seen: () => text };
};

const tree = { 'python/core/__init__.py': 'VALUE = 1\n'.repeat(20), 'python/core/café.json': '{}' };

function work(): string {
  const folder = tempFolder('foreign');
  writeFiles(folder, tree);
  return folder;
}

function program(cwd: string, command: string, ...args: string[]): Buffer {
  const done = spawnSync(command, args, { cwd, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (done.error ?? done.status !== 0) throw done.error ?? new Error(`${command}: ${done.stderr}`);
  return done.stdout;
}

const python = (cwd: string, ...lines: string[]) =>
  program(cwd, 'python3', '-c', ['import zipfile, os', ...lines].join('\n'));

/** What is said of it, and whether everything in it was read. */
async function judged(zip: Uint8Array) {
  const { files, problems } = await walkZip(zip, look);
  const contents = Object.fromEntries(files.map(({ path, seen }) => [path.replaceAll('\\', '/'), seen]));
  return { problems: [...new Set(problems.map(({ what }) => what))], contents };
}

/** archiver comes without types. */
type Archive = NodeJS.ReadableStream & {
  append(content: string, entry: { name: string; mode: number }): void;
  finalize(): Promise<void>;
};

const descriptors = 'written with a data descriptor, whose sizes readers find in two ways';
const windows = 'it has no Unix permissions (zipped on Windows?)';

describe('zips of other writers', () => {
  it('zip, with names of ASCII', async () => {
    const cwd = work();
    program(cwd, 'zip', '-q', '-r', 'a.zip', 'python', '-x', '*.json');
    const { 'python/core/__init__.py': init } = tree;
    expect(await judged(readFileSync(join(cwd, 'a.zip')))).toEqual({
      problems: [],
      contents: { 'python/core/__init__.py': init },
    });
  });

  it('zip, which marks no name as UTF-8 by itself', async () => {
    const cwd = work();
    program(cwd, 'zip', '-q', '-r', 'a.zip', 'python');
    const { problems } = await judged(readFileSync(join(cwd, 'a.zip')));
    expect(problems).toEqual(['the name of entry 4 is neither ASCII nor marked and valid UTF-8']);
  });

  it('zip into a pipe, whose sizes come behind the data', async () => {
    const { problems } = await judged(program(work(), 'zip', '-q', '-r', '-', 'python', '-x', '*.json'));
    expect(problems).toEqual([descriptors]);
  });

  it("Python's zipfile, as the hints recommend it", async () => {
    const cwd = work();
    program(cwd, 'python3', '-m', 'zipfile', '-c', 'a.zip', 'python/');
    expect(await judged(readFileSync(join(cwd, 'a.zip')))).toEqual({ problems: [], contents: tree });
  });

  it("shutil's make_archive", async () => {
    const cwd = work();
    python(cwd, 'import shutil', "shutil.make_archive('a', 'zip', '.', 'python')");
    expect(await judged(readFileSync(join(cwd, 'a.zip')))).toEqual({ problems: [], contents: tree });
  });

  it("Python's writestr, which lets the owner alone read", async () => {
    const cwd = work();
    python(cwd, "zipfile.ZipFile('a.zip', 'w').writestr('python/a.py', 'x')");
    expect(await judged(readFileSync(join(cwd, 'a.zip')))).toEqual({
      problems: ['not everybody may read it (mode 600)'],
      contents: { 'python/a.py': 'x' },
    });
  });

  it('Python, with zip64 forced on it', async () => {
    const cwd = work();
    python(cwd, "zipfile.ZipFile('a.zip', 'w').open('python/a.py', 'w', force_zip64=True).write(b'x')");
    expect((await judged(readFileSync(join(cwd, 'a.zip')))).problems).toContain(
      'it needs a newer unpacker than all have',
    );
  });

  it('a wheel', async () => {
    const cwd = tempFolder('wheel');
    writeFiles(cwd, {
      'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
      'core.py': 'x = 1\n',
      'core-1.0.dist-info/WHEEL': 'Wheel-Version: 1.0\nTag: py3-none-any\n',
    });
    python(
      cwd,
      "z = zipfile.ZipFile('core-1.0-py3-none-any.whl', 'w', zipfile.ZIP_DEFLATED)",
      "for f in ('core.py', 'core-1.0.dist-info/WHEEL'): z.write(f)",
      'z.close()',
    );
    const { problems, contents } = await judged(readFileSync(join(cwd, 'core-1.0-py3-none-any.whl')));
    expect([problems, Object.keys(contents)]).toEqual([[], ['core.py', 'core-1.0.dist-info/WHEEL']]);
  });

  it('archiver, whose entries carry data descriptors', async () => {
    const { ZipArchive }: { ZipArchive: new (options: object) => Archive } = await import(String('archiver'));
    const archive = new ZipArchive({ zlib: { level: 9 } });
    for (const [name, text] of Object.entries(tree)) archive.append(text, { name, mode: 0o644 });
    const [zip] = await Promise.all([buffer(archive), archive.finalize()]);
    expect(await judged(zip)).toEqual({ problems: [descriptors], contents: tree });
  });

  it('Windows, by PowerShell: no permissions, backslashes', async () => {
    const parts = Object.entries(tree).map(([name, data]) => ({
      name: name.replaceAll('/', '\\'),
      data,
      central: { madeBy: 20, external: 0 },
    }));
    expect(await judged(forge(parts))).toEqual({ problems: [windows, 'a backslash in a name'], contents: tree });
  });

  it('Windows, by Python: permissions that are none', async () => {
    const parts = Object.entries(tree).map(([name, data]) => ({
      name,
      data,
      central: { madeBy: 20, external: (0o100666 << 16) >>> 0 },
    }));
    expect(await judged(forge(parts))).toEqual({ problems: [windows], contents: tree });
  });
});
