import { randomBytes } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { onTerminal } from '../kit/terminal.js';
import { bench } from './bench.js';
import { places, put, S3 } from './prefixes.js';
import { scene } from './scene.js';
import { awsVars, region } from './world.js';

const ministack = bench('ministack');

it('a terminal shows how much of a zip is sent and read, and how many objects are copied', async () => {
  const on = await scene(ministack.emulator, ministack.proxy);
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await S3(on).send(new CreateBucketCommand({ Bucket: places.stage, CreateBucketConfiguration }));
  const policy = JSON.parse(on.repo.read('.layerpolicyrc.json'));
  policy.layers['inbox-core'].maxZipMB = 50;
  policy.environments.stage.sync = [{ from: places.dev, to: places.stage, prefix: 'canonical/' }];
  on.repo.commit('large', {
    '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n`,
    'src_v2/inbox_core/model.bin': randomBytes(24 * 1_048_576),
    VERSION: on.repo.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.1.0'),
  });
  // This process stands still while a terminal is looked at, and with it a proxy that it would be.
  const env = awsVars(ministack.emulator.url) as Record<string, string>;
  const seen = (...args: string[]) => {
    on.repo.git('push', '-q', '-f', 'origin', 'develop');
    const keys = [{ after: 'Go on? [y/N] ', press: 'y\r' }];
    const { code, written, screens } = onTerminal(on.repo, args, { env: { ...env, NO_COLOR: '1' }, keys });
    expect(written).not.toMatch(/canary/);
    expect([code, screens[0]?.lines.join('\n')], written).toEqual([
      0,
      expect.stringMatching(/\nWould do .*\n {2}○ store layers\/inbox-core-1\.1\.0\.zip.*Go on\? \[y\/N\]$/s),
    ]);
    return written.slice(written.indexOf('Go on?'));
  };
  const released = seen('release', 'inbox-core', '--env', 'dev', '--no-attach');
  expect(released).toMatch(/store layers\/inbox-core-1\.1\.0\.zip in dev {2}↑ [ \d]\d\.\d \/ 24\.0 MB {2}[ \d]\d %/);

  const keys = Array.from({ length: 1100 }, (_, i) => `canonical/${i}.json`);
  for (let at = 0; at < keys.length; at += 50) {
    await Promise.all(keys.slice(at, at + 50).map((key) => put(on, 'dev', key, key)));
  }
  const promoted = seen('promote', '--from', 'dev', '--to', 'stage', '--no-attach');
  expect(promoted).toMatch(/in stage {2}[↓↑] [ \d]\d\.\d \/ 24\.0 MB {2}[ \d]\d %/);
  expect(promoted).toMatch(/ {2}[ \d,]{5} \/ 1,100 objects {2}[ \d]\d %/);
});
