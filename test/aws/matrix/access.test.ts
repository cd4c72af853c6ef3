import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { codeOf } from '../../io/registry/contract.js';
import { tempFolder } from '../../kit/temp.js';
import { bench } from '../bench.js';
import { gate } from '../proxy/faults.js';
import { releasing, type Scene, scene } from '../scene.js';
import { awsAt, bucket, target } from '../world.js';

const moto = bench('moto');
const open = () => scene(moto.emulator, moto.proxy);

const writes = [
  'PutObject',
  'PublishLayerVersion',
  'UpdateFunctionConfiguration',
  'UpdateFunctionCode',
  'DeleteObject',
];
const written = () => moto.proxy.log.filter(({ name }) => writes.includes(name)).map(({ name }) => name);

/** The same release afterwards, when all is well. */
async function recovers(world: Scene): Promise<void> {
  moto.proxy.reset();
  const { code, stderr } = await world.release();
  expect(code, stderr).toBe(0);
  expect(await world.published()).toBe(1);
}

it('row 9: interrupted once, it ends, and the next run goes on', async () => {
  const world = await open();
  const held = gate();
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'barrier-after', gate: held } });
  const { ended, kill } = world.begin(...releasing);
  await held.reached;
  kill('SIGINT');
  expect((await ended).code).toBe(130);
  held.open();
  await recovers(world);
});

it.each([
  ['PublishLayerVersion', { status: 403, code: 'ExpiredTokenException', message: 'The security token is expired' }, 0],
  ['PutObject', { status: 400, code: 'ExpiredToken', message: 'The provided token has expired.' }, 1],
])('row 15: the credentials expire at %s', async (on, answer, skip) => {
  const world = await open();
  moto.proxy.fault({ on, skip, times: 100, fault: { kind: 'status', ...answer } });
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'aws-expired']);
  expect(moto.proxy.count('PublishLayerVersion')).toBe(on === 'PutObject' ? 0 : 1);
  await recovers(world);
});

const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

it.each([
  ['a profile this machine does not have', '', 'aws-profile-missing', 'aws configure sso --profile inbox'],
  [
    'a profile without keys',
    '[profile inbox]\nregion = eu-west-3\n',
    'aws-credentials',
    'aws sso login --profile inbox',
  ],
  [
    'a profile that is not logged in',
    '[profile inbox]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session s]\nsso_region = eu-west-3\nsso_start_url = https://example.com\n',
    'aws-credentials',
    'aws sso login --profile inbox',
  ],
])('row 16: %s', async (_, config, code, hint) => {
  const world = await open();
  const path = join(tempFolder('aws'), 'config');
  writeFileSync(path, config);
  const ran = await world.with({ ...nobody, AWS_CONFIG_FILE: path }).release();
  expect([ran.code, ran.failure]).toEqual([4, code]);
  expect(ran.stdout).toContain(hint);
  expect(moto.proxy.log).toEqual([]);
});

/** The same repository with other words about `dev`. */
function declared(world: Scene, more: Record<string, string>): Scene {
  const path = '.layerpolicyrc.json';
  const policy = JSON.parse(world.repo.read(path));
  Object.assign(policy.environments.dev, more);
  world.repo.commit('policy', { [path]: `${JSON.stringify(policy, null, 2)}\n` });
  world.repo.git('push', '-q', 'origin', `HEAD:refs/heads/policy-${world.repo.head().slice(0, 12)}`);
  world.repo.git('fetch', '-q', 'origin');
  return world;
}

it('row 17: credentials of another account than the policy names', async () => {
  const world = declared(await open(), { account: '999999999999' });
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'aws-account']);
  expect(ran.stdout).toMatch(/account 123456789012 .*is account 999999999999/);
  expect(moto.proxy.log.map(({ name }) => name)).toEqual(['GetCallerIdentity']);
});

it('row 18: a bucket in another region', async () => {
  const world = declared(await open(), { bucket: 'lies-elsewhere' });
  const there = await awsAt(moto.emulator.url, { ...target, region: 'us-west-2' });
  const CreateBucketConfiguration = { LocationConstraint: 'us-west-2' } as const;
  await there.clients.s3.write.send(new CreateBucketCommand({ Bucket: 'lies-elsewhere', CreateBucketConfiguration }));
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'aws-region']);
  expect(ran.stdout).toContain('lies-elsewhere is in us-west-2');
  expect(written()).toEqual([]);
});

it('row 19: a bucket that is not there is named, and not made', async () => {
  const world = declared(await open(), { bucket: 'inbox-lambda-code-dve' });
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'bucket-absent']);
  expect(ran.stdout).toContain('inbox-lambda-code-dve');
  expect(written()).toEqual([]);
});

it('row 20: a bucket of another account, under the name we meant', async () => {
  const world = await open();
  moto.proxy.strict.ownedBy(bucket, '666666666666');
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'aws-denied']);
  expect(ran.stdout).toContain('the bucket is not of account 123456789012');
  expect(written()).toEqual([]);
});

it.each([
  ['HeadObject', 0, 's3:GetObject'],
  ['ListLayerVersions', 0, 'lambda:ListLayerVersions'],
  ['HeadBucket', 0, 's3:ListBucket'],
  ['GetObject', 0, 's3:GetObject'],
  ['PutObject', 0, 's3:PutObject'],
  ['PutObject', 1, 's3:PutObject'],
  ['PublishLayerVersion', 0, 'lambda:PublishLayerVersion'],
  ['GetLayerVersion', 0, 'lambda:GetLayerVersion'],
])('row 21: not allowed to %s (after %i)', async (on, skip, action) => {
  const world = await open();
  const service = action.startsWith('s3:') ? 'AccessDenied' : 'AccessDeniedException';
  moto.proxy.fault({
    on,
    skip,
    times: 100,
    fault: { kind: 'status', status: 403, code: service, message: 'Not yours' },
  });
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, on === 'HeadBucket' ? 'bucket-foreign' : 'aws-denied']);
  expect(ran.stdout).toContain(action);
  await recovers(world);
});

it('row 47: what stands in for AWS is told, and is not for production', async () => {
  await moto.registry();
  const told: string[] = [];
  await awsAt(moto.proxy.url, target, { warn: (line) => void told.push(line) });
  expect(told).toEqual([`Not AWS itself, by AWS_ENDPOINT_URL=${moto.proxy.url}`]);
  expect(await codeOf(awsAt(moto.proxy.url, { ...target, name: 'prod' }))).toBe('aws-endpoint');
});

it('behind a proxy that opens TLS nothing is done until its certificate is named, as the AWS CLI has it named', async () => {
  const folder = tempFolder('tls');
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key ?? '', '-out', cert ?? ''],
  ]);
  expect(made.status, String(made.stderr)).toBe(0);
  const world = await open();
  const proxy = createServer({ key: readFileSync(key ?? ''), cert: readFileSync(cert ?? '') }, (asked, answer) => {
    const { method, url = '/', headers } = asked;
    const on = send(new URL(url, moto.proxy.url), { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    asked.pipe(on);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  try {
    const { port } = proxy.address() as AddressInfo;
    const behind = world.with({ AWS_ENDPOINT_URL: `https://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: undefined });
    const ran = await behind.release();
    expect([ran.code, ran.failure]).toEqual([4, 'aws-untrusted']);
    expect(moto.proxy.log).toEqual([]);
    const trusted = await behind.with({ AWS_CA_BUNDLE: cert }).release();
    expect(trusted.code, trusted.stderr).toBe(0);
    expect(await world.published()).toBe(1);
  } finally {
    await new Promise((done) => proxy.close(done));
  }
});
