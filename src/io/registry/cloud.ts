import type { Functions, Registry, Store, Target } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { type AwsOptions, openAws } from '../aws/open.js';
import { bucketStore } from '../store/bucket.js';
import { awsRegistry } from './aws.js';
import { awsFunctions } from './aws-functions.js';
import { awsObjects } from './aws-objects.js';

/** The environments that lie in AWS; each is opened once a run. Two policies, an interrupted run's and HEAD's, may have others by one name. */
export interface Cloud {
  registry(target: Target): Promise<Registry>;
  functions(target: Target): Promise<Functions>;
  store(target: Target, bucket: string, prefix: string): Promise<Store>;
}

export function cloud(options: AwsOptions): Cloud {
  const opened = new Map<string, Promise<Aws>>();
  const open = (target: Target) => {
    const key = JSON.stringify(target);
    const there = opened.get(key) ?? openAws(target, options);
    opened.set(key, there);
    return there;
  };
  return {
    registry: async (target) => awsRegistry(await open(target)),
    async functions(target) {
      const aws = await open(target);
      return awsFunctions(aws, awsObjects(aws));
    },
    store: async (target, bucket, prefix) => bucketStore(await open(target), bucket, prefix),
  };
}
