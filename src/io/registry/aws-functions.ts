import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { failure } from '../../errors.js';
import type { FunctionState, Functions } from '../../ports.js';
import type { Aws } from '../aws/aws.js';
import type { Fault } from '../aws/fault.js';
import { partitionOf } from '../aws/target.js';
import { awsAliases } from './aws-aliases.js';
import type { Objects } from './aws-objects.js';
import { awsSigning } from './aws-signing.js';
import { durationsOf, snapshotOf, stateOf } from './function-answers.js';
import { conflict } from './names.js';

/** An update may take minutes where a function stands in a VPC. */
const deadline = 600_000;

/** The functions of an account and region. Every change is of the revision that was read, or is refused. */
export function awsFunctions(aws: Aws, objects: Pick<Objects, 'head'>): Functions {
  const { target, clients, call, paced, pause } = aws;
  const { name: environment, region, account, bucket } = target;
  const arnOf = (name: string) => `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
  const request = (operation: string, name: string, mutates: boolean) => {
    return { operation, action: `lambda:${operation}`, resource: arnOf(name), mutates };
  };
  const absent = (functionName: string) => failure('function-absent', { functionName, environment });

  function read(name: string, Qualifier?: string): Promise<FunctionConfiguration | null> {
    const command = new GetFunctionConfigurationCommand({ FunctionName: name, ...(Qualifier && { Qualifier }) });
    return call(
      request('GetFunctionConfiguration', name, false),
      () => paced(() => clients.lambda.read.send(command)),
      {
        absent: () => null,
      },
    );
  }

  async function get(name: string, qualifier?: string): Promise<FunctionState | null> {
    const found = await read(name, qualifier);
    return found && stateOf(found, environment);
  }

  async function there(name: string, qualifier?: string): Promise<FunctionState> {
    const state = await get(name, qualifier);
    if (state === null) throw absent(name);
    return state;
  }

  /** One attempt; where its answer is lost, the function itself tells whether it was made. */
  async function change(
    operation: string,
    name: string,
    send: () => Promise<FunctionConfiguration>,
    isMade: (state: FunctionState) => boolean,
  ): Promise<void> {
    const about = { functionName: name, environment };
    const refused = ({ message }: Fault): never => {
      throw failure('function-refused', {
        ...about,
        problem: message,
        fix: 'Mend that, then run: layer-policy resume',
      });
    };
    const made = await call(request(operation, name, true), () => paced(send), {
      unknown: () => null,
      strange: () => null,
      absent: (fault) => {
        // A layer version that is gone is told in much the same words.
        if (/layer/i.test(fault.message)) return refused(fault);
        throw absent(name);
      },
      conflict: ({ status, message }) => {
        if (status === 412) throw failure('function-changed', { ...about, problem: message });
        throw failure('function-busy', about);
      },
      refused,
    });
    const state = made === null ? await there(name) : stateOf(made, environment);
    if (isMade(state)) return;
    if (made === null) {
      const problem = 'and the function does not show it';
      throw failure('answer-unknown', { operation, resource: arnOf(name), problem });
    }
    throw failure('function-changed', { ...about, problem: `after ${operation} it is not what was asked for` });
  }

  /** Emulators know no revisions. */
  const at = (revision: string) => (revision === '' ? {} : { RevisionId: revision });

  return {
    environment,
    get,
    setLayers(name, layers, revision) {
      const command = new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        Layers: [...layers],
        ...at(revision),
      });
      return change(
        'UpdateFunctionConfiguration',
        name,
        () => clients.lambda.write.send(command),
        (state) => state.layers.join() === layers.join(),
      );
    },
    async setCode(name, { key, sha256 }, revision) {
      if (revision === null) throw absent(name);
      const object = await objects.head(key);
      if (object === null) throw failure('object-absent', { key, environment });
      if (object.sha256 !== sha256) throw conflict(environment, key, object.sha256, sha256);
      const command = new UpdateFunctionCodeCommand({
        FunctionName: name,
        S3Bucket: bucket,
        S3Key: key,
        ...(object.versionId !== null && object.versionId !== 'null' && { S3ObjectVersion: object.versionId }),
        ...at(revision),
      });
      await change(
        'UpdateFunctionCode',
        name,
        () => clients.lambda.write.send(command),
        ({ codeSha256 }) => codeSha256 === sha256,
      );
    },
    ...awsAliases(aws, request),
    ...awsSigning(aws, request),
    async settled(name, qualifier) {
      for (let waited = 0, wait = 500; ; waited += wait, wait = Math.min(wait * 1.5, 5000)) {
        const state = await there(name, qualifier);
        if (state.status === 'ready') return state;
        const about = { functionName: name, environment };
        if (state.status === 'failed')
          throw failure('function-failed', { ...about, problem: state.reason ?? 'no reason' });
        if (waited > deadline) throw failure('function-unsettled', { ...about, seconds: String(deadline / 1000) });
        await pause(wait);
      }
    },
    async invoke(name, event, Qualifier) {
      const asked = { FunctionName: name, Payload: event, LogType: 'Tail' as const };
      const command = new InvokeCommand({ ...asked, ...(Qualifier && { Qualifier }) });
      const named = { ...request('Invoke', name, true), action: 'lambda:InvokeFunction' };
      const answer = await call(named, () => clients.lambda.invoke.send(command), {
        absent: () => {
          throw absent(name);
        },
      });
      const log = answer.LogResult === undefined ? null : Buffer.from(answer.LogResult, 'base64').toString('utf8');
      return {
        functionError: answer.FunctionError ?? null,
        payload: answer.Payload ?? new Uint8Array(),
        log,
        ...durationsOf(log),
      };
    },
    async configuration(name) {
      const found = await read(name);
      if (found === null) throw absent(name);
      return snapshotOf(found);
    },
    async references() {
      const found: { arn: string; by: string }[] = [];
      const asked = { ...request('ListFunctions', '*', false), resource: '*' };
      // Published versions as well, and with them whatever an alias leads to.
      const pages = paginateListFunctions({ client: clients.lambda.read, pageSize: 50 }, { FunctionVersion: 'ALL' });
      for (;;) {
        const page = await call(asked, () => paced(() => pages.next()));
        if (page.done) return found;
        for (const { FunctionName: name, Version: version, Layers: layers } of page.value.Functions ?? []) {
          const by = version === '$LATEST' ? `function ${name}` : `function ${name}, version ${version}`;
          found.push(...(layers ?? []).flatMap(({ Arn: arn }) => (arn === undefined ? [] : [{ arn, by }])));
        }
      }
    },
  };
}
