import { describe, expect, it } from 'vitest';
import { exampleRepo } from '../../kit/example.js';
import { writeFiles } from '../../kit/files.js';
import { type Repo, type Story, symlink } from '../../kit/repo.js';
import { tempFolder } from '../../kit/temp.js';
import { check, plugin, withPolicy } from './plugin.js';

const name = '@acme/layer-policy-plugin';
const folder = `node_modules/${name}`;
/** What an installed package finds when it imports the door: here a stand-in that is enough for its rule. */
const door = {
  'node_modules/layer-policy/package.json': '{ "type": "module", "exports": { "./rule": "./rule.js" } }',
  'node_modules/layer-policy/rule.js':
    'export const defineRule = (rule) => rule; export const judged = (...paths) => paths.map((path) => ({ path }));',
};

function using(installed: Story): Repo {
  const r = exampleRepo();
  r.commit('policy', { ...withPolicy(r, {}, [name]), 'a.note': 'x' });
  return r.write({ ...door, ...installed });
}

const all = ['--stage', 'all'];

it.each<[string, object, string]>([
  ['exports as text', { exports: './lib/index.mjs' }, 'lib/index.mjs'],
  ['conditions', { exports: { '.': { types: './x.d.ts', import: './lib/i.mjs', default: './no.cjs' } } }, 'lib/i.mjs'],
  ['nested conditions', { exports: { node: { require: './no.cjs', default: './a.mjs' } } }, 'a.mjs'],
  ['main', { type: 'module', main: 'lib/main.js' }, 'lib/main.js'],
  ['neither', { type: 'module' }, 'index.js'],
])('a package is found as Node finds it: %s', (_, manifest, entry) => {
  const r = using({
    [`${folder}/package.json`]: JSON.stringify({ name, ...manifest }),
    [`${folder}/${entry}`]: plugin(),
  });
  expect(check(r, ...all)).toMatchObject({ code: 1, rules: ['acme/no-notes a.note'] });
});

it('CommonJS will do', () => {
  const text = plugin()
    .replace(/import \{(.*?)\} from (.*);/g, 'const {$1} = require($2);')
    .replace('export const rules = [noNotes]', 'module.exports = { rules: [noNotes] }');
  const r = using({
    [`${folder}/package.json`]: '{}',
    [`${folder}/index.js`]: text,
    'node_modules/layer-policy/rule.js': `module.exports = { defineRule: (rule) => rule, judged: () => [] }`,
    'node_modules/layer-policy/package.json': '{}',
  });
  expect(check(r, ...all)).toMatchObject({ code: 1, rules: ['acme/no-notes a.note'] });
});

describe('is refused', () => {
  it.each<[string, Story, string]>([
    ['not installed', {}, `npm install --save-dev ${name}`],
    [
      'no module',
      { [`${folder}/package.json`]: '{ "exports": { "./other": "./x.js" } }' },
      'names no module to import',
    ],
    ['no file', { [`${folder}/package.json`]: '{ "main": "gone.js" }' }, 'names no module to import'],
  ])('%s', (_, installed, problem) => {
    const { code, stderr } = check(using(installed), ...all);
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
  });

  it('a link to code elsewhere: a workspace, a folder outside', () => {
    const outside = tempFolder('outside');
    writeFiles(outside, { 'index.mjs': plugin({ mark: 'pwned' }), 'package.json': '{ "main": "index.mjs" }' });
    for (const target of [outside, '../../packages/acme']) {
      const r = using({ 'packages/acme/index.mjs': plugin({ mark: 'pwned' }), [folder]: symlink(target) });
      const { code, stderr } = check(r, ...all);
      expect([code, stderr, r.exists('pwned')]).toEqual([
        2,
        expect.stringMatching(/link out of node_modules|not installed/),
        false,
      ]);
    }
  });
});

it('a package whose module is a link to somewhere else, or lies above it, is refused', () => {
  const pwned = plugin({ mark: 'pwned' });
  const linked = {
    [`${folder}/package.json`]: '{ "main": "i.mjs" }',
    [`${folder}/i.mjs`]: symlink('../../../evil.mjs'),
  };
  const above = { [`${folder}/package.json`]: '{ "main": "../../../evil.mjs" }' };
  for (const files of [linked, above]) {
    const r = using({ 'evil.mjs': pwned, ...files });
    const { code, stderr } = check(r, ...all);
    expect([code, stderr, r.exists('pwned')]).toEqual([2, expect.stringContaining('leads out of the package'), false]);
  }
});

it('runs in CI where the base names it, unless the judged commit brings the package itself', () => {
  const base = exampleRepo();
  base.commit('policy', { ...withPolicy(base, {}, [name]), 'a.note': 'x' });
  const files = { [`${folder}/package.json`]: '{ "main": "index.mjs" }', [`${folder}/index.mjs`]: plugin() };
  const r = base
    .clone()
    .branch('feature')
    .commit('note', { 'b.note': 'x' })
    .write({ ...door, ...files });
  expect(check(r, '--stage', 'ci')).toMatchObject({ code: 1, rules: ['acme/no-notes b.note'], notices: [] });
  const hidden = 'node_modules/.store/acme';
  const linked = {
    [folder]: symlink('../.store/acme'),
    [`${hidden}/package.json`]: '{ "main": "i.mjs" }',
    [`${hidden}/i.mjs`]: plugin(),
  };
  const stored = base.clone().branch('feature').commit('link', linked).write(door);
  expect([check(stored, '--stage', 'ci').notices.join(), stored.exists('ran')]).toEqual([
    expect.stringContaining('node_modules is part of the judged commit'),
    false,
  ]);
  r.remove('ran').stage(files).commit('committed');
  const committed = check(r, '--stage', 'ci');
  expect([committed.code, r.exists('ran'), committed.notices.join()]).toEqual([
    0,
    false,
    expect.stringContaining('node_modules is part of the judged commit'),
  ]);
});
