import { createHash } from 'node:crypto';
import { DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import type { PublishRequest, Registry } from '../../../src/ports.js';
import { codeOf } from '../../io/registry/contract.js';
import { bench } from '../bench.js';
import { gate } from '../proxy/faults.js';
import { awsAt, bucket } from '../world.js';

const moto = bench('moto');
const ministack = bench('ministack');

const key = 'layers/core-1.0.0.zip';
const bytes = Buffer.from('PK\u0003\u0004 one');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const request: PublishRequest = {
  ...{ layerName: 'core-dev', key, sha256, size: bytes.length, description: 'core 1.0.0 d' },
  ...{ runtimes: ['python3.11'], architectures: ['x86_64'] },
};
const put = (registry: Registry) => registry.put(key, bytes, sha256);
/** Somebody else's hands in the bucket. */
const directly = async (url: string): Promise<S3Client> => (await awsAt(url)).clients.s3.write;
const overwrite = async (url: string) =>
  (await directly(url)).send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'PK other' }));

it('row 23: the same bytes are there, also by our own lost first attempt', async () => {
  const registry = await moto.registry();
  expect([await put(registry), await put(registry)]).toEqual(['created', 'present']);
  const again = await moto.registry();
  moto.proxy.fault({ on: 'PutObject', fault: { kind: 'drop-after' } });
  expect(await put(again)).toBe('present');
  expect(moto.proxy.count('PutObject')).toBe(1);
});

it('row 24: other bytes are there: both are told, and nothing is overwritten', async () => {
  const registry = await moto.registry();
  await overwrite(moto.emulator.url);
  expect(await codeOf(put(registry))).toBe('object-conflict');
  expect(Buffer.from(await registry.get(key)).toString()).toBe('PK other');
});

it('row 25: a race that S3 wants to have made again', async () => {
  const registry = await moto.registry();
  const race = { kind: 'status', status: 409, code: 'ConditionalRequestConflict' } as const;
  moto.proxy.fault({ on: 'PutObject', fault: race, times: 2 });
  expect(await put(registry)).toBe('created');
  expect(moto.proxy.count('PutObject')).toBe(3);
});

it('row 26: a byte is changed on the way: refused there, sent again', async () => {
  const registry = await moto.registry();
  moto.proxy.fault({ on: 'PutObject', fault: { kind: 'flip' } });
  expect(await put(registry)).toBe('created');
  expect(Buffer.compare(await registry.get(key), bytes)).toBe(0);
});

it('an upload that never arrives ends after four attempts', async () => {
  const registry = await moto.registry();
  moto.proxy.fault({ on: 'PutObject', fault: { kind: 'drop-before' }, times: 100 });
  expect(await codeOf(put(registry))).toBe('aws-unreachable');
  expect(moto.proxy.count('PutObject')).toBe(4);
});

it.each([
  ['moto, which publishes the latest', moto, 'published-differs'],
  ['ministack, which publishes the version asked for', ministack, 'published'],
])('row 27: the object is replaced before it is published, over %s', async (_, {
  emulator,
  proxy,
  registry: open,
}, end) => {
  const registry = await open();
  const Status = 'Enabled';
  await (await directly(emulator.url)).send(
    new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }),
  );
  await put(registry);
  const held = gate();
  proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'barrier-before', gate: held } });
  const publishing = registry.publish(request).then(({ sha256: held }) => (held === sha256 ? 'published' : 'wrong'));
  const ended = codeOrValue(publishing);
  await held.reached;
  await overwrite(emulator.url);
  held.open();
  expect(await ended).toBe(end);
});

it.each([
  ['as AWS answers', false, 'object-absent'],
  ['as the emulator does', true, 'published-differs'],
])('row 28: the object is gone when it is published, %s', async (_, lax, code) => {
  const registry = await moto.registry();
  await put(registry);
  const held = gate();
  moto.proxy.strict.lax = lax;
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'barrier-before', gate: held } });
  const ended = codeOf(registry.publish(request));
  await held.reached;
  await (await directly(moto.emulator.url)).send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  held.open();
  expect(await ended).toBe(code);
});

it('row 45: a layer of more versions than fit one page', async () => {
  const registry = await ministack.registry();
  await put(registry);
  const first = await registry.publish({ ...request, description: 'core 0.9.0 first' });
  for (let at = 0; at < 60; at++) await registry.publish({ ...request, description: `core 1.0.0 ${at}` });
  ministack.proxy.log.length = 0;
  expect(await registry.versions('core-dev', 'core 0.9.0 ')).toEqual([first]);
  expect(ministack.proxy.log.map(({ name }) => name)).toEqual([
    'ListLayerVersions',
    'ListLayerVersions',
    'GetLayerVersion',
  ]);
});

it.each([
  'CodeStorageExceededException',
  'InvalidParameterValueException',
  'CodeVerificationFailedException',
])('row 46: %s ends the publish, and the object stays', async (code) => {
  const registry = await moto.registry();
  await put(registry);
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'status', status: 400, code, message: 'No more.' } });
  const error = await registry.publish(request).catch((reason) => reason);
  expect([error.code, error.exit]).toEqual(['aws-refused', 4]);
  expect(error.message).toContain(`No more. (${code}`);
  expect(await registry.head(key)).not.toBeNull();
});

it('row 14: asked to slow down for ever, it gives up', async () => {
  const registry = await moto.registry({ patience: 2_000 });
  await put(registry);
  const slower = { kind: 'status', status: 429, code: 'TooManyRequestsException' } as const;
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: slower, times: Number.POSITIVE_INFINITY });
  expect(await codeOf(registry.publish(request))).toBe('aws-throttled');
  expect(moto.proxy.count('PublishLayerVersion')).toBeLessThan(8);
});

it('row 22: a key that may be missing or forbidden is called so', async () => {
  const registry = await moto.registry();
  moto.proxy.fault({ on: 'HeadObject', fault: { kind: 'status', status: 403, code: 'AccessDenied' } });
  const error = await registry.head(key).catch((reason) => reason);
  expect(error.code).toBe('aws-denied');
  expect(error.message).toContain('or it is not there');
  expect(error.hint).toContain('"Action":"s3:GetObject"');
});

it('row 48: pages of a network are no answers of AWS', async () => {
  const registry = await moto.registry();
  const page = { kind: 'page', status: 200 } as const;
  moto.proxy.fault({ on: 'HeadObject', fault: page });
  expect(await codeOf(registry.head(key))).toBe('aws-strange');
  moto.proxy.fault({ on: 'ListLayerVersions', fault: page });
  expect(await codeOf(registry.versions('core-dev'))).toBe('aws-strange');
  moto.proxy.fault({ on: 'PutObject', fault: page });
  expect(await put(registry)).toBe('created');
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: page });
  expect(await codeOf(registry.publish(request))).toBe('answer-unknown');
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'page', status: 502 } });
  expect(await codeOf(registry.publish(request))).toBe('answer-unknown');
});

function codeOrValue(running: Promise<string>): Promise<string> {
  return running.catch((error) => error.code ?? String(error));
}
