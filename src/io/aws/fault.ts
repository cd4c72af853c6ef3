/** What went wrong with a request, as far as it matters for what may be done next. */
export type FaultKind =
  /** It never left, or there is nothing at the other end: nothing happened. */
  | 'unreachable'
  /** Who answers has a certificate that nobody here vouches for: nothing happened. */
  | 'untrusted'
  /** A plain no: nothing happened. */
  | 'refused'
  | 'absent'
  | 'denied'
  /** It belongs to another region: nothing happened. */
  | 'elsewhere'
  /** Nothing happened; later it may. */
  | 'throttled'
  /** Somebody else was there first, or is at work. */
  | 'conflict'
  /** Credentials that held until now. */
  | 'expired'
  /** No credentials, or wrong ones. */
  | 'credentials'
  /** The answer is lost or cannot be read: it may have happened. */
  | 'unknown'
  /** What answered is not AWS. */
  | 'strange';

export interface Fault {
  kind: FaultKind;
  /** The service's or the system's own word for it: `TooManyRequestsException`, `ECONNRESET`. */
  code: string;
  status: number | null;
  requestId: string | null;
  message: string;
  /** Where a bucket is, when it is elsewhere. */
  region: string | null;
  /** What the service asks to wait, in milliseconds. */
  waitMs: number | null;
}

/** The table: a code says more than a status, and a status more than the system's word. */
const kinds: [FaultKind, string[]][] = [
  ['expired', ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']],
  [
    'credentials',
    [
      ...['CredentialsProviderError', 'TokenProviderError', 'UnrecognizedClientException', 'InvalidClientTokenId'],
      ...['InvalidAccessKeyId', 'InvalidToken', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
      ...['SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature', 'RequestTimeTooSkewed'],
    ],
  ],
  [
    'throttled',
    [
      ...['TooManyRequestsException', 'Throttling', 'ThrottlingException', 'ThrottledException'],
      ...['RequestLimitExceeded', 'RequestThrottled', 'SlowDown', 'EC2ThrottledException'],
    ],
  ],
  ['denied', ['AccessDenied', 'AccessDeniedException', 'AllAccessDisabled']],
  ['absent', ['NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'NotFound', 'ResourceNotFoundException']],
  ['elsewhere', ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException']],
  [
    'conflict',
    [
      ...['PreconditionFailed', 'PreconditionFailedException', 'ConditionalRequestConflict'],
      ...['ResourceConflictException', 'OperationAborted'],
    ],
  ],
  [
    'untrusted',
    [
      ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED'],
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
  ],
  ['unreachable', ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']],
];

const kindOfCode = new Map(kinds.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)));

/** Reads whatever the SDK throws. The original is not kept: it holds request headers, and with them a signature. */
export function faultOf(error: unknown): Fault {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  const status = given.$metadata?.httpStatusCode ?? null;
  const network = [given.code, given.cause?.code].find((code) => typeof code === 'string') ?? null;
  const code = network ?? given.Code ?? given.name ?? 'Error';
  const headers = given.$response?.headers ?? {};
  const wait = Number(headers['retry-after']);
  return {
    kind: kindOfCode.get(code) ?? kindOfCode.get(given.name ?? '') ?? kindOfStatus(status, isPage(given)),
    code,
    status,
    requestId: given.$metadata?.requestId ?? null,
    message: given.message ?? String(error),
    region: headers['x-amz-bucket-region'] ?? null,
    waitMs: headers['retry-after'] !== undefined && Number.isFinite(wait) ? wait * 1000 : null,
  };
}

interface Thrown {
  name?: string;
  message?: string;
  code?: string;
  Code?: string;
  cause?: { code?: string };
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $response?: { headers?: Record<string, string>; statusCode?: number };
  $responseBodyText?: string;
}

function kindOfStatus(status: number | null, page: boolean): FaultKind {
  if (status === null || status >= 500 || status === 408) return 'unknown';
  if (status < 300) return page ? 'strange' : 'unknown';
  if (status < 400) return 'elsewhere';
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'absent';
  return status === 409 || status === 412 ? 'conflict' : 'refused';
}

/** A proxy's or a hotel's page where an answer of the service was due. */
function isPage({ $response, $responseBodyText }: Thrown): boolean {
  return (
    /html/i.test($response?.headers?.['content-type'] ?? '') || /^\s*<(!doctype )?html/i.test($responseBodyText ?? '')
  );
}
