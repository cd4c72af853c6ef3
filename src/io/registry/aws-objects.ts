import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { failure } from '../../errors.js';
import type { Heard, Registry, StoredObject } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { countReceived, countSent } from '../aws/counted.js';
import { artefactName, conflict, validKey } from './names.js';

/** An object, and its version where the bucket keeps versions. */
export interface BucketObject extends StoredObject {
  versionId: string | null;
}

export interface Objects extends Pick<Registry, 'get' | 'put'> {
  head(key: string): Promise<BucketObject | null>;
}

/** The objects of an environment's bucket: created once by a conditional request, known by the SHA-256 that S3 keeps of them. */
export function awsObjects({ target, clients, call, pause }: Aws): Objects {
  const { name: environment, bucket, account } = target;
  const at = (key: string) => ({ Bucket: bucket, Key: validKey(environment, key), ExpectedBucketOwner: account });
  const request = (operation: string, action: string, key: string) => ({
    ...{ operation, action, resource: `arn:aws:s3:::${bucket}/${key}` },
    mutates: operation === 'PutObject',
  });

  async function head(key: string): Promise<BucketObject | null> {
    const command = new HeadObjectCommand({ ...at(key), ChecksumMode: 'ENABLED' });
    const found = await call(request('HeadObject', 's3:GetObject', key), () => clients.s3.read.send(command), {
      absent: () => null,
    });
    if (found === null) return null;
    const { ETag, ContentLength: size, ChecksumSHA256: sum, VersionId: versionId = null } = found;
    if (ETag === undefined || size === undefined) {
      throw failure('aws-strange', { operation: 'HeadObject', problem: `its answer about ${key} has no ETag` });
    }
    // What others stored has no such sum, or, in parts, one that is of no use.
    const sha256 =
      hexOf(sum) ??
      createHash('sha256')
        .update(await get(key))
        .digest('hex');
    return { key, sha256, size, versionId };
  }

  async function get(key: string, received?: Heard): Promise<Uint8Array> {
    const command = new GetObjectCommand({ ...at(key), ChecksumMode: 'ENABLED' });
    const read = async () => {
      const { Body } = await clients.s3.read.send(command);
      if (received !== undefined) countReceived(Body, received);
      return Body?.transformToByteArray();
    };
    const bytes = await call(request('GetObject', 's3:GetObject', key), read, {
      absent: () => {
        throw failure('object-absent', { key, environment });
      },
    });
    return bytes ?? new Uint8Array();
  }

  /** One conditional request; whatever is not a plain "created" is for a look to settle. */
  function create(key: string, bytes: Uint8Array, sum: string, sent?: Heard): Promise<'created' | 'look'> {
    const asked = request('PutObject', 's3:PutObject', key);
    const run = async () => {
      const command = new PutObjectCommand({
        ...at(key),
        Body: bytes,
        ContentLength: bytes.length,
        ContentType: key.endsWith('.json') ? 'application/json' : 'application/zip',
        ChecksumAlgorithm: 'SHA256',
        ChecksumSHA256: sum,
        IfNoneMatch: '*',
      });
      if (sent !== undefined) countSent(command, sent);
      const { ETag } = await clients.s3.write.send(command);
      // A page of the network between us and S3 says 200 as well.
      return ETag === undefined ? ('look' as const) : ('created' as const);
    };
    const look = () => 'look' as const;
    return call(asked, run, {
      conflict: look,
      unknown: look,
      strange: look,
      refused: ({ code }) => (/^(BadDigest|XAmzContentChecksumMismatch)$/.test(code) ? 'look' : undefined),
    });
  }

  return {
    head,
    get,
    async put(key, bytes, sha256, sent) {
      const digest = createHash('sha256').update(bytes).digest();
      if (digest.toString('hex') !== sha256)
        throw failure('bug', { problem: `the bytes for ${key} do not have the sha256 they came with` });
      for (const wait of [250, 1000, 4000, 0]) {
        if ((await create(key, bytes, digest.toString('base64'), sent)) === 'created') return 'created';
        // Also our own first attempt comes back as a refusal, when its answer was lost.
        const there = await head(key);
        if (there?.sha256 === sha256) return 'present';
        if (there !== null) throw conflict(environment, key, there.sha256, sha256);
        await pause(wait);
      }
      const resource = `${artefactName(key)} (${key})`;
      throw failure('aws-unreachable', {
        operation: 'PutObject',
        problem: `${resource} was sent four times and is not there`,
        region: target.region,
      });
    },
  };
}

/** Null for anything but the SHA-256 of a whole object. */
export function hexOf(base64: string | undefined): string | null {
  if (base64 === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(base64)) return null;
  return Buffer.from(base64, 'base64').toString('hex');
}
