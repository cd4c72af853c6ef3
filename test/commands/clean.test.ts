import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

const kept = ['.build/README.md', '.build/layers/a-1.0.0.zip', '.build/registry/local/x', '.build/notes/mine.txt'];
const leftOver = [
  '.build/layer_build',
  '.build/layer_vectora_core_approche_b',
  '.build/python',
  '.build/vectora-core-build',
  '.build/workspace',
  '.build/layers/vectora-core-build',
  'layer_management/experimental',
];

function littered() {
  const r = exampleRepo();
  for (const path of kept) r.write({ [path]: 'kept' });
  for (const path of leftOver) r.write({ [`${path}/python/mod.py`]: 'x = 1' });
  return r;
}

it('removes the workspace and the duplicates of the original scripts, and nothing else', () => {
  const r = littered();
  const { code, stdout } = run(r.dir, ['clean'], { env: r.env });
  expect([code, stdout]).toEqual([0, leftOver.map((path) => `  removed ${path}\n`).join('')]);
  expect(leftOver.filter((path) => r.exists(path))).toEqual([]);
  expect(kept.filter((path) => !r.exists(path))).toEqual([]);
  expect(run(r.dir, ['clean'], { env: r.env }).stdout).toBe('Nothing to clean.\n');
});

it('a dry run says the same and removes nothing', () => {
  const r = littered();
  const { stdout } = run(r.dir, ['clean', '--dry-run'], { env: r.env });
  expect(stdout).toBe(leftOver.map((path) => `  would remove ${path}\n`).join(''));
  expect(leftOver.filter((path) => !r.exists(path))).toEqual([]);
  const document = run(r.dir, ['clean', '--dry-run', '--json'], { env: r.env }).json();
  expect(document).toMatchObject({ found: leftOver, removed: [] });
});

it('what is committed stays, with the command that takes it out of git', () => {
  const r = littered().stage({ 'layer_management/experimental/a.txt': 'a' });
  const { code, stdout } = run(r.dir, ['clean'], { env: r.env });
  expect(code).toBe(0);
  expect(stdout).toContain(
    "! layer_management/experimental is committed. Run: git rm -r -- ':/layer_management/experimental'",
  );
  expect(r.exists('layer_management/experimental/a.txt')).toBe(true);
});

it('follows no link: a workspace that is one goes alone, a .build that is one is refused', () => {
  const elsewhere = tempFolder('elsewhere');
  mkdirSync(join(elsewhere, 'workspace'));
  const r = exampleRepo().write({ '.build/workspace': symlink(elsewhere) });
  expect(run(r.dir, ['clean'], { env: r.env }).code).toBe(0);
  expect(r.exists('.build/workspace')).toBe(false);
  r.remove('.build');
  symlinkSync(elsewhere, join(r.dir, '.build'));
  const refused = run(r.dir, ['clean'], { env: r.env });
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain('.build is a link, not a folder');
  expect(r.exists('.build/workspace')).toBe(true);
});
