import { GetCodeSigningConfigCommand, GetFunctionCodeSigningConfigCommand } from '@aws-sdk/client-lambda';
import { failure } from '../../errors.js';
import type { Functions } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import type { Request } from '../aws/failure-of.js';

/** A function that takes signed code only refuses layers of ours, which nobody signs. Who may not ask finds out later. */
export function awsSigning(
  { target, clients, call, paced }: Aws,
  request: (operation: string, functionName: string, mutates: boolean) => Request,
): Pick<Functions, 'prove'> {
  const unknown = { denied: () => null, absent: () => null, refused: () => null, strange: () => null };
  return {
    async prove(functionName) {
      const ofFunction = new GetFunctionCodeSigningConfigCommand({ FunctionName: functionName });
      const found = await call(
        request('GetFunctionCodeSigningConfig', functionName, false),
        () => paced(() => clients.lambda.read.send(ofFunction)),
        unknown,
      );
      const config = found?.CodeSigningConfigArn;
      if (!config) return;
      const asked = { ...request('GetCodeSigningConfig', functionName, false), resource: config };
      const command = new GetCodeSigningConfigCommand({ CodeSigningConfigArn: config });
      const told = await call(asked, () => paced(() => clients.lambda.read.send(command)), unknown);
      const policies = told?.CodeSigningConfig?.CodeSigningPolicies;
      if (policies?.UntrustedArtifactOnDeployment !== 'Enforce') return;
      throw failure('function-signed', { functionName, environment: target.name, config });
    },
  };
}
