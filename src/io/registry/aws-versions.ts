import {
  type Architecture,
  DeleteLayerVersionCommand,
  GetLayerVersionCommand,
  type GetLayerVersionResponse,
  type LayerVersionsListItem,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  type Runtime,
} from '@aws-sdk/client-lambda';
import { failure } from '../../errors.js';
import { parseLayerArn } from '../../layer/arn.js';
import type { PublishedVersion, Registry } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { partitionOf } from '../aws/target.js';
import { hexOf, type Objects } from './aws-objects.js';
import { artefactName, conflict, validDescription, validLayerName } from './names.js';

/** The layer versions of an account and region. */
export function awsVersions(
  { target, clients, call, paced }: Aws,
  objects: Pick<Objects, 'head'>,
): Pick<Registry, 'versions' | 'version' | 'publish' | 'remove'> {
  const { name: environment, region, account, bucket } = target;
  const request = (operation: string, layerName: string, version = '') => ({
    ...{ operation, action: `lambda:${operation}` },
    resource: `arn:${partitionOf(region)}:lambda:${region}:${account}:layer:${layerName}${version}`,
    mutates: /^(Publish|Delete)/.test(operation),
  });

  async function list(layerName: string): Promise<LayerVersionsListItem[]> {
    const found: LayerVersionsListItem[] = [];
    let marker: string | undefined;
    do {
      const command = new ListLayerVersionsCommand({ LayerName: layerName, MaxItems: 50, Marker: marker });
      const page = await call(request('ListLayerVersions', layerName), () =>
        paced(() => clients.lambda.read.send(command)),
      );
      found.push(...(page.LayerVersions ?? []));
      marker = page.NextMarker;
    } while (marker);
    return found;
  }

  function version(layerName: string, number: number): Promise<PublishedVersion | null> {
    validLayerName(environment, layerName);
    const command = new GetLayerVersionCommand({ LayerName: layerName, VersionNumber: number });
    const asked = request('GetLayerVersion', layerName, `:${number}`);
    return call(
      asked,
      async () => {
        const answer = await paced(() => clients.lambda.read.send(command));
        return published(asked.operation, layerName, answer, answer.Description ?? '');
      },
      { absent: () => null },
    );
  }

  /** An answer about a version of this layer, its parts held to what they must be. */
  function published(
    operation: string,
    layerName: string,
    answer: GetLayerVersionResponse,
    description: string,
  ): PublishedVersion {
    const { LayerVersionArn: arn = '', Version: number = 0, Content, CreatedDate = '' } = answer;
    const parsed = parseLayerArn(arn);
    const at = Date.parse(CreatedDate.replace(/\+0000$/, 'Z'));
    const size = Content?.CodeSize;
    const isOurs = parsed?.layerName === layerName && parsed.version === number && parsed.account === account;
    if (!isOurs || Number.isNaN(at) || size === undefined) {
      throw failure('aws-strange', { operation, problem: `its answer is not about a version of ${layerName}` });
    }
    return {
      ...{ layerName, version: number, arn, description, size },
      // A service that gives no digest has nothing that could be ours.
      sha256: hexOf(Content?.CodeSha256) ?? '',
      createdAt: new Date(at).toISOString(),
    };
  }

  return {
    version,
    async remove(layerName, number) {
      const command = new DeleteLayerVersionCommand({ LayerName: layerName, VersionNumber: number });
      const asked = request('DeleteLayerVersion', validLayerName(environment, layerName), `:${number}`);
      // Done twice it is done once, so a lost answer is no trouble, and the read client's patience does no harm.
      await call<unknown>(asked, () => paced(() => clients.lambda.read.send(command)), { absent: () => 'gone' });
    },
    async versions(layerName, describedAs = '') {
      const listed = await list(validLayerName(environment, layerName));
      const numbers = listed.flatMap(({ Version: number, Description: text = '' }) =>
        number !== undefined && text.startsWith(describedAs) ? [number] : [],
      );
      const found = await Promise.all(numbers.map((number) => version(layerName, number)));
      // One that is deleted in between is none.
      return found.filter((one) => one !== null).sort((a, b) => b.version - a.version);
    },
    async publish({ layerName, key, sha256, size, description, runtimes, architectures }) {
      validLayerName(environment, layerName);
      validDescription(environment, description);
      const stored = await objects.head(key);
      const absent = () => failure('object-absent', { key, environment });
      if (stored === null) throw absent();
      if (stored.sha256 !== sha256 || stored.size !== size) throw conflict(environment, key, stored.sha256, sha256);
      const command = new PublishLayerVersionCommand({
        LayerName: layerName,
        Description: description,
        // The very bytes that were looked at, where the bucket can tell them from later ones.
        Content: {
          S3Bucket: bucket,
          S3Key: key,
          ...(stored.versionId !== null && stored.versionId !== 'null' && { S3ObjectVersion: stored.versionId }),
        },
        CompatibleRuntimes: runtimes as Runtime[],
        CompatibleArchitectures: architectures as Architecture[],
      });
      const asked = request('PublishLayerVersion', layerName);
      const made = await call(
        asked,
        async () => {
          const answer = await paced(() => clients.lambda.write.send(command));
          return published(asked.operation, layerName, answer, description);
        },
        {
          refused: ({ message }) => {
            if (/NoSuchKey/.test(message)) throw absent();
            return undefined;
          },
        },
      );
      if (made.sha256 === sha256 && made.size === size) return made;
      throw failure('published-differs', {
        ...{ arn: made.arn, key, environment, name: artefactName(key) },
        ...{ there: made.sha256.slice(0, 16), thereSize: String(made.size) },
        ...{ here: sha256.slice(0, 16), hereSize: String(size) },
      });
    },
  };
}
