import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { Endpoints } from './endpoint.js';
import type { AwsTarget } from './target.js';

/**
 * Two of each: one reads and tries again by itself; one writes and never does, because the SDK would publish a layer
 * version twice when only the answer to the first was lost.
 */
export interface Clients {
  /** `invoke` waits for as long as a function may run. */
  lambda: { read: LambdaClient; write: LambdaClient; invoke: LambdaClient };
  s3: { read: S3Client; write: S3Client };
  sts: STSClient;
}

/** `ca`: authorities to believe, instead of Node's own. */
export function awsClients(
  { region, profile }: AwsTarget,
  endpoints: Endpoints,
  version: string,
  ca: string[] | null,
): Clients {
  const timeouts = (ms: number) => ({ ...within(ms), ...(ca !== null && { httpsAgent: { ca } }) });
  const shared = {
    region,
    ...(profile !== null && { profile }),
    userAgentAppId: `layer-policy/${version}`.slice(0, 50),
    retryMode: 'standard',
  };
  // Named in code, because the environment (AWS_MAX_ATTEMPTS) and the profile could name another number.
  const read = { ...shared, maxAttempts: 5, requestHandler: timeouts(30_000) };
  // Publishing a large zip from S3 takes a while.
  const write = { ...shared, maxAttempts: 1, requestHandler: timeouts(180_000) };
  const at = (url: string | undefined) => (url === undefined ? {} : { endpoint: url });
  const s3 = { ...at(endpoints.s3), forcePathStyle: endpoints.s3 !== undefined, followRegionRedirects: false };
  const lambda = at(endpoints.lambda);
  return {
    lambda: {
      read: new LambdaClient({ ...read, ...lambda }),
      write: new LambdaClient({ ...write, ...lambda }),
      invoke: new LambdaClient({ ...write, ...lambda, requestHandler: timeouts(930_000) }),
    },
    s3: { read: new S3Client({ ...read, ...s3 }), write: new S3Client({ ...write, ...s3 }) },
    sts: new STSClient({ ...read, ...at(endpoints.sts) }),
  };
}

/** Without the last word a request that takes too long is only warned about. */
const within = (requestTimeout: number) => ({
  connectionTimeout: 5_000,
  requestTimeout,
  throwOnRequestTimeout: true,
  socketTimeout: requestTimeout,
});
