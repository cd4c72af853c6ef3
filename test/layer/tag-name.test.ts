import { expect, it } from 'vitest';
import { versionInTag } from '../../src/layer/tag-name.js';

it.each([
  ['v{version}', 'v1.2.3', '1.2.3'],
  ['inbox-core-v{version}', 'inbox-core-v10.0.0', '10.0.0'],
  ['{version}', '0.1.0', '0.1.0'],
  ['r/{version}/final', 'r/1.2.3/final', '1.2.3'],
  ['{version}-{version}', '1.2.3-1.2.3', '1.2.3'],
  ['{version}-{version}', '1.2.3-1.2.4', null],
  ['v{version}', 'v1.2', null],
  ['v{version}', 'v1.2.3-rc.1', null],
  ['v{version}', 'v01.2.3', null],
  ['v{version}', 'V1.2.3', null],
  ['v{version}', 'xv1.2.3', null],
  ['v{version}', 'v1.2.3 ', null],
  ['v{version}', '', null],
  ['inbox-core-v{version}', 'v1.2.3', null],
])('%s finds in %j %j', (template, tag, version) => {
  expect(versionInTag(template, tag)).toBe(version);
});
