import {
  CreateAliasCommand,
  GetLayerVersionByArnCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Aws } from '../../src/io/aws/aws.js';
import { type Emulator, type EmulatorName, startEmulator } from '../kit/emulators/start.js';
import { makeFunction, makeLayer } from './functions.js';
import { bucket, emptyWorld } from './world.js';

/** What an emulator does, in a word: what came of it, or the name of the refusal. */
type Probe = (aws: Aws) => Promise<unknown>;

const put = (aws: Aws, more: Partial<PutObjectCommandInput> = {}) =>
  aws.clients.s3.write.send(new PutObjectCommand({ Bucket: bucket, Key: 'x.zip', Body: 'PK', ...more }));
const publish = (aws: Aws, key: string, more: object = {}) =>
  aws.clients.lambda.write.send(
    new PublishLayerVersionCommand({ LayerName: 'one', Content: { S3Bucket: bucket, S3Key: key }, ...more }),
  );
const update = (aws: Aws, change: object) =>
  aws.clients.lambda.write.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...change }));
const withFunction = (aws: Aws) => makeFunction(aws, 'f', 'def handler(event, context):\n    return event\n');
async function withAlias(aws: Aws): Promise<void> {
  await withFunction(aws);
  await aws.clients.lambda.write.send(new PublishVersionCommand({ FunctionName: 'f' }));
  await aws.clients.lambda.write.send(
    new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }),
  );
}
const moveAlias = (aws: Aws, change: object) =>
  aws.clients.lambda.write.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live', ...change }));

/**
 * Where an emulator and AWS part. `aws` is what AWS does; where an emulator says otherwise, a release of it that mends this
 * fails here, and so does one that breaks more.
 */
const table: [what: string, probe: Probe, aws: string, moto: string, ministack: string][] = [
  [
    'a second PUT with If-None-Match',
    async (aws) => {
      await put(aws);
      await put(aws, { IfNoneMatch: '*' });
    },
    'PreconditionFailed',
    'PreconditionFailed',
    'PreconditionFailed',
  ],
  [
    'a PUT with a wrong SHA-256',
    (aws) => put(aws, { ChecksumAlgorithm: 'SHA256', ChecksumSHA256: `${'A'.repeat(43)}=` }),
    'BadDigest',
    'done',
    'BadDigest',
  ],
  [
    'a wrong ExpectedBucketOwner',
    (aws) => put(aws, { ExpectedBucketOwner: '999999999999' }),
    'AccessDenied',
    'done',
    'done',
  ],
  [
    'a copy with If-None-Match onto what is there',
    async (aws) => {
      await put(aws);
      await aws.clients.s3.write.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: 'x.zip',
          CopySource: `${bucket}/x.zip`,
          IfNoneMatch: '*',
          MetadataDirective: 'REPLACE',
        }),
      );
    },
    'PreconditionFailed',
    'done',
    'done',
  ],
  [
    'HEAD gives the SHA-256 that was sent',
    async (aws) => {
      const ChecksumAlgorithm = 'SHA256';
      await put(aws, { ChecksumAlgorithm });
      const found = await aws.clients.s3.read.send(
        new HeadObjectCommand({ Bucket: bucket, Key: 'x.zip', ChecksumMode: 'ENABLED' }),
      );
      return found.ChecksumSHA256 !== undefined;
    },
    'true',
    'true',
    'true',
  ],
  [
    'a publish of a key that is not there',
    async (aws) => (await publish(aws, 'no.zip')).Content?.CodeSha256 === '',
    'InvalidParameterValueException',
    'true',
    'true',
  ],
  [
    'a publish of what is no zip',
    async (aws) => {
      await put(aws, { Body: 'text' });
      await publish(aws, 'x.zip');
    },
    'InvalidParameterValueException',
    'done',
    'done',
  ],
  [
    'a description of 257 characters',
    async (aws) => {
      await put(aws);
      await publish(aws, 'x.zip', { Description: 'd'.repeat(257) });
    },
    'ValidationException',
    'done',
    'done',
  ],
  [
    'a list of one at a time',
    async (aws) => {
      await makeLayer(aws, 'one');
      await makeLayer(aws, 'one');
      return (await aws.clients.lambda.read.send(new ListLayerVersionsCommand({ LayerName: 'one', MaxItems: 1 })))
        .LayerVersions?.length;
    },
    '1',
    '2',
    '1',
  ],
  [
    'a layer version by its ARN',
    async (aws) => {
      const Arn = await makeLayer(aws, 'one');
      return (await aws.clients.lambda.read.send(new GetLayerVersionByArnCommand({ Arn }))).Version;
    },
    '1',
    'undefined',
    '1',
  ],
  [
    'an update with a stale RevisionId',
    async (aws) => {
      await withFunction(aws);
      await update(aws, { RevisionId: '00000000-0000-0000-0000-000000000000' });
    },
    'PreconditionFailedException',
    'done',
    'done',
  ],
  [
    'an update is under way',
    async (aws) => {
      await withFunction(aws);
      return (await update(aws, { Description: 'd' })).LastUpdateStatus;
    },
    'InProgress',
    'Successful',
    'InProgress',
  ],
  [
    'an update while one is under way',
    async (aws) => {
      await withFunction(aws);
      await update(aws, { Description: 'd' });
      await update(aws, { Description: 'e' });
    },
    'ResourceConflictException',
    'done',
    'done',
  ],
  [
    'two versions of one layer',
    async (aws) => {
      await withFunction(aws);
      const Layers = [await makeLayer(aws, 'one'), await makeLayer(aws, 'one')];
      await update(aws, { Layers });
    },
    'InvalidParameterValueException',
    'done',
    'done',
  ],
  [
    'a layer version that is not there',
    async (aws) => {
      await withFunction(aws);
      const arn = await makeLayer(aws, 'one');
      await update(aws, { Layers: [arn.replace(/\d+$/, '9')] });
    },
    'InvalidParameterValueException',
    'ResourceNotFoundException',
    'InvalidParameterValueException',
  ],
  [
    'a second version of unchanged code',
    async (aws) => {
      await withFunction(aws);
      const ask = () => aws.clients.lambda.write.send(new PublishVersionCommand({ FunctionName: 'f' }));
      await ask();
      return (await ask()).Version;
    },
    '1',
    '1',
    '2',
  ],
  [
    'a second version after an update that changed nothing',
    async (aws) => {
      await withFunction(aws);
      const ask = () => aws.clients.lambda.write.send(new PublishVersionCommand({ FunctionName: 'f' }));
      await ask();
      await update(aws, { Timeout: 3 });
      return (await ask()).Version;
    },
    '2',
    '2',
    '2',
  ],
  [
    'an alias moved from a stale RevisionId',
    async (aws) => {
      await withAlias(aws);
      await moveAlias(aws, { FunctionVersion: '1', RevisionId: '00000000-0000-0000-0000-000000000000' });
    },
    'PreconditionFailedException',
    'done',
    'done',
  ],
  [
    'an alias moved to a version that is not there',
    async (aws) => {
      await withAlias(aws);
      await moveAlias(aws, { FunctionVersion: '9' });
    },
    'ResourceNotFoundException',
    'ResourceNotFoundException',
    'done',
  ],
];

describe.each(['moto', 'ministack'] as EmulatorName[])('%s does as it is known to', (name) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(name);
  }, 300_000);
  afterAll(() => emulator?.stop());

  it.each(table)('%s', async (_, probe, _aws, moto, ministack) => {
    const aws = await emptyWorld(emulator);
    const came = await probe(aws).then(
      (value) =>
        value === undefined || typeof value === 'object' ? (value === undefined ? 'undefined' : 'done') : String(value),
      (error) => error.name as string,
    );
    const known = name === 'moto' ? moto : ministack;
    expect(came === 'undefined' && known === 'done' ? 'done' : came).toBe(known);
  });
});

it('every difference from AWS has a word of its own here', () => {
  const same = table.filter(([, , aws, moto, ministack]) => aws === moto && aws === ministack);
  expect(same.map(([what]) => what)).toEqual([
    'a second PUT with If-None-Match',
    'HEAD gives the SHA-256 that was sent',
    'a second version after an update that changed nothing',
  ]);
});
