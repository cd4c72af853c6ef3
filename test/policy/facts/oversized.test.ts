import { expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';

const large = `${' '.repeat(2 * 1024 * 1024)}\n`;

it.each([
  ['VERSION', 1, 'it is larger than 64 KiB'],
  ['.gitignore', 1, '.build/ is not ignored as a whole'],
  ['layer_management/active/inbox-core/manifest.json', 1, 'it is larger than 1 MiB'],
  ['.layerpolicyrc.json', 2, '.layerpolicyrc.json: it is larger than 1 MiB'],
])('a %s of 2 MiB is told by its name', (file, code, said) => {
  const r = exampleRepo().stage({ [file]: large });
  const found = run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env });
  expect([found.code, found.stdout + found.stderr]).toEqual([code, expect.stringContaining(said)]);
});
