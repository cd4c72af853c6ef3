import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import type { Aws } from '../../src/io/aws/aws.js';
import { awsLease } from '../../src/io/registry/aws-lease.js';
import { leaseText } from '../../src/io/registry/lease-document.js';
import { codeOf } from '../io/registry/contract.js';
import { bench } from './bench.js';
import { awsAt, bucket } from './world.js';

const moto = bench('moto');
const ministack = bench('ministack');

const claim = (host: string) => ({ host, boot: null, pid: 7, started: null, command: 'release', since: '2026-01-15' });
const alive = { isAlive: async () => true, clone: async () => 'mine' };
const dead = { ...alive, isAlive: async () => false };

async function open(on = moto): Promise<Aws> {
  await on.registry();
  return awsAt(on.proxy.url);
}

/** The lock of a run on another machine. */
async function left(aws: Aws, more: { seconds?: number; host?: string; clone?: string } = {}): Promise<void> {
  const { seconds = 120, host = 'other', clone = 'another' } = more;
  const document = {
    token: 41,
    nonce: 'n',
    count: 0,
    seconds,
    released: false,
    command: 'promote',
    since: '2026-01-01',
    clone,
  };
  await write(aws, leaseText({ ...document, holder: claim(host) }));
}

async function write(aws: Aws, text: string): Promise<void> {
  await aws.clients.s3.write.send(new PutObjectCommand({ Bucket: bucket, Key: 'locks/dev.json', Body: text }));
}

it('holds an environment until it is given back, and counts its owners', async () => {
  const aws = await open();
  const first = await awsLease(aws, claim('one'), alive);
  const error = await awsLease(aws, claim('two'), alive).catch((reason) => reason);
  expect([error.code, error.exit]).toEqual(['locked', 6]);
  expect(error.message).toContain('process 7 on one, since 2026-01-15 (release)');
  await first.check();
  await first.release();
  const second = await awsLease(aws, claim('two'), alive);
  expect([first.token, second.token]).toEqual([1, 2]);
  await second.release();
});

it.each([
  ['moto', moto],
  ['ministack', ministack],
])('row 12: of ten who find one that has run out, one takes it, over %s', async (_, on) => {
  const aws = await open(on);
  await left(aws, { seconds: 1 });
  expect(await codeOf(awsLease(aws, claim('early'), alive))).toBe('locked');
  await new Promise((done) => setTimeout(done, 2100));
  const ends = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      awsLease(aws, claim(`host ${at}`), alive).then(
        (lease) => lease,
        (error) => error.code as string,
      ),
    ),
  );
  const winners = ends.filter((end) => typeof end !== 'string');
  expect([winners.map(({ token }) => token), ends.filter((end) => end === 'locked').length]).toEqual([[42], 9]);
  await winners[0]?.release();
});

it('one of a dead run of this clone is taken at once, none of another machine or clone', async () => {
  const aws = await open();
  await left(aws, { host: 'here' });
  expect(await codeOf(awsLease(aws, claim('here'), dead))).toBe('locked');
  await left(aws, { host: 'here', clone: 'mine' });
  expect(await codeOf(awsLease(aws, claim('there'), dead))).toBe('locked');
  expect(await codeOf(awsLease(aws, { ...claim('here'), boot: 'later' }, dead))).toBe('locked');
  expect(await codeOf(awsLease(aws, claim('here'), alive))).toBe('locked');
  const lease = await awsLease(aws, claim('here'), dead);
  expect(lease.token).toBe(42);
  await lease.release();
});

it('our own is known again when the answer to taking it is lost', async () => {
  const aws = await open();
  moto.proxy.fault({ on: 'PutObject', fault: { kind: 'drop-after' } });
  const lease = await awsLease(aws, claim('one'), alive);
  expect(lease.token).toBe(1);
  await lease.release();
  await (await awsLease(aws, claim('two'), alive)).release();
});

it('shows signs of life, and notices when it is somebody else’s', async () => {
  const aws = await open();
  const lease = await awsLease(aws, claim('one'), alive, 2);
  await new Promise((done) => setTimeout(done, 3500));
  expect(await codeOf(awsLease(aws, claim('two'), alive))).toBe('locked');
  await lease.check();
  await left(aws);
  await new Promise((done) => setTimeout(done, 600));
  expect(await codeOf(lease.check())).toBe('locked');
  await lease.release();
  expect(await codeOf(awsLease(aws, claim('two'), alive))).toBe('locked');
});

it('what is no lock of ours is not taken for one', async () => {
  const aws = await open();
  await write(aws, '{"token":"__proto__"}');
  const error = await awsLease(aws, claim('one'), alive).catch((reason) => reason);
  expect([error.code, error.message]).toEqual(['locked', expect.stringContaining('written by something else')]);
});
