import {
  GetAliasCommand,
  PublishVersionCommand,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { failure } from '../../errors.js';
import type { Alias, FunctionState, Functions } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import type { Request } from '../aws/failure-of.js';
import type { Fault } from '../aws/fault.js';
import { stateOf } from './function-answers.js';

type Asked = (operation: string, functionName: string, mutates: boolean) => Request;

/** The published versions of functions, and the aliases that lead to them. */
export function awsAliases(
  { target, clients, call, paced }: Aws,
  request: Asked,
): Pick<Functions, 'publish' | 'versions' | 'alias' | 'setAlias'> {
  const { name: environment } = target;
  const overtaken = (functionName: string) => (fault: Fault) => {
    if (fault.status === 412) throw failure('function-changed', { functionName, environment, problem: fault.message });
    throw failure('function-busy', { functionName, environment });
  };

  async function alias(functionName: string, name: string): Promise<Alias | null> {
    const command = new GetAliasCommand({ FunctionName: functionName, Name: name });
    const found = await call(
      request('GetAlias', functionName, false),
      () => paced(() => clients.lambda.read.send(command)),
      { absent: () => null },
    );
    if (found === null) return null;
    const { FunctionVersion: version, RevisionId: revision = '', RoutingConfig: routing } = found;
    if (version === undefined) {
      const problem = `its answer about ${functionName}:${name} names no version`;
      throw failure('aws-strange', { operation: 'GetAlias', problem });
    }
    return { version, others: Object.keys(routing?.AdditionalVersionWeights ?? {}), revision };
  }

  return {
    alias,
    async publish(functionName, { sha256, revision }) {
      const command = new PublishVersionCommand({
        FunctionName: functionName,
        CodeSha256: Buffer.from(sha256, 'hex').toString('base64'),
        ...(revision !== '' && { RevisionId: revision }),
      });
      // Lambda makes no second version of what did not change, so the read client's patience does no harm.
      const send = () => paced(() => clients.lambda.read.send(command));
      const made = await call(request('PublishVersion', functionName, true), send, {
        conflict: overtaken(functionName),
        absent: () => {
          throw failure('function-absent', { functionName, environment });
        },
      });
      const state = stateOf(made, environment);
      if (state.codeSha256 === sha256 && state.version !== '$LATEST') return state.version;
      const problem = `its version ${state.version} is not what was asked for`;
      throw failure('function-changed', { functionName, environment, problem });
    },
    async versions(functionName) {
      const found: FunctionState[] = [];
      const pages = paginateListVersionsByFunction(
        { client: clients.lambda.read, pageSize: 50 },
        { FunctionName: functionName },
      );
      for (;;) {
        const page = await call(request('ListVersionsByFunction', functionName, false), () =>
          paced(() => pages.next()),
        );
        if (page.done) break;
        found.push(...(page.value.Versions ?? []).map((one) => stateOf(one, environment)));
      }
      return found.filter(({ version }) => version !== '$LATEST').sort((a, b) => Number(b.version) - Number(a.version));
    },
    async setAlias(functionName, name, version, revision) {
      const absent = () => failure('alias-absent', { functionName, environment, alias: name });
      if (revision === null) throw absent();
      const command = new UpdateAliasCommand({
        ...{ FunctionName: functionName, Name: name, FunctionVersion: version },
        ...(revision !== '' && { RevisionId: revision }),
      });
      const asked = request('UpdateAlias', functionName, true);
      const made = await call(asked, () => paced(() => clients.lambda.write.send(command)), {
        // Where the answer is lost, the alias itself tells whether it was moved.
        unknown: () => null,
        strange: () => null,
        conflict: overtaken(functionName),
        absent: () => {
          throw absent();
        },
      });
      const now = made === null ? (await alias(functionName, name))?.version : made.FunctionVersion;
      if (now === version) return;
      const problem = 'and the alias does not show it';
      throw failure('answer-unknown', { operation: asked.operation, resource: asked.resource, problem });
    },
  };
}
