import type { Invocation } from '../ports.js';
import type { Expectations } from './declarations.js';

/** Why an answer is not what was expected, in sentences; empty where it is. An error of the function never is. */
export function disappointments(answer: Invocation, expect: Expectations): string[] {
  const payload = payloadOf(answer.payload);
  if (answer.functionError !== null) return [errorOf(answer.functionError, payload)];
  return [
    ...(expect.statusCode === undefined ? [] : missing(payload, { statusCode: expect.statusCode }, '')),
    ...(expect.payload === undefined ? [] : missing(payload, expect.payload, '')),
    ...slow('its start', answer.initMs, expect.maxInitMs),
    ...slow('it', answer.durationMs, expect.maxDurationMs),
  ];
}

/** Undefined where it is no JSON. What a function answers is its own business: of any depth, with any names. */
export function payloadOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function errorOf(kind: string, payload: unknown): string {
  const { errorType, errorMessage } = (typeof payload === 'object' && payload !== null ? payload : {}) as {
    [field: string]: unknown;
  };
  const words = [errorType, errorMessage].filter((word) => typeof word === 'string' && word !== '');
  return words.length > 0 ? words.join(': ') : `it failed (${kind})`;
}

function slow(what: string, took: number | null, most: number | undefined): string[] {
  return took === null || most === undefined || took <= most
    ? []
    : [`${what} took ${took} ms, at most ${most} expected`];
}

/** What of `wanted` is not in `there`: objects may have more, lists and values are alike. */
function missing(there: unknown, wanted: unknown, at: string): string[] {
  if (isObject(wanted)) {
    if (!isObject(there)) return [differs(there, wanted, at)];
    return Object.entries(wanted).flatMap(([name, value]) =>
      missing(Object.hasOwn(there, name) ? there[name] : undefined, value, `${at}.${name}`),
    );
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(there) || there.length !== wanted.length) return [differs(there, wanted, at)];
    return wanted.flatMap((value, i) => missing(there[i], value, `${at}[${i}]`));
  }
  return there === wanted ? [] : [differs(there, wanted, at)];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function differs(there: unknown, wanted: unknown, at: string): string {
  const field = at === '' ? 'the answer' : at.replace(/^\./, '');
  return `${field} is ${short(there)}, ${short(wanted)} expected`;
}

function short(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
