import { expect, it } from 'vitest';
import { distributionName, distributionOf, moduleOf } from '../../src/layer/python-modules.js';
import { likelyModules } from '../../src/layer/required-names.js';

it.each([
  ['charset-normalizer', ['charset_normalizer']],
  ['Charset.Normalizer', ['charset_normalizer', 'Charset_Normalizer']],
  ['PyPDF2', ['pypdf2', 'PyPDF2']],
  ['PyYAML', ['yaml', '_yaml']],
  ['Python_DateUtil', ['dateutil']],
  ['constructor', ['constructor']],
])('%s is imported as %j', (distribution, modules) => {
  expect(likelyModules(distribution)).toEqual(modules);
});

it.each([
  ['x.py', 'x'],
  ['_yaml.cpython-312-x86_64-linux-gnu.so', '_yaml'],
  ['x.abi3.so', 'x'],
  ['x.so', 'x'],
  ['x.pyd', 'x'],
  ['x.y.py', null],
  ['x.txt', null],
  ['.py', null],
  ['x.py.bak', null],
  [`${'.'.repeat(4000)}so`, null],
])('from the file %s %j is imported', (file, module) => {
  expect(moduleOf(file)).toBe(module);
});

it.each([
  ['requests-2.32.5.dist-info', 'requests'],
  ['Charset_Normalizer-3.4.3.dist-info', 'charset-normalizer'],
  ['requests.egg-info', 'requests'],
  ['foo-1.0-py3.11.egg-info', 'foo'],
  ['dist-info', null],
  ['requests', null],
])('the folder %s is the metadata of %j', (folder, distribution) => {
  expect(distributionOf(folder)).toBe(distribution);
});

it('spellings of one distribution are one', () => {
  expect(new Set(['foo-bar', 'Foo_Bar', 'foo.bar', 'foo-_.bar'].map(distributionName)).size).toBe(1);
});
