import { expect, it } from 'vitest';
import { readPylock } from '../../../src/layer/packages/pylock.js';

const digest = 'a'.repeat(64);
const base = 'https://files.test/simple/';
const wheel = (url: string, more = '') => `    { url = "${url}", size = 1${more} },`;
const listed = (...lines: string[]) => readPylock(['[[packages]]', ...lines].join('\n'), base);

it('packages have their wheels and their source', () => {
  const text = [
    'lock-version = "1.0"',
    '[[packages]]',
    'name = "Foo_Bar"',
    'version = "1.0"',
    `sdist = { url = "https://files.test/foo-1.0.tar.gz", hashes = { sha256 = "${digest}" } }`,
    'wheels = [',
    wheel('https://files.test/a/foo-1.0-py3-none-any.whl', `, hashes = { sha256 = "${digest}" }`),
    wheel('../foo-1%210%2blocal-cp311-cp311-linux_x86_64.whl#x'),
    ']',
    '[[packages]]',
    'name = "empty"',
    '[[packages]]',
    'version = "1"',
    wheel('https://files.test/nameless-1-py3-none-any.whl'),
  ].join('\n');
  expect(readPylock(text, base)).toEqual([
    {
      name: 'foo-bar',
      wheels: [
        { file: 'foo-1.0-py3-none-any.whl', url: 'https://files.test/a/foo-1.0-py3-none-any.whl', sha256: digest },
        {
          file: 'foo-1!0+local-cp311-cp311-linux_x86_64.whl',
          url: 'https://files.test/foo-1%210%2blocal-cp311-cp311-linux_x86_64.whl#x',
          sha256: null,
        },
      ],
      source: { file: 'foo-1.0.tar.gz', url: 'https://files.test/foo-1.0.tar.gz', sha256: digest },
    },
    { name: 'empty', wheels: [], source: null },
  ]);
});

it.each([
  'xhttps://files.test/a-1-py3-none-any.whl',
  'file:///etc/a-1-py3-none-any.whl',
  'http://[/a-1-py3-none-any.whl',
  'https://files.test/..%2Fa-1-py3-none-any.whl',
  'https://files.test/a%zz-1-py3-none-any.whl',
  'https://files.test/-a-1-py3-none-any.whl',
  'https://files.test/a%20b-1-py3-none-any.whl',
  'https://files.test/',
  `https://files.test/${'a'.repeat(250)}.whl`,
])('what is at %s is left alone', (url) => {
  expect(listed('name = "a"', wheel(url))).toEqual([{ name: 'a', wheels: [], source: null }]);
});

it('an address stands in front of all else that a file has', () => {
  expect(listed('name = "a"', '{ url = 1, name = "https://files.test/a-1-py3-none-any.whl" }')[0]?.wheels).toEqual([]);
});

it('a digest that is none counts for nothing, and a name stands on a line of its own', () => {
  const url = 'http://files.test/a-1-py3-none-any.whl';
  for (const sha256 of ['a'.repeat(63), 'A'.repeat(64), `${digest}0`])
    expect(listed('name = "a"', wheel(url, `, hashes = { sha256 = "${sha256}" }`))[0]?.wheels[0]?.sha256).toBeNull();
  expect(listed('x.name = "a"')).toEqual([]);
  expect(listed('name = "a" # b')).toEqual([]);
  expect(readPylock('x[[packages]]\nname = "a"', base)).toEqual([]);
  expect(readPylock('[[packages]] \nname = "a"', base)).toEqual([]);
});
