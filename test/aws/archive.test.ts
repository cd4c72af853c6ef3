import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { Aws } from '../../src/io/aws/aws.js';
import { bench } from './bench.js';
import { fanout, targets } from './fanout.js';
import { type Scene, scene } from './scene.js';
import { region } from './world.js';

const Bucket = 'inbox-backups';
const folder = 'layer_management/archive/2020-01';
const command = ['archive', '--older-than', '90', '--yes'];

function withArchive({ repo }: Scene): string {
  const archive = { bucket: Bucket, prefix: 'old/layers/' };
  return `${JSON.stringify({ ...JSON.parse(repo.read('.layerpolicyrc.json')), archive }, null, 2)}\n`;
}

async function stage(scene: Scene): Promise<void> {
  scene.repo.commit('months', {
    '.layerpolicyrc.json': withArchive(scene),
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

  it('is looked at by verify where AWS is asked, once a zip has left', async () => {
    const on = await scene(made.emulator, made.proxy);
    await makeBucket(on.aws);
    expect((await on.release()).code).toBe(0);
    const { repo } = on;
    const source = { 'src_v2/inbox_core/more.py': 'x = 1\n' };
    const bumped = repo.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.1.0');
    repo.commit('more', { ...source, VERSION: bumped });
    repo.git('push', '-q', '-f', 'origin', 'HEAD:refs/heads/more');
    expect((await on.release()).code).toBe(0);
    const month = repo.git('ls-files', 'layer_management/archive/*/inbox-core-1.0.0.zip').split('/').at(-2) ?? '';
    repo.git('mv', `layer_management/archive/${month}`, 'layer_management/archive/2020-02');
    repo.commit('long ago', { '.layerpolicyrc.json': withArchive(on) });
    const moved = await on.run(...command);
    expect([moved.code, moved.failure], moved.stderr).toEqual([0, null]);
    const verified = async () => JSON.parse((await on.run('verify', 'inbox-core@1.0.0', '--env', 'dev')).stdout);
    const place = `s3://${Bucket}/old/layers/2020-02/inbox-core-1.0.0.zip`;
    const lineOf = async () => (await verified()).lines.find((line: { place: string }) => line.place === place);
    expect((await lineOf())?.state).toBe('agrees');
    const other = { Bucket, Key: 'old/layers/2020-02/inbox-core-1.0.0.zip', Body: 'other' };
    await on.aws.clients.s3.write.send(new PutObjectCommand(other));
    expect([(await lineOf())?.state, (await verified()).error.code]).toEqual(['differs', 'release-differs']);
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

describe('archive by an environment of two targets', () => {
  const made = bench('ministack');

  it('goes by the first of them, and verify of either asks there', async () => {
    const on = await fanout(made.emulator, made.proxy);
    const policy = JSON.parse(on.repo.read('.layerpolicyrc.json'));
    policy.archive = { bucket: Bucket, prefix: 'old/layers/', environment: 'prd' };
    on.repo.commit('by prd', { '.layerpolicyrc.json': JSON.stringify(policy) });
    on.repo.git('push', '-q', 'origin', 'develop');
    await makeBucket(on.at['prd/eu'].aws);
    made.proxy.strict.ownedBy(Bucket, targets['prd/eu'].account);
    expect((await on.run('release', 'inbox-core', '--env', 'prd', '--no-attach', '--yes')).failure).toBeNull();
    const zip = readFileSync(join(on.repo.dir, '.build/layers/inbox-core-1.0.0.zip'));
    on.repo.commit('long ago', { [`${folder}/inbox-core-1.0.0.zip`]: zip });
    const moved = await on.run(...command);
    expect([moved.code, moved.failure], moved.stderr).toEqual([0, null]);
    const { stdout } = await on.run('verify', 'inbox-core@1.0.0', '--env', 'prd/us');
    const place = `s3://${Bucket}/old/layers/2020-01/inbox-core-1.0.0.zip`;
    expect(JSON.parse(stdout).lines).toContainEqual(expect.objectContaining({ place, state: 'agrees' }));
  });
});
