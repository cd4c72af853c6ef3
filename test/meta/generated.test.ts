import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generated } from '../../scripts/gen.js';

it('everything that npm run gen writes is as it would write it', async () => {
  const files = await generated();
  for (const [path, text] of files) {
    expect(existsSync(path) && readFileSync(path, 'utf8') === text, `${path} is stale: npm run gen`).toBe(true);
  }
  const pages = readdirSync('docs/rules').map((file) => `docs/rules/${file}`);
  expect(
    pages.filter((page) => !files.has(page)),
    'a page without a rule',
  ).toEqual([]);
});
