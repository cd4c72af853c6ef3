import type { Functions, Registry, Target } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import { type AwsOptions, openAws } from '../aws/open.js';
import { awsRegistry } from './aws.js';
import { awsFunctions } from './aws-functions.js';
import { awsObjects } from './aws-objects.js';

/** The environments that lie in AWS; each is opened once a run, however often it is asked for. */
export interface Cloud {
  registry(target: Target): Promise<Registry>;
  functions(target: Target): Promise<Functions>;
}

export function cloud(options: AwsOptions): Cloud {
  const opened = new Map<string, Promise<Aws>>();
  const open = (target: Target) => {
    const there = opened.get(target.name) ?? openAws(target, options);
    opened.set(target.name, there);
    return there;
  };
  return {
    registry: async (target) => awsRegistry(await open(target)),
    async functions(target) {
      const aws = await open(target);
      return awsFunctions(aws, awsObjects(aws));
    },
  };
}
