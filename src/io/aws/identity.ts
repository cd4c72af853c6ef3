import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { failure } from '../../errors.js';
import type { Aws } from './aws.js';
import { partitionOf } from './target.js';

/** Fails with `aws-account` when the credentials are not those of the account that the policy names. */
export async function checkIdentity({
  target,
  clients,
  call,
}: Pick<Aws, 'target' | 'clients' | 'call'>): Promise<void> {
  const { name: environment, account: wanted, region, profile } = target;
  const asked = { operation: 'GetCallerIdentity', action: 'sts:GetCallerIdentity', resource: '*', mutates: false };
  const { Account: actual = '', Arn: arn = '' } = await call(asked, () =>
    clients.sts.send(new GetCallerIdentityCommand({})),
  );
  const [, partition = ''] = arn.split(':');
  if (actual === wanted && partition === partitionOf(region)) return;
  const login = profile === null ? 'aws sts get-caller-identity' : `aws sso login --profile ${profile}`;
  throw failure('aws-account', { environment, actual, arn, wanted, partition: partitionOf(region), login });
}
