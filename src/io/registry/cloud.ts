import type { Registry, Target } from '../../ports.js';
import { type Aws, type AwsOptions, openAws } from '../aws/open.js';
import { awsRegistry } from './aws.js';

/** The environments that lie in AWS; each is opened once a run, however often it is asked for. */
export interface Cloud {
  registry(target: Target): Promise<Registry>;
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
  };
}
