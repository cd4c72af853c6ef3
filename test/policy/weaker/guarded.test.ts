import { expect, it } from 'vitest';
import { isGuarded, pluginFiles, runsChecks } from '../../../src/policy/weaker/guarded.js';
import { examplePolicy } from '../../../src/rule/index.js';

const policy = { ...examplePolicy, plugins: ['acme', './policy/rules.mjs'] };

it.each([
  ...['.layerpolicyrc.json', '.layerpolicyrc.yaml', 'CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS'],
  ...['.github/workflows/a.yml', '.github/actions/x/action.yaml', '.gitlab-ci.yml', 'Jenkinsfile'],
  ...['.husky/pre-push', 'lefthook.yml', '.pre-commit-config.yaml', 'package.json', 'Makefile', 'tox.ini'],
  ...['check.sh', 'ci/x.bash', 'scripts/check', '.ci/run', 'tools/x', 'a/bin/check', 'policy/rules.mjs', 'a/b.yml'],
])('a change of %s may weaken what is demanded', (path) => expect(isGuarded(path, policy)).toBe(true));

it.each([
  ...['src/a.py', 'README.md', 'acme', 'rules.mjs', 'a/policy/rules.mjs', 'docs/package.json', 'my.shx', 'scripts/a/b'],
])('a change of %s does not', (path) => expect(isGuarded(path, policy)).toBe(false));

it.each([
  ...['a/.github/workflows/a.yml', '.github/workflows/a.txt', '.husky/_/x', '.husky/layer-policy.sh', '.husky/'],
  ...['my.gitlab-ci.yml', 'Jenkinsfile2', 'lefthook.yml.orig', 'package.json'],
])('%s says nothing of what CI and hooks run by itself', (path) => expect(runsChecks(path)).toBe(false));

it('of plugins only files of the repository are guarded', () =>
  expect(pluginFiles(policy)).toEqual(['policy/rules.mjs']));
