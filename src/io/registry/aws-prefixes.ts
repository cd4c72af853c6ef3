import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { failure } from '../../errors.js';
import type { Bucket, Listed, Prefixes } from '../../ports.js';
import type { Aws } from '../aws/aws.js';

/** What S3 keeps of a whole object's content, the surest first. */
const sums = ['ChecksumSHA256', 'ChecksumCRC64NVME', 'ChecksumCRC32C', 'ChecksumCRC32', 'ChecksumSHA1'] as const;

/** Copies and deletions may be made again without harm, so that all of it goes by the client that does so by itself. */
export function awsPrefixes({ clients, call, target }: Aws): Prefixes {
  const s3 = clients.s3.read;
  const at = ({ name, account }: Bucket) => ({ Bucket: name, ExpectedBucketOwner: account });
  const asked = (operation: string, action: string, { name }: Bucket, key: string, mutates = false) => ({
    ...{ operation, action: `s3:${action}`, resource: `arn:aws:s3:::${name}${key === '' ? '' : `/${key}`}`, mutates },
  });

  function head(bucket: Bucket, key: string): Promise<HeadObjectCommandOutput | null> {
    const command = new HeadObjectCommand({ ...at(bucket), Key: key, ChecksumMode: 'ENABLED' });
    return call(asked('HeadObject', 'GetObject', bucket, key), () => s3.send(command), { absent: () => null });
  }

  return {
    async list(bucket, prefix) {
      const found = new Map<string, Listed>();
      let token: string | undefined;
      do {
        const command = new ListObjectsV2Command({ ...at(bucket), Prefix: prefix, ContinuationToken: token });
        const page = await call(asked('ListObjectsV2', 'ListBucket', bucket, ''), () => s3.send(command), {
          absent: () => {
            throw failure('bucket-absent', { environment: target.name, bucket: bucket.name, region: target.region });
          },
        });
        for (const { Key: key, ETag: etag, Size: size } of page.Contents ?? []) {
          if (key?.startsWith(prefix) && etag !== undefined && size !== undefined) found.set(key, { size, etag });
        }
        token = page.NextContinuationToken;
      } while (token);
      return found;
    },
    async agree(from, to, key) {
      const [origin, there] = await Promise.all([head(from, key), head(to, key)]);
      if (origin === null || there === null || origin.ContentLength !== there.ContentLength) return false;
      // Of an object in parts only the sum of sums is kept; it depends on the parts.
      const sum = sums.find((one) =>
        [origin[one], there[one]].every((text) => text !== undefined && !/-\d+$/.test(text)),
      );
      if (sum !== undefined) return origin[sum] === there[sum];
      return Number(there.LastModified) >= Number(origin.LastModified);
    },
    async copy(from, to, key, { etag }) {
      const command = new CopyObjectCommand({
        ...at(to),
        Key: key,
        CopySource: `${from.name}/${key.split('/').map(encodeURIComponent).join('/')}`,
        CopySourceIfMatch: etag,
        ExpectedSourceBucketOwner: from.account,
      });
      await call(asked('CopyObject', 'PutObject', to, key, true), () => s3.send(command));
    },
    async remove(bucket, keys) {
      for (let start = 0; start < keys.length; start += 1000) {
        const Objects = keys.slice(start, start + 1000).map((Key) => ({ Key }));
        const command = new DeleteObjectsCommand({ ...at(bucket), Delete: { Objects, Quiet: true } });
        const { Errors: [first] = [] } = await call(
          asked('DeleteObjects', 'DeleteObject', bucket, keys[start] ?? '', true),
          () => s3.send(command),
        );
        if (first === undefined) continue;
        const resource = `arn:aws:s3:::${bucket.name}/${first.Key}`;
        throw failure('aws-refused', {
          operation: 'DeleteObjects',
          resource,
          problem: `${first.Code}: ${first.Message}`,
        });
      }
    },
  };
}
