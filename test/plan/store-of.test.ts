import { expect, it } from 'vitest';
import type { Environment } from '../../src/layer/declarations.js';
import { archiveEnvironment } from '../../src/plan/store-of.js';
import { examplePolicy } from '../../src/rule/examples.js';

const environments = Object.fromEntries(
  ['rehearsal', 'dev', 'prod/eu', 'prod/us'].map((name): [string, Environment] => [
    name,
    { name, target: name === 'rehearsal' ? 'local' : 'aws' },
  ]),
);
const reached = (environment?: string) =>
  archiveEnvironment(
    {
      ...examplePolicy,
      environments,
      archive: { bucket: 'inbox-backups', prefix: 'layers/', ...(environment !== undefined && { environment }) },
    },
    { olderThan: 90, to: null },
  );

it('the archive bucket is reached by the first target of the environment that is named, or by the target that is', () => {
  expect([reached(), reached('dev'), reached('prod'), reached('prod/us')]).toEqual([
    'dev',
    'dev',
    'prod/eu',
    'prod/us',
  ]);
  expect(() => reached('rehearsal')).toThrow("'rehearsal', which is a folder");
});
