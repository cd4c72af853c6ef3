import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { mayInstall } from '../../../src/layer/imports/installed.js';
import { isStdlib } from '../../../src/layer/imports/stdlib.js';

const has = (module: string) => [8, 9, 10, 11, 12, 13, 14].filter((minor) => isStdlib(module, `python3.${minor}`));

it.each([
  ['json', [8, 9, 10, 11, 12, 13, 14]],
  ['__future__', [8, 9, 10, 11, 12, 13, 14]],
  ['zoneinfo', [9, 10, 11, 12, 13, 14]],
  ['tomllib', [11, 12, 13, 14]],
  ['imp', [8, 9, 10, 11]],
  ['cgi', [8, 9, 10, 11, 12]],
  ['annotationlib', [14]],
  ['requests', []],
])('%s is in the standard library of 3.%j', (module, minors) => {
  expect(has(module)).toEqual(minors);
});

it('a runtime beyond the known ones is taken for the newest, or the oldest', () => {
  expect(isStdlib('annotationlib', 'python3.15')).toBe(true);
  expect(isStdlib('distutils', 'python3.6')).toBe(true);
});

it('knows what the Python here has', () => {
  const script = 'import sys; print(sys.version_info[1], *sys.stdlib_module_names)';
  const [minor, ...names] = execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim().split(' ');
  const unknown = names.filter((name) => !isStdlib(name, `python3.${minor}`));
  expect(unknown.filter((name) => !/^(_?test|_xx|_?idlelib|antigravity|this|_sysconfigdata)/.test(name))).toEqual([]);
});

it.each([
  ['PyYAML', 'yaml'],
  ['beautifulsoup4', 'bs4'],
  ['google-cloud-storage', 'google'],
  ['ruamel.yaml', 'ruamel'],
  ['aws-lambda-powertools', 'aws_lambda_powertools'],
  ['python-pptx', 'pptx'],
  ['Flask-Cors', 'flask_cors'],
  ['charset_normalizer', 'charset_normalizer'],
  ['elasticsearch-py', 'elasticsearch'],
])('%s may have %s', (distribution, module) => {
  expect(mayInstall([distribution])(module)).toBe(true);
});

it.each([
  ['PyYAML', 'requests'],
  ['requests-oauthlib', 'oauthlib'],
  ['boto3-stubs', 'stubs'],
])('%s has no %s', (distribution, module) => {
  expect(mayInstall([distribution])(module)).toBe(false);
});
