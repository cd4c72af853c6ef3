import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

it('everything that npm run gen writes is as it would write it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/gen.ts', '--check'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

it('there is a page for each rule, and no other', () => {
  const names = (folder: string, ending: string) =>
    readdirSync(folder).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
  expect(
    names('docs/rules', '.md')
      .filter((name) => name !== 'README')
      .sort(),
  ).toEqual(names('rules', '.examples.ts').sort());
});
