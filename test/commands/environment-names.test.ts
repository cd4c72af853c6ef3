import { expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { parseJson } from '../../src/layer/json.js';
import { judgeManifest } from '../../src/layer/manifest.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

const { pattern } = configSchema.properties.environments.propertyNames;
const longest = 'X'.repeat(100);
const names = ['dev', 'Prod', 'PRE-prod_2', '0', longest];

it('an environment is recorded under every name that the policy takes, and so is a target', () => {
  for (const name of names) expect(name).toMatch(new RegExp(pattern));
  const entry = {
    ...{ version: '1.2.3', arn: 'a', sha256: 'b'.repeat(64), git_sha: null },
    ...{ published_at: '2026-01-31T10:30:00Z', previous: null },
  };
  const problems = (environment: string, target: string) => {
    const manifest = {
      ...{ layer_name: 'core', version: '1.2.3', git_sha: null, build_date: null, size_mb: null },
      [`aws_arn_${environment}`]: null,
      environments: { [environment]: entry, [target]: entry },
    };
    return judgeManifest('m', 'core', parseJson(JSON.stringify(manifest))).problems;
  };
  for (const name of names) expect([name, problems(name, `${longest}/${name}`)]).toEqual([name, []]);
  for (const name of ['', '-a', 'a b', 'a/b/c', 'a.b', '__proto']) expect(problems('dev', name), name).not.toEqual([]);
  for (const name of ['', '-a', 'a/b', 'a.b']) expect(problems(name, 'dev'), name).not.toEqual([]);
});

it('a release to an environment in capitals is recorded', () => {
  const on = exampleRepo();
  const policy = JSON.parse(on.read('.layerpolicyrc.json'));
  policy.environments = { Prod: { target: 'local' } };
  on.commit('capitals', { '.layerpolicyrc.json': JSON.stringify(policy) });
  const ran = run(on.dir, ['release', 'inbox-core', '--env', 'Prod', '--json'], { env: on.env });
  expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('"record"')]);
  const manifest = JSON.parse(on.git('show', 'HEAD:layer_management/active/inbox-core/manifest.json'));
  expect(manifest.environments.Prod.arn).toBe(manifest.aws_arn_Prod);
});
