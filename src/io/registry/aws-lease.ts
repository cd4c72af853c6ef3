import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { failure } from '../../errors.js';
import { environmentOf } from '../../layer/environments.js';
import type { Claim, Here, Lease } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { type LeaseDocument, leaseText, readLease, says } from './lease-document.js';

/** Seconds after its last sign of life for which a run keeps what it holds. */
export const leaseSeconds = 120;

/**
 * Takes `locks/{environment}.json` or fails with `locked`. Conditional requests alone decide who has it; S3's own clock says
 * when it has run out. Each owner's token is one more than the last one's, also over a release: it is never deleted.
 */
export async function awsLease(aws: Aws, claim: Claim, here: Here, seconds = leaseSeconds): Promise<Lease> {
  const mine = randomUUID();
  const clone = await here.clone();
  const store = leaseStore(aws);
  let count = 0;
  let held = await take(0);
  let renewed = performance.now();
  let renewing = Promise.resolve();
  const due = (seconds / 4) * 1000;
  // What goes wrong here is seen by the next check, or is over by then.
  const beat = setInterval(() => void renew().catch(() => {}), due);
  beat.unref();

  async function take(tries: number): Promise<{ etag: string; token: number }> {
    const there = await store.read();
    if (there?.document?.nonce === mine) return { etag: there.etag, token: there.document.token };
    if (there !== null && !(await isFree(there))) throw failure('locked', { holder: says(there.document, store.key) });
    const token = (there?.document?.token ?? 0) + 1;
    const etag = await store.write(text(token, false), there?.etag ?? null);
    if (etag !== null) return { etag, token };
    // Somebody was quicker, or the answer was lost; a second look tells which.
    if (tries === 3) throw failure('locked', { holder: says((await store.read())?.document ?? null, store.key) });
    return take(tries + 1);
  }

  async function isFree({ document, age }: Found): Promise<boolean> {
    if (document?.released) return true;
    if (age !== null && age > (document?.seconds ?? leaseSeconds)) return true;
    // A run of this clone, which has a lock of its own that is ours now, is dead. Elsewhere nobody could tell: names of
    // machines repeat, and what runs in a container is not seen from another.
    const isSameBoot = document?.holder.host === claim.host && document.holder.boot === claim.boot;
    return document?.clone === clone && isSameBoot && !(await here.isAlive(document.holder));
  }

  function text(token: number, released: boolean): string {
    const { command, since, ...holder } = claim;
    return leaseText({ token, nonce: mine, count: count++, seconds, released, command, since, holder, clone });
  }

  function renew(): Promise<void> {
    const before = renewing.catch(() => {});
    renewing = before.then(async () => {
      const etag = (await store.write(text(held.token, false), held.etag)) ?? (await ownEtag());
      held = { ...held, etag };
      renewed = performance.now();
    });
    return renewing;
  }

  /** Of the lock as it is there, when it is ours after all. */
  async function ownEtag(): Promise<string> {
    const there = await store.read();
    if (there?.document?.nonce === mine && !there.document.released) return there.etag;
    throw failure('locked', { holder: says(there?.document ?? null, store.key) });
  }

  return {
    token: held.token,
    async check() {
      // As long as it has not run out nobody takes it, and nobody need be asked.
      if (performance.now() - renewed > due) await renew();
    },
    async release() {
      clearInterval(beat);
      // Not given back, it runs out.
      await renewing.catch(() => {});
      await store.write(text(held.token, true), held.etag).catch(() => {});
    },
  };
}

interface Found {
  etag: string;
  document: LeaseDocument | null;
  /** Seconds since it was written, by the clock of S3; null where it tells none. */
  age: number | null;
}

/** The lock as an object: read with its age, written on the condition that it is as it was read. */
function leaseStore({ target, clients, call }: Aws) {
  // Whatever its targets are called: each has a bucket of its own.
  const key = `locks/${environmentOf(target.name)}.json`;
  const at = { Bucket: target.bucket, Key: key, ExpectedBucketOwner: target.account };
  const request = (operation: string, mutates: boolean) => ({
    ...{ operation, action: `s3:${operation}`, resource: `arn:aws:s3:::${target.bucket}/${key}`, mutates },
  });

  async function read(): Promise<Found | null> {
    const command = new GetObjectCommand(at);
    let date = '';
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        date = (result.response as { headers?: Record<string, string> }).headers?.date ?? '';
        return result;
      },
      { step: 'deserialize' },
    );
    return call<Found | null>(
      request('GetObject', false),
      async () => {
        const { ETag: etag = '', LastModified: at, Body } = await clients.s3.read.send(command);
        const text = (await Body?.transformToString()) ?? '';
        const now = Date.parse(date);
        const age = at === undefined || Number.isNaN(now) ? null : (now - at.getTime()) / 1000;
        return { etag, document: readLease(text), age };
      },
      { absent: () => null },
    );
  }

  /** Its new ETag; null when it is not as it was, or nobody knows. */
  function write(text: string, etag: string | null): Promise<string | null> {
    const condition = etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag };
    const command = new PutObjectCommand({ ...at, ...condition, Body: text, ContentType: 'application/json' });
    const no = () => null;
    return call<string | null>(
      request('PutObject', true),
      async () => (await clients.s3.write.send(command)).ETag ?? null,
      { conflict: no, absent: no, unknown: no, strange: no },
    );
  }

  return { key, read, write };
}
