import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.js';
import { befall, type Counted, faultFor, type Rule } from './faults.js';
import { type Operation, operationOf } from './operation.js';
import { type Strictness, strictness } from './strict.js';

export interface Logged {
  name: string;
  parts: string[];
  /** Null: it got no answer. */
  status: number | null;
}

/** Stands before an emulator: as strict as AWS where the emulator is not, and as unlucky as a test wants. */
export interface FaultProxy {
  url: string;
  /** Every request, in the order they came. */
  log: Logged[];
  /** How often that was asked for. */
  count(name: string): number;
  fault(...rules: Rule[]): void;
  /** Forgets rules and log. */
  reset(): void;
  /** What functions are in the middle of. */
  strict: Strictness;
  close(): Promise<void>;
}

export interface Asked {
  operation: Operation;
  headers: IncomingMessage['headers'];
  /** Of a function: an alias or a version. */
  qualifier: string | null;
  body: Buffer;
}

export async function startProxy(upstream: string): Promise<FaultProxy> {
  const rules: Counted[] = [];
  const log: Logged[] = [];
  const strict = strictness(upstream);

  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const { method = 'GET', url = '/', headers } = incoming;
    const operation = operationOf(method, url, headers);
    const entry: Logged = { name: operation.name, parts: operation.parts, status: null };
    log.push(entry);
    const forward = (sent: Buffer) => {
      const qualifier = new URL(url, upstream).searchParams.get('Qualifier');
      const asked = { operation, headers, qualifier, body: sent };
      return strict.around(asked, () => pass(upstream, method, url, headers, sent));
    };
    const answer = await befall(faultFor(rules, operation), operation, body, forward).catch(() => null);
    if (answer === null) return void incoming.socket.destroy();
    entry.status = answer.status;
    const { 'x-truncated': truncated, ...rest } = answer.headers;
    const length = method === 'HEAD' ? {} : { 'content-length': String(answer.body.length + (truncated ? 10 : 0)) };
    outgoing.writeHead(answer.status, { ...rest, ...length });
    if (!truncated) return void outgoing.end(method === 'HEAD' ? undefined : answer.body);
    outgoing.write(answer.body, () => incoming.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    strict,
    count: (name) => log.filter((entry) => entry.name === name).length,
    fault: (...added) => void rules.push(...added.map((rule) => ({ skip: 0, times: 1, ...rule }))),
    reset() {
      rules.length = 0;
      log.length = 0;
      strict.reset();
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function pass(
  upstream: string,
  method: string,
  path: string,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<Answer> {
  return new Promise((done, fail) => {
    const length = method === 'GET' || method === 'HEAD' ? {} : { 'content-length': String(body.length) };
    const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _connection, ...rest } = headers;
    const outgoing = send(
      upstream + path,
      { method, headers: { ...rest, ...length }, agent: false },
      async (incoming) => {
        const got = await bodyOf(incoming).catch(fail);
        const { 'transfer-encoding': _, connection: __, 'content-length': size, ...kept } = incoming.headers;
        // What HEAD says of a length is the object's.
        const head = method === 'HEAD' && size !== undefined ? { 'content-length': size } : {};
        if (got)
          done({ status: incoming.statusCode ?? 500, headers: { ...kept, ...head } as Answer['headers'], body: got });
      },
    );
    outgoing.once('error', fail);
    outgoing.end(body);
  });
}
