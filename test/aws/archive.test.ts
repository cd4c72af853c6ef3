import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { Aws } from '../../src/io/aws/aws.js';
import { bench } from './bench.js';
import { type Scene, scene } from './scene.js';
import { region } from './world.js';

const Bucket = 'inbox-backups';
const folder = 'layer_management/archive/2020-01';
const command = ['archive', '--older-than', '90', '--yes'];

async function stage({ repo }: Scene): Promise<void> {
  const policy = JSON.parse(repo.read('.layerpolicyrc.json'));
  const archive = { bucket: Bucket, prefix: 'old/layers/' };
  repo.commit('months', {
    '.layerpolicyrc.json': `${JSON.stringify({ ...policy, archive }, null, 2)}\n`,
    [`${folder}/inbox-core-0.1.0.zip`]: 'one',
    [`${folder}/manifest.json`]: '{}\n',
  });
}

const makeBucket = ({ clients }: Aws) =>
  clients.s3.write.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
const kept = async ({ clients }: Aws, file: string) =>
  (
    await clients.s3.read.send(new GetObjectCommand({ Bucket, Key: `old/layers/2020-01/${file}` }))
  ).Body?.transformToString();
const inHead = ({ repo }: Scene) => repo.git('ls-tree', '-r', '--name-only', 'HEAD', `${folder}/`);

describe.each(['moto', 'ministack'] as const)('archive over %s', (name) => {
  const made = bench(name);
  const begin = async () => {
    const on = await scene(made.emulator, made.proxy);
    await stage(on);
    return on;
  };

  it('goes to the bucket, is read back, and leaves the repository', async () => {
    const on = await begin();
    await makeBucket(on.aws);
    const ran = await on.run(...command);
    expect([ran.code, ran.failure], ran.stderr).toEqual([0, null]);
    expect(await kept(on.aws, 'inbox-core-0.1.0.zip')).toBe('one');
    expect(await kept(on.aws, 'manifest.json')).toBe('{}\n');
    expect(inHead(on)).toBe('');
  });

  it('removes nothing where the bucket is missing, holds other bytes, or never got them', async () => {
    const on = await begin();
    const tip = on.repo.head();
    expect((await on.run(...command)).failure).toBe('bucket-absent');
    await makeBucket(on.aws);
    const Key = 'old/layers/2020-01/manifest.json';
    await on.aws.clients.s3.write.send(new PutObjectCommand({ Bucket, Key, Body: 'other' }));
    expect((await on.run(...command)).failure).toBe('archive-conflict');
    await on.aws.clients.s3.write.send(new PutObjectCommand({ Bucket, Key, Body: '{}\n' }));
    made.proxy.fault({ on: 'PutObject', skip: 1, times: 9, fault: { kind: 'drop-before' } });
    expect((await on.run(...command)).code).toBe(4);
    expect([on.repo.head(), inHead(on).split('\n').length]).toEqual([tip, 2]);
    made.proxy.reset();
    expect((await on.run('resume')).code).toBe(0);
    expect([inHead(on), await kept(on.aws, 'inbox-core-0.1.0.zip')]).toEqual(['', 'one']);
  });
});
