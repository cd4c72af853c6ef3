import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { failure } from '../../errors.js';
import type { Aws } from './aws.js';

/** That the bucket is there, this account's, and in the environment's region. Fails with `bucket-…` or `aws-region`. */
export async function checkBucket({ target, clients, call }: Pick<Aws, 'target' | 'clients' | 'call'>): Promise<void> {
  const { name: environment, bucket, account, region } = target;
  const resource = `arn:aws:s3:::${bucket}`;
  const asked = { operation: 'HeadBucket', action: 's3:ListBucket', resource, mutates: false };
  const elsewhere = (actual: string) => failure('aws-region', { environment, bucket, actual, wanted: region });
  const { BucketRegion: actual = region } = await call(
    asked,
    () => clients.s3.read.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: account })),
    {
      absent: () => {
        throw failure('bucket-absent', { environment, bucket, region });
      },
      denied: () => {
        throw failure('bucket-foreign', { bucket, account });
      },
      elsewhere: () => {
        throw elsewhere('another region');
      },
    },
  );
  if (actual !== region) throw elsewhere(actual);
}
