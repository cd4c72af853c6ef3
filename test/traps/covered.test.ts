import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { elsewhere, notHere, shownBy, traps } from './index.js';

const folder = 'test/traps';
const texts = readdirSync(folder)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
const tested = new Set(
  texts.flatMap((text) =>
    [...text.matchAll(/\btrap\('(\w+)'|\btraps(?:\.(\w+)|\['(\w+)'\])/g)].map(
      (found) => found[1] ?? found[2] ?? found[3],
    ),
  ),
);

it('every trap has a test, or is known to have one elsewhere, or none', () => {
  expect(Object.keys(traps).filter((id) => !tested.has(id))).toEqual([]);
  expect(Object.values(shownBy).filter((id) => !(id in traps))).toEqual([]);
});

it('each is listed once', () => {
  const ids = [traps, shownBy, elsewhere, notHere].flatMap((list) => Object.keys(list));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

it.each(Object.entries(elsewhere))('%s has its test elsewhere: %j', (_, [file, title]) => {
  expect(readFileSync(`test/${file}`, 'utf8')).toContain(`'${title}`);
});
