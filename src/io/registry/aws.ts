import type { Registry } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { checkBucket } from '../aws/bucket.js';
import { checkStorage } from '../aws/storage.js';
import { awsLease } from './aws-lease.js';
import { awsObjects } from './aws-objects.js';
import { awsPrefixes } from './aws-prefixes.js';
import { awsVersions } from './aws-versions.js';

/** An environment in an AWS account: a bucket and the layer versions beside it. */
export function awsRegistry(aws: Aws): Registry {
  const { head, get, put } = awsObjects(aws);
  return {
    environment: aws.target.name,
    prefixes: awsPrefixes(aws),
    async prove(code) {
      await checkBucket(aws);
      if (code > 0) await checkStorage(aws, code);
    },
    lease: (claim, processes) => awsLease(aws, claim, processes),
    async head(key) {
      const there = await head(key);
      return there && { key, sha256: there.sha256, size: there.size };
    },
    get,
    put,
    ...awsVersions(aws, { head }),
  };
}
