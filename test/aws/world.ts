import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../../src/io/aws/aws.js';
import { type AwsOptions, openAws } from '../../src/io/aws/open.js';
import type { Target } from '../../src/ports.js';
import type { Emulator } from '../kit/emulators/start.js';
import type { Variables } from '../kit/isolated.js';

/** Of moto's default account; ministack takes a key id of twelve digits for one. */
export const account = '123456789012';
export const region = 'eu-west-3';
export const bucket = 'inbox-lambda-code-dev';

export const target: Target = { name: 'dev', target: 'aws', region, account, bucket };

/** What a run finds in its environment: credentials that open nothing, and where the emulator or a proxy before it is. */
export function awsVars(url: string, more: Variables = {}): Variables {
  return {
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'canary-secret-0123456789',
    AWS_SESSION_TOKEN: 'canary-session-0123456789',
    AWS_ENDPOINT_URL: url,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...more,
  };
}

/** The environment over this address, in this process. Waits are as short as they may be. */
export async function awsAt(url: string, declared: Target = target, more: Partial<AwsOptions> = {}): Promise<Aws> {
  const vars = awsVars(url);
  // The SDK looks for credentials here and nowhere else.
  Object.assign(process.env, vars);
  return openAws(declared, {
    vars,
    version: '0.0.0-test',
    say: () => {},
    warn: () => {},
    pause: (ms) => new Promise((done) => setTimeout(done, Math.min(ms, 20))),
    perSecond: 1000,
    ...more,
  });
}

/** An empty account with the environment's bucket. */
export async function emptyWorld(emulator: Emulator, url = emulator.url): Promise<Aws> {
  await emulator.reset();
  const aws = await awsAt(emulator.url);
  await aws.clients.s3.write.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  return url === emulator.url ? aws : awsAt(url);
}
