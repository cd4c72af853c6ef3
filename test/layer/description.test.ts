import { expect, it } from 'vitest';
import { describedAs, describeLayer, parseDescription, publishedAs } from '../../src/layer/description.js';
import type { Version } from '../../src/layer/version.js';
import type { PublishedVersion } from '../../src/ports.js';

const said = { name: 'core', version: '1.2.3' as Version, gitSha: 'a'.repeat(40) as never, sha256: 'b'.repeat(64) };
const text = `core 1.2.3 git:${'a'.repeat(12)} sha256:${'b'.repeat(16)} lp1`;

it('a layer version says what it is, and is known again by it', () => {
  expect(describeLayer(said)).toBe(text);
  expect(describedAs(said.name, said.version)).toBe('core 1.2.3 ');
  expect(parseDescription(text)).toEqual({
    ...{ name: 'core', version: '1.2.3', git12: 'a'.repeat(12), sha16: 'b'.repeat(16) },
  });
  const unknown = describeLayer({ ...said, gitSha: null });
  expect(unknown).toBe(`core 1.2.3 git:unknown sha256:${'b'.repeat(16)} lp1`);
  expect(parseDescription(unknown)?.git12).toBeNull();
});

it.each([
  '',
  `x ${text}`,
  `${text} `,
  text.replace('lp1', 'lp2'),
  text.replace('1.2.3', '1.2'),
  text.toUpperCase(),
])('%j is somebody else s', (other) => expect(parseDescription(other)).toBeNull());

it('what is published under a name and a version is told by its digest, oldest first', () => {
  const at = (version: number, description: string, sha256 = said.sha256) =>
    ({ version, description, sha256 }) as PublishedVersion;
  const versions = [
    ...[at(9, text), at(2, text), at(3, text, 'c'), at(5, text.replace('core', 'cor')), at(6, '')],
    ...[at(7, text.replace('1.2.3', '1.2.4')), at(10, text), at(4, text, 'd')],
  ];
  const { same, other } = publishedAs(versions, said);
  expect([same, other].map((list) => list.map(({ version }) => version))).toEqual([
    [2, 9, 10],
    [3, 4],
  ]);
});
