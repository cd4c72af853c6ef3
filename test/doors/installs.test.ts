import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { start, tarball } from './foreign.js';

/** From the registry, as users do, with what this machine has of it already. */
const fromRegistry = { ...process.env, npm_config_prefer_offline: 'true', CI: 'true' } as Record<string, string>;
const quick = ['--no-audit', '--no-fund', '--loglevel=error'];

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** A commit is refused for what the policy says no to, and goes through without it. */
function expectGuarded(r: Repo): void {
  r.stage({ 'x_layer_arn.txt': 'arn' });
  const refused = start(r.dir, 'git', ['commit', '-m', 'an arn'], r.env);
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('no-root-arn')]);
  r.stage({ 'x_layer_arn.txt': null, 'docs/a.md': 'a' });
  expect(start(r.dir, 'git', ['commit', '-m', 'a page'], r.env)).toMatchObject({ code: 0 });
}

describe('the packed program works', () => {
  let packed = '';
  beforeAll(() => {
    packed = tarball();
  });

  it("as a devDependency, its hooks installed by everybody's next npm install", () => {
    const r = exampleRepo();
    const manifest = { private: true, scripts: { prepare: 'layer-policy install' } };
    r.commit('package', { 'package.json': JSON.stringify(manifest), '.gitignore': '/node_modules/\n/.build/\n' });
    expect(start(r.dir, 'npm', ['install', '--save-dev', packed, ...quick], fromRegistry)).toMatchObject({ code: 0 });
    expect(start(r.dir, 'npm', ['install', ...quick], fromRegistry)).toMatchObject({ code: 0 });
    expect(start(r.dir, 'npx', ['--no', '--', 'layer-policy', '--version'], fromRegistry).out).toContain(
      `${version}\n`,
    );
    expectGuarded(r);
  });

  it('installed for the whole machine', () => {
    const prefix = tempFolder('global');
    const global = ['install', '--global', '--prefix', prefix, packed, ...quick];
    expect(start(prefix, 'npm', global, fromRegistry)).toMatchObject({ code: 0 });
    const r = exampleRepo();
    const found = r.with({ PATH: [join(prefix, 'bin'), r.env.PATH].join(delimiter) });
    expect(start(found.dir, 'layer-policy', ['install'], found.env)).toMatchObject({ code: 0 });
    expectGuarded(found);
  });

  it('from npx, with nothing installed', () => {
    const r = exampleRepo();
    const npx = (...args: string[]) =>
      start(r.dir, 'npx', ['--yes', '--package', packed, '--', 'layer-policy', ...args], fromRegistry);
    expect(npx('--version').out).toContain(`${version}\n`);
    expect(npx('check', '--stage', 'all')).toMatchObject({ code: 0 });
    r.commit('arn', { 'x_layer_arn.txt': 'arn' });
    expect(npx('check', '--stage', 'all')).toMatchObject({ code: 1, out: expect.stringContaining('no-root-arn') });
  });
});
