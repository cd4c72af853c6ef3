import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveRules } from '../../src/config/rules.js';
import type { Severity } from '../../src/layer/declarations.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import { ruleHere } from '../../src/policy/select.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { writeFiles } from '../kit/files.js';
import { type Repo, symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

const order: Severity[] = ['off', 'warning', 'error'];

function preset(name: string) {
  const { rules } = JSON.parse(readFileSync(`presets/${name}.json`, 'utf8'));
  return resolveRules({ layers: [{ from: name, rules }], overrides: [], waivers: [] }, ruleIndex, () => false);
}

describe.each(['recommended', 'strict'])('%s', (name) => {
  it('names rules and options that there are', async () => {
    expect((await preset(name)).breaches).toEqual([]);
  });
});

it('strict asks for more than a rule does by itself, never for less, and for something of each rule it names', async () => {
  const { settings } = await preset('strict');
  expect(Object.keys(settings).length).toBeGreaterThan(1);
  for (const [id, { severity, options, use }] of Object.entries(settings)) {
    const own = ruleHere({ kinds: ruleIndex, declarations: { rules: {} } }, use)?.setting;
    expect([id, order.indexOf(severity)]).toEqual([
      id,
      Math.max(order.indexOf(severity), order.indexOf(own?.severity ?? 'off')),
    ]);
    expect([id, { severity, options }]).not.toEqual([id, { severity: own?.severity, options: own?.options }]);
  }
});

function extending(extended: unknown, more: object = {}): Repo {
  const r = exampleRepo();
  return r.commit('policy', {
    '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), extends: extended, ...more }),
    'NOTES.md': 'arn:aws:lambda:eu-west-3:123456789012:layer:acme-core-dev:4\n',
  });
}

const check = (r: Repo) => run(r.dir, ['check', '--stage', 'all', '--rule', 'no-root-arn'], { env: r.env });

it('what a preset turns on is on, and what the policy says itself wins', () => {
  expect(check(extending('recommended')).code).toBe(0);
  expect(check(extending('strict')).code).toBe(1);
  expect(check(extending(['strict', 'recommended'])).code).toBe(0);
  expect(check(extending('strict', { rules: { 'no-root-arn': ['error', { contents: false }] } })).code).toBe(0);
  expect(check(extending('strict', { rules: { 'no-root-arn': 'warning' } })).stdout).toContain('1 warning');
});

it.each([
  '/etc/passwd',
  '../x',
  './preset.json',
  'file:///etc/passwd',
  'http://example.com/preset.json',
  'strict/../../x',
  '..',
  'C:\\x',
])('%s is no preset, and nothing is read', (name) => {
  const { code, stderr } = check(extending(name));
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('which is no preset: "recommended", "strict" or an npm package'),
  ]);
});

it('a mistyped preset is told the one that is meant', () => {
  expect(check(extending('stricd')).stderr).toContain(
    'not installed in node_modules (npm install --save-dev stricd); did you mean "strict"?',
  );
});

describe('a preset of a package', () => {
  const name = '@acme/layer-policy-preset';
  const folder = `node_modules/${name}`;
  const installed = (text: string) => extending(name).write({ [`${folder}/layer-policy.json`]: text });

  it('is read, and never run', () => {
    const r = installed(JSON.stringify({ rules: { 'no-root-arn': ['error', { contents: true }] } })).write({
      [`${folder}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
      [`${folder}/index.js`]: 'require("node:fs").writeFileSync("pwned", "")',
    });
    expect([check(r).code, r.exists('pwned')]).toEqual([1, false]);
  });

  it.each([
    [
      '{ "rules": { "no-root-arm": "error" } }',
      'preset "@acme/layer-policy-preset": rules.no-root-arm names "no-root-arm", which is no rule',
    ],
    ['{ "rules": {}, "layers": {} }', 'must hold "rules", and nothing else'],
    ['{ "rules": { "a": 1, "a": 2 } }', 'stands twice'],
    ['{ "rules": { "__proto__": {} } }', 'not allowed'],
    ['[]', 'must hold "rules"'],
    ['', 'cannot be read'],
  ])('%s is refused', (text, problem) => {
    const { code, stderr } = check(installed(text));
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
  });

  it('is not taken from outside node_modules', () => {
    const outside = tempFolder('outside');
    writeFiles(outside, { 'layer-policy.json': '{ "rules": {} }' });
    const r = extending(name).write({ [folder]: symlink(outside) });
    expect(check(r).stderr).toContain('a link out of node_modules');
    const inside = extending(name).write({
      'preset.json': '{ "rules": {} }',
      [`${folder}/layer-policy.json`]: symlink('../../../preset.json'),
    });
    expect(check(inside).stderr).toContain('leads out of the package');
    const empty = extending(name).write({ [`${folder}/package.json`]: '{}' });
    expect(check(empty).stderr).toContain('has no layer-policy.json');
    expect(check(extending(name)).stderr).toContain(`npm install --save-dev ${name}`);
  });
});
