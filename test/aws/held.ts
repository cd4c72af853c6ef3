import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import type { FunctionState } from '../../src/ports.js';
import { alias, archive, functionName, functionNames, type Opened } from './fleet.js';

/** Everything that a target of an environment holds, as it is told by those who keep it. */
export async function heldAt(target: Opened) {
  const { registry, functions } = target;
  const [place = ''] = registry.environment.split('/');
  const running: Record<string, string[]> = {};
  const behind: Record<string, { leads: string; latest: string[]; versions: string[] }> = {};
  for (const name of functionNames) {
    const own = functionName(place, name);
    const latest = await functions.settled(own);
    const leads = await functions.alias(own, alias);
    running[name] = told(leads === null ? latest : await functions.settled(own, leads.version));
    if (leads === null) continue;
    const versions = (await functions.versions(own)).map((one) => [one.version, ...told(one)].join(' '));
    behind[name] = { leads: leads.version, latest: told(latest), versions };
  }
  return {
    objects: await objectsIn(target, target.aws.target.bucket ?? ''),
    versions: (await registry.versions(`inbox-core-${place}`)).map(
      ({ version, description, sha256 }) => `${version} ${description} ${sha256}`,
    ),
    /** What callers get. */
    running,
    /** Of functions with an alias: where that leads, and all that it could lead to. */
    behind,
  };
}

const told = ({ layers, codeSha256, status }: FunctionState) => [
  status,
  codeSha256,
  ...layers.map((arn) => arn.split(':').slice(-2).join(':')),
];

/** What has left the repository. */
export const archived = (target: Opened) => objectsIn(target, archive.bucket);

/** Keys and digests of a bucket of that account, locks apart. */
async function objectsIn({ aws }: Opened, bucket: string): Promise<string[]> {
  const objects = awsObjects({ ...aws, target: { ...aws.target, bucket } });
  const { Contents = [] } = await aws.clients.s3.read.send(new ListObjectsV2Command({ Bucket: bucket }));
  const keys = Contents.map(({ Key = '' }) => Key).filter((key) => !key.startsWith('locks/'));
  return Promise.all(keys.sort().map(async (key) => `${key} ${(await objects.head(key))?.sha256}`));
}
