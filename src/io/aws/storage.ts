import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { failure } from '../../errors.js';
import { toMB } from '../../layer/limits.js';
import type { Aws } from './aws.js';

/**
 * That the region still takes so many bytes of code, counted unpacked. Who may not ask, or asks what does not know, finds
 * out when he publishes. Fails with `code-storage-full`.
 */
export async function checkStorage({ target, clients, call, paced }: Aws, needed: number): Promise<void> {
  const { name: environment, region } = target;
  const asked = { operation: 'GetAccountSettings', action: 'lambda:GetAccountSettings', resource: '*', mutates: false };
  const nobody = () => ({});
  const { AccountLimit, AccountUsage }: { AccountLimit?: Size; AccountUsage?: Size } = await call(
    asked,
    () => paced(() => clients.lambda.read.send(new GetAccountSettingsCommand({}))),
    { denied: nobody, absent: nobody, refused: nobody, strange: nobody, unknown: nobody },
  );
  const { TotalCodeSize: limit } = AccountLimit ?? {};
  const { TotalCodeSize: used } = AccountUsage ?? {};
  if (limit === undefined || used === undefined || used + needed <= limit) return;
  const inMB = (bytes: number) => String(toMB(bytes));
  throw failure('code-storage-full', {
    environment,
    region,
    used: inMB(used),
    limit: inMB(limit),
    needed: inMB(needed),
  });
}

interface Size {
  TotalCodeSize?: number | undefined;
}
