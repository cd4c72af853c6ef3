import { type Answer, errorAnswer } from './answer.js';
import type { Operation } from './operation.js';

/** What befalls a request on its way. */
export type Fault =
  /** The connection ends; the service never saw the request (before) or has done it (after). */
  | { kind: 'drop-before' | 'drop-after' }
  /** Another answer; the service never saw the request, or has done it. */
  | {
      kind: 'status' | 'status-after';
      status: number;
      code: string;
      message?: string;
      headers?: Record<string, string>;
    }
  /** Half of the answer. */
  | { kind: 'truncate' }
  | { kind: 'delay'; ms: number }
  /** The network brings it twice. */
  | { kind: 'dup' }
  | { kind: 'hang' }
  /** A page of the network instead of an answer. */
  | { kind: 'page'; status: number }
  /** Whatever the test says; the service never saw the request. */
  | { kind: 'body'; status: number; body: string }
  /** Its body with one byte changed. */
  | { kind: 'flip' }
  /** Held until the test lets it go, before the service sees it or after. */
  | { kind: 'barrier-before' | 'barrier-after'; gate: Gate }
  /** Held, and never brought to the service. */
  | { kind: 'barrier-drop'; gate: Gate };

export interface Rule {
  /** The name of a request, or what its name is like. */
  on: string | RegExp;
  /** Only of this bucket, function or layer. */
  of?: string;
  fault: Fault;
  /** How many are let through first. */
  skip?: number;
  /** How many it befalls; 1 unless told. */
  times?: number;
}

export type Counted = Rule & { skip: number; times: number };

/** Where a request waits for the test, and the test for a request. */
export interface Gate {
  reached: Promise<void>;
  arrive(): Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>((done) => (reach = done));
  const opened = new Promise<void>((done) => (open = done));
  return {
    reached,
    arrive() {
      reach();
      return opened;
    },
    open: () => open(),
  };
}

/** What a request meets by these rules, which count it. */
export function faultFor(rules: Counted[], { name, parts }: Operation): Fault | null {
  for (const rule of rules) {
    if (rule.of !== undefined && rule.of !== parts[0]) continue;
    if (typeof rule.on === 'string' ? rule.on !== name : !rule.on.test(name)) continue;
    if (rule.skip > 0) rule.skip -= 1;
    else if (rule.times > 0) {
      rule.times -= 1;
      return rule.fault;
    }
  }
  return null;
}

/** `null` ends the connection. */
export async function befall(
  fault: Fault | null,
  operation: Operation,
  body: Buffer,
  forward: (body: Buffer) => Promise<Answer>,
): Promise<Answer | null> {
  if (fault === null) return forward(body);
  switch (fault.kind) {
    case 'drop-before':
      return null;
    case 'drop-after':
      await forward(body);
      return null;
    case 'status-after':
      await forward(body);
      return errorAnswer(operation, fault.status, fault.code, fault.message ?? fault.code, fault.headers);
    case 'status':
      return errorAnswer(operation, fault.status, fault.code, fault.message ?? fault.code, fault.headers);
    case 'truncate': {
      const whole = await forward(body);
      const half = whole.body.subarray(0, Math.floor(whole.body.length / 2));
      return { ...whole, headers: { ...whole.headers, 'x-truncated': 'true' }, body: half };
    }
    case 'delay':
      await new Promise((done) => setTimeout(done, fault.ms));
      return forward(body);
    case 'dup': {
      const answer = await forward(body);
      await forward(body);
      return answer;
    }
    case 'hang':
      return new Promise(() => {});
    case 'page': {
      const page = Buffer.from('<!doctype html><html><body>Please log in to the network</body></html>');
      return { status: fault.status, headers: { 'content-type': 'text/html' }, body: page };
    }
    case 'body':
      return { status: fault.status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(fault.body) };
    case 'flip': {
      const other = Buffer.from(body);
      other[0] = (other[0] ?? 0) ^ 1;
      return forward(other);
    }
    case 'barrier-before':
      await fault.gate.arrive();
      return forward(body);
    case 'barrier-drop':
      await fault.gate.arrive();
      return null;
    case 'barrier-after': {
      const answer = await forward(body);
      await fault.gate.arrive();
      return answer;
    }
  }
}
