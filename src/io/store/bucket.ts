import { failure, isFailure } from '../../errors.js';
import type { Store } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { checkBucket } from '../aws/bucket.js';
import { awsObjects } from '../registry/aws-objects.js';

/** A bucket of the account and region of an environment, and all keys below a prefix of it. */
export function bucketStore(aws: Aws, bucket: string, prefix: string): Store {
  const own: Aws = { ...aws, target: { ...aws.target, bucket } };
  const objects = awsObjects(own);
  return {
    place: `s3://${bucket}/${prefix}`,
    prove: () => checkBucket(own),
    async read(key, received) {
      try {
        return await objects.get(`${prefix}${key}`, received);
      } catch (error) {
        if (isFailure(error) && error.code === 'object-absent') return null;
        throw error;
      }
    },
    async create(key, bytes, sha256, sent) {
      try {
        await objects.put(`${prefix}${key}`, bytes, sha256, sent);
      } catch (error) {
        if (!isFailure(error) || error.code !== 'object-conflict') throw error;
        const there = (await objects.head(`${prefix}${key}`))?.sha256 ?? 'gone again';
        const place = `s3://${bucket}/${prefix}${key}`;
        throw failure('archive-conflict', { place, there: there.slice(0, 16), here: sha256.slice(0, 16) }, error);
      }
    },
  };
}
