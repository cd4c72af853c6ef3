import { failure } from '../errors.js';
import type { Expectations, LambdaFunction } from '../layer/declarations.js';
import { parseJsonBytes } from '../layer/json.js';
import type { Env, Oid, Tree } from '../ports.js';

/** One call of a function that is to be made. */
export interface Call {
  function: LambdaFunction;
  /** Its event's name, or the file; `{}` for the empty one. */
  event: string;
  bytes: Uint8Array;
  expect: Expectations;
}

/** What Lambda takes in one call. Bytes. */
export const largest = 6 * 1024 * 1024;

/** The calls that show whether a function works: those of its `smoke`, else one for each event, else one with `{}`. */
export async function smokeCalls(env: Pick<Env, 'git'>, tree: Tree, one: LambdaFunction): Promise<Call[]> {
  const smoke = one.smoke.length > 0 ? one.smoke : Object.keys(one.events).map((event) => ({ event, expect: {} }));
  if (smoke.length === 0) return [{ function: one, event: '{}', bytes: encode('{}'), expect: {} }];
  const calls = smoke.map(async ({ event, expect }) => {
    return { function: one, event, bytes: await committedEvent(env, tree, one, event), expect };
  });
  return Promise.all(calls);
}

/** The calls with one event: one of the function's own by name, which keeps its expectations, or a file of JSON. */
export async function callsWith(
  env: Pick<Env, 'git' | 'files' | 'cwd'>,
  tree: Tree,
  one: LambdaFunction,
  event: string,
): Promise<Call[]> {
  if (!Object.hasOwn(one.events, event)) {
    const bytes = await env.files.read(event.startsWith('/') ? event : `${env.cwd}/${event}`);
    const declared = Object.keys(one.events).join(', ') || 'none';
    if (bytes === null)
      throw invalid(one, event, `${one.name} has no event of that name (${declared}), and there is no such file`);
    return [{ function: one, event, bytes: sound(one, event, bytes), expect: {} }];
  }
  const bytes = await committedEvent(env, tree, one, event);
  const expected = one.smoke.filter((smoke) => smoke.event === event).map(({ expect }) => expect);
  return (expected.length > 0 ? expected : [{}]).map((expect) => ({ function: one, event, bytes, expect }));
}

/** The blob of an event in a tree; fails with `event-invalid`. */
export async function eventBlob(tree: Tree, one: LambdaFunction, event: string): Promise<Oid> {
  const path = one.events[event] ?? '';
  const entry = await tree.entry(path);
  if (!entry?.mode.startsWith('100')) throw invalid(one, event, `${path} is not a file of the commit`);
  return entry.oid;
}

async function committedEvent(
  { git }: Pick<Env, 'git'>,
  tree: Tree,
  one: LambdaFunction,
  event: string,
): Promise<Uint8Array> {
  return sound(one, event, await git.blob(await eventBlob(tree, one, event), largest));
}

function sound(one: LambdaFunction, event: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length > largest) throw invalid(one, event, 'it is larger than 6 MB');
  const [problem] = parseJsonBytes(bytes).problems;
  if (problem !== undefined) throw invalid(one, event, `line ${problem.line}: ${problem.what}`);
  return bytes;
}

const invalid = (one: LambdaFunction, event: string, problem: string) =>
  failure('event-invalid', { event, problem, name: one.name });

const encode = (text: string) => new TextEncoder().encode(text);
