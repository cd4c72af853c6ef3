import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publicNames } from '../../../src/layer/compare/public-names.js';

const library = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], {
  encoding: 'utf8',
});

it.skipIf(library.status !== 0)("reads all of Python's own library as Python's parser does", () => {
  const root = library.stdout.trim();
  const modules = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!.*(?:site|dist)-packages|(?:.*\/)?tests?\/).*\.py$/.test(file))
    .map((file) => ({
      path: join(root, file),
      name: file
        .slice(0, -3)
        .replace(/\/__init__$/, '')
        .replaceAll('/', '.'),
    }));
  expect(modules.length).toBeGreaterThan(200);
  const asked = spawnSync('python3', ['test/layer/compare/names-by-ast.py'], {
    input: modules.map(({ path, name }) => `${path}\t${name}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const theirs: Record<string, string[] | null> = JSON.parse(asked.stdout);
  const differ = modules.flatMap(({ path, name }) => {
    const told = theirs[path];
    // Tests of the parser itself, and of encodings: no Python to Python either, or none in bytes.
    if (told === null || told === undefined) return [];
    const ours = publicNames(readFileSync(path, 'latin1'), { name, isPackage: path.endsWith('__init__.py') });
    if (ours === null) return [`${path}: not read`];
    const [gone, more] = [told.filter((one) => !ours.includes(one)), ours.filter((one) => !told.includes(one))];
    return gone.length + more.length === 0 ? [] : [`${path}: without ${gone}, with ${more}`];
  });
  expect(differ).toEqual([]);
});
