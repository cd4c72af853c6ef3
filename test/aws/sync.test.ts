import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { bench } from './bench.js';
import { beforePromotion, places, promoting, put, S3 } from './prefixes.js';
import { gate } from './proxy/faults.js';
import type { Scene } from './scene.js';

const ministack = bench('ministack');
const world = (more: object = {}) => beforePromotion(ministack, more);
/** More than one page lists; `OBJECTS=10000` for as many as it is meant for. */
const objects = Number(process.env.OBJECTS ?? 1100);
async function held(on: Scene, prefix = 'canonical/'): Promise<Record<string, string>> {
  const Bucket = places.stage;
  const { Contents = [] } = await S3(on).send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
  const found: Record<string, string> = {};
  for (const { Key = '' } of Contents) {
    found[Key] = (await (await S3(on).send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? '';
  }
  return found;
}

async function promote(on: Scene, ...more: string[]) {
  ministack.proxy.log.length = 0;
  const ran = await on.run(...promoting, ...more);
  expect(ran.code, `${ran.stdout}\n${ran.stderr}`).toBe(0);
  return JSON.parse(ran.stdout);
}

it('a promotion takes a prefix along: what differs is copied, what is stale is told and stays', async () => {
  const on = await world();
  await put(on, 'dev', 'canonical/a b+ü.json', 'one');
  await put(on, 'dev', 'canonical/same.json', 'same');
  await put(on, 'stage', 'canonical/same.json', 'same');
  await put(on, 'dev', 'canonical/other.json', 'new');
  await put(on, 'stage', 'canonical/other.json', 'old');
  await put(on, 'stage', 'canonical/stale.json', 'stale');
  await put(on, 'dev', 'private/a.json', 'not asked for');
  const { notices, steps } = await promote(on);
  expect(notices).toEqual([
    'Only inbox-lambda-code-stage has canonical/stale.json. They stay: "delete" of this "sync" is not true.',
  ]);
  expect(steps.find(({ kind }: { kind: string }) => kind === 'sync').text).toBe(
    'bring canonical/ of inbox-lambda-code-dev to inbox-lambda-code-stage: 2 to copy',
  );
  expect(await held(on)).toEqual({
    'canonical/a b+ü.json': 'one',
    'canonical/same.json': 'same',
    'canonical/other.json': 'new',
    'canonical/stale.json': 'stale',
  });
  expect(await held(on, 'private/')).toEqual({});
  expect(ministack.proxy.count('CopyObject')).toBe(2);
  expect((await promote(on)).steps).toEqual([]);
  expect(ministack.proxy.count('CopyObject')).toBe(0);
});

it('with "delete" what the origin has lost is deleted, and no artefact ever, whatever the prefix', async () => {
  const on = await world({ prefix: '', delete: true });
  await put(on, 'dev', 'canonical/a.json', 'a');
  await put(on, 'stage', 'canonical/gone.json', 'gone');
  await put(on, 'stage', 'layers/mine-1.0.0.zip', 'an artefact');
  await promote(on);
  const keys = Object.keys(await held(on, '')).filter((key) => !key.startsWith('locks/'));
  expect(keys).toEqual(['canonical/a.json', 'layers/inbox-core-1.0.0.zip', 'layers/mine-1.0.0.zip']);
  expect(ministack.proxy.count('DeleteObjects')).toBe(1);
});

it('row 43: a copy that says 200 and failed is no copy', async () => {
  const on = await world();
  await put(on, 'dev', 'canonical/a.json', 'a');
  const failed = {
    kind: 'body',
    status: 200,
    body: '<Error><Code>InternalError</Code><Message>no</Message></Error>',
  } as const;
  ministack.proxy.fault({ on: 'CopyObject', times: 9, fault: failed });
  const ran = await on.run(...promoting);
  expect([ran.code, await held(on)]).toEqual([4, {}]);
  ministack.proxy.reset();
  ministack.proxy.fault({ on: 'CopyObject', fault: failed });
  const again = await on.run('resume');
  expect([again.code, await held(on)], again.stderr).toEqual([0, { 'canonical/a.json': 'a' }]);
});

it('row 44: what changes between list and copy is not brought as what was listed', async () => {
  const on = await world();
  await put(on, 'dev', 'canonical/a.json', 'listed');
  const waiting = gate();
  ministack.proxy.fault({ on: 'CopyObject', fault: { kind: 'barrier-before', gate: waiting } });
  const running = on.run(...promoting);
  await waiting.reached;
  await put(on, 'dev', 'canonical/a.json', 'changed since');
  waiting.open();
  const ran = await running;
  expect([ran.code, ran.failure, await held(on)]).toEqual([4, 'aws-conflict', {}]);
  const again = await on.run('resume');
  expect([again.code, await held(on)], again.stderr).toEqual([0, { 'canonical/a.json': 'changed since' }]);
});

it('thousands of objects are one step: two lines of journal, and requests by what differs', async () => {
  const on = await world();
  const keys = Array.from({ length: objects }, (_, i) => `canonical/${i}.json`);
  for (let start = 0; start < keys.length; start += 50) {
    await Promise.all(keys.slice(start, start + 50).map((key) => put(on, 'dev', key, key)));
  }
  const { steps } = await promote(on);
  expect(steps.filter(({ kind }: { kind: string }) => kind === 'sync')).toHaveLength(1);
  expect(ministack.proxy.count('CopyObject')).toBe(objects);
  await put(on, 'dev', 'canonical/7.json', 'seven');
  await put(on, 'dev', 'canonical/8.json', 'of the same size'.slice(0, 'canonical/8.json'.length));
  await S3(on).send(new DeleteObjectCommand({ Bucket: places.stage, Key: 'canonical/9.json' }));
  await promote(on);
  expect(ministack.proxy.count('CopyObject')).toBe(3);
  // Of those that lists cannot tell apart each is asked about once, here and there.
  const asked = ministack.proxy.log.filter(
    ({ name, parts }) => name === 'HeadObject' && /^canonical/.test(parts[1] ?? ''),
  );
  expect(asked.map(({ parts }) => parts[1])).toEqual(['canonical/8.json', 'canonical/8.json']);
}, 600_000);
