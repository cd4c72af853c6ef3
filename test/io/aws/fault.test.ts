import { describe, expect, it } from 'vitest';
import { type FaultKind, faultOf } from '../../../src/io/aws/fault.js';

/** As the SDK throws it. */
const thrown = (name: string, status: number | undefined, more: object = {}) =>
  Object.assign(new Error('why'), { name, $metadata: { httpStatusCode: status, requestId: 'r' }, ...more });

describe('what went wrong', () => {
  it.each<[FaultKind, unknown]>([
    ['unreachable', thrown('Error', undefined, { code: 'ENOTFOUND' })],
    ['unreachable', thrown('AggregateError', undefined, { code: 'ECONNREFUSED' })],
    ['unreachable', thrown('Error', undefined, { cause: { code: 'EAI_AGAIN' } })],
    ['untrusted', thrown('Error', undefined, { code: 'SELF_SIGNED_CERT_IN_CHAIN' })],
    ['unknown', thrown('TimeoutError', undefined, { code: 'ECONNRESET' })],
    ['unknown', thrown('TimeoutError', undefined)],
    ['unknown', thrown('AbortError', undefined)],
    ['unknown', thrown('ServiceException', 500)],
    ['unknown', thrown('Unknown', 503)],
    ['unknown', thrown('RequestTimeout', 408)],
    ['unknown', thrown('SyntaxError', 201)],
    ['strange', thrown('SyntaxError', 200, { $response: { headers: { 'content-type': 'text/html' } } })],
    ['strange', thrown('SyntaxError', 200, { $responseBodyText: ' <!DOCTYPE html><p>' })],
    ['throttled', thrown('SlowDown', 503)],
    ['throttled', thrown('TooManyRequestsException', 429)],
    ['throttled', thrown('Unknown', 429)],
    ['expired', thrown('ExpiredTokenException', 403)],
    ['expired', thrown('ExpiredToken', 400)],
    ['credentials', thrown('CredentialsProviderError', undefined)],
    ['credentials', thrown('SignatureDoesNotMatch', 403)],
    ['credentials', thrown('UnrecognizedClientException', 403)],
    ['denied', thrown('AccessDeniedException', 403)],
    ['denied', thrown('Unknown', 403)],
    ['denied', thrown('SyntaxError', 403)],
    ['absent', thrown('NotFound', 404)],
    ['absent', thrown('ResourceNotFoundException', 404)],
    ['elsewhere', thrown('PermanentRedirect', 301)],
    ['elsewhere', thrown('Unknown', 301)],
    ['conflict', thrown('PreconditionFailed', 412)],
    ['conflict', thrown('ConditionalRequestConflict', 409)],
    ['conflict', thrown('ResourceConflictException', 409)],
    ['refused', thrown('InvalidParameterValueException', 400)],
    ['refused', thrown('CodeStorageExceededException', 400)],
    ['unknown', 'a word'],
    ['unknown', null],
  ])('%s: %s', (kind, error) => {
    expect(faultOf(error).kind).toBe(kind);
  });

  it('keeps the request and what the service asks to wait', () => {
    const $response = { headers: { 'retry-after': '3' } };
    expect(faultOf(thrown('TooManyRequestsException', 429, { $response }))).toEqual({
      ...{ kind: 'throttled', code: 'TooManyRequestsException', status: 429, requestId: 'r' },
      ...{ message: 'why', region: null, waitMs: 3000 },
    });
  });
});
