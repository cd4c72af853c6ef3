import { expect, it } from 'vitest';
import rule from '../../rules/semver-naming.js';
import { examplePolicy, judged } from '../../src/rule/index.js';

const misnamed = (...paths: string[]) =>
  [...rule.check({ policy: examplePolicy, paths: judged(...paths) }, {})].map(({ file }) => file);

it.each([
  'layer_management/archive/2026-01/inbox-core-1.2.3.zip',
  '.build/functions/ingest-0.0.1.zip',
  'anywhere/inbox-core-10.20.30.zip',
  'docs/unrelated.zip',
  'layer_management/tools/readme.txt',
])('lets %s be', (path) => {
  expect(misnamed(path)).toEqual([]);
});

it.each([
  'layer_management/x.zip',
  'layer_management/archive/2026-01/inbox-core-01.2.3.zip',
  'inbox-core-1.2.3.ZIP',
  'Inbox-Core-1.2.3.zip',
  'a/b/inbox-core.zip',
  'inbox-core-1.2.zip',
  'inbox-core-v1.2.3.zip',
  'inbox-core-1.2.3+build.zip',
  'ingest-final.zip',
  'LAYER_MANAGEMENT/x.zip',
  '.build/layers/unknown-1.2.3.zip',
])('names %s', (path) => {
  expect(misnamed(path)).toEqual([path]);
});
