import { expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';

it('a versioned key that VERSION does not have is missed, whatever its value would be', () => {
  const r = exampleRepo();
  const policy = { ...JSON.parse(r.read('.layerpolicyrc.json')), versioned: { CANONICAL_VERSION: ['canonical/**'] } };
  const check = () => run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env });
  r.stage({ '.layerpolicyrc.json': JSON.stringify(policy), 'canonical/a.txt': 'a' });
  expect([check().code, check().stdout]).toEqual([1, expect.stringContaining('CANONICAL_VERSION is missing')]);
  r.stage({ VERSION: `${r.read('VERSION')}CANONICAL_VERSION=1.1\n` });
  expect(check().code).toBe(0);
});
