import { describe, expect, it } from 'vitest';
import { awsFunctions } from '../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import type { Functions } from '../../src/ports.js';
import { bench } from './bench.js';
import { fleet, functionName, functionNames } from './fleet.js';
import { makeFunction, makeLayer } from './functions.js';
import type { FaultProxy } from './proxy/start.js';
import { type Scene, scene } from './scene.js';

const adopt = ['init', '--adopt', '--env', 'dev', '--yes'];

/** Gives functions one layer more. */
async function attach(functions: Functions, names: readonly string[], arn: string): Promise<void> {
  for (const name of names) {
    const { layers, revision } = await functions.settled(name);
    await functions.setLayers(name, [...layers, arn], revision);
    await functions.settled(name);
  }
}

/** What other means published, and functions run, is recorded when its version is said; the environment is only asked. */
async function isRecorded(on: Scene, proxy: FaultProxy, arn: string): Promise<string> {
  proxy.log.length = 0;
  const asked = await on.run(...adopt);
  expect([asked.code, asked.failure], asked.stderr).toEqual([2, 'adopted-unversioned']);
  expect(JSON.parse(asked.stdout).error.hint).toContain('init --adopt --env dev inbox-core@1.0.0');
  const ran = await on.run(...adopt, 'inbox-core@1.0.0');
  expect(ran.code, ran.stderr + ran.stdout).toBe(0);
  expect(on.recorded()).toMatchObject({ arn, git_sha: null, version: '1.0.0', previous: null });
  expect(JSON.parse((await on.run('arn', 'inbox-core', '--env', 'dev')).stdout)).toMatchObject({ arn });
  expect(proxy.log.length).toBeGreaterThan(0);
  expect(proxy.log.filter((entry) => !/^(Get|Head|List)/.test(entry.name))).toEqual([]);

  const again = await on.run(...adopt);
  expect(JSON.parse(again.stdout)).toMatchObject({ steps: [], record: null });
  const status = JSON.parse((await on.run('status', '--env', 'dev')).stdout);
  expect(status.layers[0]).toMatchObject({ name: 'inbox-core', drift: [] });
  return JSON.parse(again.stdout).notices.join('\n');
}

describe('over moto', () => {
  const moto = bench('moto');

  it('what functions run is recorded, and nothing is written there', async () => {
    const on = await scene(moto.emulator, moto.proxy);
    const arn = await makeLayer(on.aws, 'inbox-core-dev');
    const names = ['inbox-ingest-dev', 'inbox-normalize-score-dev'];
    for (const name of names) await makeFunction(on.aws, name, '');
    await attach(awsFunctions(on.aws, awsObjects(on.aws)), names, arn);
    expect(await isRecorded(on, moto.proxy, arn)).toContain('No function of dev has common-deps.');
  });
});

describe('over ministack', () => {
  const ministack = bench('ministack');

  async function running() {
    const on = await fleet(ministack.emulator, ministack.proxy);
    const arn = await makeLayer(on.at.dev.aws, 'inbox-core-dev');
    const names = functionNames.map((name) => functionName('dev', name));
    await attach(on.at.dev.functions, names, arn);
    return { on, arn };
  }

  it('what functions run is recorded, and nothing is written there', async () => {
    const { on, arn } = await running();
    expect(await isRecorded(on, ministack.proxy, arn)).toContain(':layer:audit:1 as well');
  });

  it('a release supersedes it, and a rollback brings it back', async () => {
    const { on, arn } = await running();
    // What these functions answer is not what this is about.
    const policy = JSON.parse(on.repo.read('.layerpolicyrc.json'));
    for (const name of functionNames) delete policy.functions[name].smoke;
    on.repo
      .commit('no smoke', { '.layerpolicyrc.json': JSON.stringify(policy) })
      .git('push', '-q', 'origin', 'develop');
    const done = async (...args: string[]) => {
      const ran = await on.run(...args, '--yes');
      expect(ran.code, ran.stderr + ran.stdout).toBe(0);
    };
    await done('init', '--adopt', '--env', 'dev', '--push', 'inbox-core@1.0.0');
    on.raise('two', '1.1.0');
    await done('release', 'inbox-core', '--env', 'dev');
    expect(on.recorded()).toMatchObject({ version: '1.1.0', previous: { version: '1.0.0', arn } });
    await done('rollback', 'inbox-core', '--env', 'dev');
    expect(on.recorded()).toMatchObject({ version: '1.0.0', arn, git_sha: null });
    expect((await on.at.dev.functions.get(functionName('dev')))?.layers).toContain(arn);
  });
});
