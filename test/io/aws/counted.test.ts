import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { caller } from '../../../src/io/aws/call.js';
import { awsClients } from '../../../src/io/aws/clients.js';
import { awsTarget } from '../../../src/io/aws/target.js';
import { awsObjects } from '../../../src/io/registry/aws-objects.js';
import { awsVars, target } from '../../aws/world.js';

/** Larger than any buffer of the system on its way. */
const zip = Buffer.alloc(48 * 1_048_576, 'layer');
const sha256 = createHash('sha256').update(zip).digest('hex');
const key = 'layers/core-1.0.0.zip';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** S3 as far as one object goes: how it reads and answers is for each test to say. */
async function s3(answer: Answer) {
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, awsVars(url));
  const here = awsTarget(target, null);
  const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, 5)));
  const call = caller(here, { vars: {}, pause, patience: 0, say: () => {} });
  const clients = awsClients(here, { s3: url, from: [] }, '0', null);
  return awsObjects({ target: here, clients, call, pause, paced: (run) => run() });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** What a stored object tells of itself. */
const stored = {
  etag: '"x"',
  'content-length': zip.length,
  'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
};

it('an upload that is counted is on the wire what it is uncounted: one request, summed, signed and conditional', async () => {
  const came: { headers: IncomingMessage['headers']; body: Buffer }[] = [];
  const objects = await s3(async (request, response) => {
    came.push({ headers: request.headers, body: await bodyOf(request) });
    response.writeHead(200, { etag: '"x"' }).end();
  });
  const counts: number[] = [];
  await objects.put(key, zip, sha256);
  await objects.put(key, zip, sha256, (bytes) => counts.push(bytes));
  const [plain, counted] = came;
  expect([came.length, counted?.body.equals(zip)]).toEqual([2, true]);
  const names = (one: typeof plain) => Object.keys(one?.headers ?? {}).sort();
  expect(names(counted)).toEqual(names(plain));
  const told = ['content-length', 'x-amz-checksum-sha256', 'x-amz-content-sha256', 'if-none-match', 'expect'];
  const pick = (one: typeof plain) => told.map((name) => one?.headers[name]);
  expect(pick(counted)).toEqual(pick(plain));
  expect(pick(counted).slice(0, 2)).toEqual([String(zip.length), stored['x-amz-checksum-sha256']]);
  expect(counted?.headers['if-none-match']).toBe('*');
  expect(counted?.headers['transfer-encoding']).toBe(undefined);
  expect([counts.at(-1), [...counts].sort((a, b) => a - b)]).toEqual([zip.length, counts]);
});

it('bytes count when the network has taken them, not before', async () => {
  const counts: number[] = [];
  let atHalf = 0;
  const objects = await s3(async (request, response) => {
    let read = 0;
    for await (const part of request) {
      read += part.length;
      if (atHalf > 0 || read < zip.length / 2) continue;
      // Nobody reads for a while: what is taken meanwhile lies in buffers.
      await new Promise((done) => setTimeout(done, 500));
      atHalf = counts.at(-1) ?? 0;
    }
    response.writeHead(200, { etag: '"x"' }).end();
  });
  await objects.put(key, zip, sha256, (bytes) => counts.push(bytes));
  expect(atHalf).toBeGreaterThanOrEqual(zip.length / 2);
  expect(atHalf).toBeLessThan(zip.length);
  expect(counts.length).toBeGreaterThan(100);
});

it('a refusal in the middle of it is the answer, and what is sent again is sent whole', async () => {
  let puts = 0;
  const objects = await s3(async (request, response) => {
    if (request.method === 'HEAD') {
      response.writeHead(puts < 2 ? 404 : 200, puts < 2 ? {} : stored).end();
      return;
    }
    puts += 1;
    if (puts === 1) {
      await once(request, 'data');
      response.writeHead(412, { connection: 'close' }).end('<Error><Code>PreconditionFailed</Code></Error>');
      return;
    }
    expect((await bodyOf(request)).equals(zip)).toBe(true);
    response.writeHead(200, { etag: '"x"' }).end();
  });
  const counts: number[] = [];
  expect(await objects.put(key, zip, sha256, (bytes) => counts.push(bytes))).toBe('created');
  expect([puts, counts.at(-1)]).toEqual([2, zip.length]);
});

it('what is read is counted as it comes, and whole', async () => {
  const objects = await s3(async (_, response) => void response.writeHead(200, stored).end(zip));
  const counts: number[] = [];
  expect(Buffer.from(await objects.get(key, (bytes) => counts.push(bytes))).equals(zip)).toBe(true);
  expect([counts.at(-1), counts.length > 10, [...counts].sort((a, b) => a - b)]).toEqual([zip.length, true, counts]);
});

it('what was damaged on its way fails as it does uncounted', async () => {
  const damaged = Buffer.from(zip).fill('x', 100, 200);
  const objects = await s3(async (_, response) => void response.writeHead(200, stored).end(damaged));
  await expect(objects.get(key, () => {})).rejects.toThrow(/hecksum/);
});
