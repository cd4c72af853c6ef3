import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

const policy = {
  extends: 'strict',
  rules: {
    'archive-age': ['warning', { days: 30 }],
    'no-root-arn': 'warning',
    'old-arns': { use: 'no-root-arn', severity: 'error' },
  },
  overrides: [{ paths: ['legacy/{a,b}'], rules: { 'archive-age': 'off' } }],
};

function story() {
  const r = exampleRepo();
  return r.commit('policy', {
    '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), ...policy }),
  });
}

it('rules tells of each rule what holds, and who said so', () => {
  const r = story();
  const { rules } = run(r.dir, ['rules', '--json'], { env: r.env }).json() as { rules: { id: string }[] };
  const of = (id: string) => rules.find((rule) => rule.id === id);
  expect(of('archive-age')).toMatchObject({
    severity: 'warning',
    options: { days: 30 },
    from: ['policy'],
    overrides: [{ paths: ['legacy/{a,b}'], severity: 'off', options: { days: 30 } }],
  });
  expect(of('no-root-arn')).toMatchObject({
    severity: 'warning',
    options: { contents: true },
    from: ['strict', 'policy'],
  });
  expect(of('version-file')).toMatchObject({ severity: 'error', from: [], overrides: [] });
  expect(of('old-arns')).toMatchObject({ use: 'no-root-arn', severity: 'error', options: { contents: false } });

  const { stdout } = run(r.dir, ['rules'], { env: r.env });
  expect(stdout).toMatch(/archive-age +warning .*set by policy\)\n +off +in legacy\/\{a,b\}\n/);
  expect(stdout).toMatch(/no-root-arn +warning .*set by strict, then policy\)/);
  expect(stdout).toMatch(/old-arns +error .*an instance of no-root-arn; set by policy\)/);
});

it('explain tells of an instance what its rule is, and what holds here', () => {
  const r = story();
  const { stdout, code } = run(r.dir, ['explain', 'old-arns'], { env: r.env });
  expect([code, stdout]).toEqual([0, expect.stringContaining('old-arns is an instance of no-root-arn')]);
  expect(run(r.dir, ['explain', 'archive-age'], { env: r.env }).stdout).toContain(
    '  warning {"days":30}, set by policy\n  off {"days":30} in legacy/{a,b}\n',
  );
});

it('a rule can be looked up while the policy is broken, outside a repository, and before there is a policy', () => {
  const r = exampleRepo().stage({ '.layerpolicyrc.json': '{ "layers": {}, "rules": { "archive-age": ["error", {}' });
  r.commit('broken');
  const broken = run(r.dir, ['explain', 'archive-age'], { env: r.env });
  expect([broken.code, broken.stdout]).toEqual([0, expect.stringContaining('cannot be read')]);
  expect(run(r.dir, ['explain', 'archive-ages'], { env: r.env }).code).toBe(2);
  expect(run(r.dir, ['rules'], { env: r.env }).code).toBe(2);
  for (const dir of [tempFolder('nowhere'), repo().dir]) {
    expect([run(dir, ['explain', 'archive-age']).code, run(dir, ['rules']).code]).toEqual([0, 0]);
  }
});
