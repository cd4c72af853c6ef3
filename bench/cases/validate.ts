import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { forge } from '../../test/io/zip/forge.js';
import { cliPath } from '../../test/kit/cli.js';
import { tempFolder } from '../../test/kit/temp.js';
import type { Fixture } from '../fixtures.js';
import type { Case } from './case.js';
import { interpreter } from './interpreter.js';
import { passes } from './passes.js';

/** A zip takes at most 20,000 entries. */
const entriesOf = ({ size }: Fixture) => Math.min(size, 20_000);

export const structure: Case = {
  id: 'structure',
  title: `${passes} structural passes over a zip, 2 kB an entry`,
  variants(fixture) {
    const { file, python, program, place } = prepared(fixture);
    const listing = `import sys, zipfile\nfor _ in range(${passes}): zipfile.ZipFile(sys.argv[1]).infolist()`;
    return [
      { name: "Python's zipfile lists the directory", command: [python, '-c', listing, file], ...place },
      {
        name: 'our pass over directory and headers',
        command: [process.execPath, program, 'structure', file],
        ...place,
      },
    ];
  },
};

export const validate: Case = {
  id: 'validate',
  title: 'every content of a zip, 2 kB packed and 9 kB unpacked an entry',
  variants(fixture) {
    const { file, python, program, place } = prepared(fixture);
    return [
      { name: 'python -m zipfile -t: CRC-32', command: [python, '-m', 'zipfile', '-t', file], ...place },
      { name: 'layer-policy validate: all rules', command: [process.execPath, cliPath(), 'validate', file], ...place },
      { name: 'unzip -t: CRC-32', command: ['unzip', '-tqq', file], ...place },
      { name: 'yauzl: CRC-32', command: [process.execPath, program, 'yauzl', file], ...place },
    ];
  },
};

export const compare: Case = {
  id: 'compare',
  title: 'two zips compared by content, one entry in fifty changed',
  variants(fixture) {
    const { file, other, python, place } = prepared(fixture);
    const script = `import hashlib, sys, zipfile
def contents(path):
    with zipfile.ZipFile(path) as zip:
        return {name: hashlib.sha256(zip.read(name)).digest() for name in zip.namelist()}
a, b = contents(sys.argv[1]), contents(sys.argv[2])
print(sum(a[name] != b.get(name) for name in a))`;
    return [
      { name: 'Python: SHA-256 of every content', command: [python, '-c', script, file, other], ...place },
      {
        name: 'layer-policy compare: contents, packages, public names',
        command: [process.execPath, cliPath(), 'compare', file, other],
        ...place,
      },
    ];
  },
};

const made = new Map<number, ReturnType<typeof prepare>>();

function prepared(fixture: Fixture) {
  const entries = entriesOf(fixture);
  const known = made.get(entries) ?? prepare(entries);
  made.set(entries, known);
  return { ...known, place: { cwd: fixture.repo.dir, env: fixture.repo.env } };
}

function prepare(entries: number) {
  const folder = tempFolder('bench-zip');
  const file = join(folder, 'layer.zip');
  const words = noise(1);
  const parts = Array.from({ length: entries }, (_, i) => ({
    name: `python/part_${Math.floor(i / 100)}/module_${i}.py`,
    data: text(words),
  }));
  writeFileSync(file, forge(parts));
  const program = join(folder, 'zip-programs.mjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('zip-programs.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const other = join(folder, 'other.zip');
  const changed = parts.map((part, i) => (i % 50 === 0 ? { ...part, data: `${part.data}# changed\n` } : part));
  writeFileSync(other, forge(changed));
  return { file, other, program, python: interpreter() };
}

/** Lines of words as code has them: deflate makes about a quarter of it. */
function text(next: () => number): string {
  let lines = '';
  const length = 1500 + (next() % 15_500);
  while (lines.length < length)
    lines += `${'    '.repeat(next() % 4)}word_${next() % 3000} = call_${(next() % 90_000).toString(36)}()\n`;
  return lines;
}

function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
