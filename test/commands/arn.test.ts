import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

it('prints the ARN of the recorded version alone, and what to do where none is recorded', () => {
  const r = exampleRepo();
  const arn = (...args: string[]) => run(r.dir, ['arn', ...args], { env: r.env });
  const before = arn('inbox-core', '--env', 'local');
  expect([before.code, before.stdout]).toEqual([3, '']);
  expect(before.stderr).toContain('layer-policy release inbox-core --env local');
  run(r.dir, ['release', 'inbox-core', '--env', 'local', '--record'], { env: r.env });
  const { environments } = JSON.parse(r.read('layer_management/active/inbox-core/manifest.json'));
  expect(arn('inbox-core', '--env', 'local')).toMatchObject({ code: 0, stdout: `${environments.local.arn}\n` });
  expect(arn('inbox-core')).toMatchObject({ code: 2 });
  expect(arn('inbox-cor', '--env', 'local').stderr).toContain("Did you mean 'inbox-core'?");
});

it('reads the ARN where manifests of the original scripts have it', () => {
  const arn = 'arn:aws:lambda:eu-west-3:123456789012:layer:inbox-core-dev:7';
  const manifest = {
    layer_name: 'inbox-core-dev',
    version: '1.0.0',
    git_sha: '0123456789abcdef0123456789abcdef01234567',
    build_date: '2026-01-15T12:00:00Z',
    size_mb: 0.01,
    aws_arn_dev: arn,
  };
  const r = exampleRepo().commit('recorded by hand', {
    'layer_management/active/inbox-core/manifest.json': JSON.stringify(manifest),
  });
  const environments = Object.keys(JSON.parse(r.read('.layerpolicyrc.json')).environments ?? {});
  expect(environments).toContain('dev');
  expect(run(r.dir, ['arn', 'inbox-core', '--env', 'dev'], { env: r.env }).stdout).toBe(`${arn}\n`);
});
