import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { failure } from '../../errors.js';
import type { FunctionState, Invocation } from '../../ports.js';
import { hexOf } from './aws-objects.js';

/** What Lambda says of a function, held to what it must say. */
export function stateOf(found: FunctionConfiguration, environment: string): FunctionState {
  const { FunctionName: functionName, FunctionArn: arn, Runtime: runtime = '', RevisionId: revision = '' } = found;
  const { Version: version = '$LATEST' } = found;
  const codeSha256 = hexOf(found.CodeSha256);
  if (functionName === undefined || arn === undefined || codeSha256 === null) {
    const problem = `its answer about a function of ${environment} names no function or code`;
    throw failure('aws-strange', { operation: 'GetFunctionConfiguration', problem });
  }
  return {
    ...{ functionName, version, arn, runtime, codeSha256, revision },
    architectures: found.Architectures ?? ['x86_64'],
    layers: (found.Layers ?? []).flatMap(({ Arn }) => (Arn === undefined ? [] : [Arn])),
    ...standingOf(found),
  };
}

function standingOf(found: FunctionConfiguration): Pick<FunctionState, 'status' | 'reason'> {
  const why = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(': ') || null;
  if (found.State === 'Failed') return { status: 'failed', reason: why(found.StateReasonCode, found.StateReason) };
  if (found.LastUpdateStatus === 'Failed') {
    return { status: 'failed', reason: why(found.LastUpdateStatusReasonCode, found.LastUpdateStatusReason) };
  }
  const isUpdating = found.State === 'Pending' || found.LastUpdateStatus === 'InProgress';
  return { status: isUpdating ? 'updating' : 'ready', reason: null };
}

/** All of its configuration but the values of its environment variables, which may be secrets. */
export function snapshotOf(found: FunctionConfiguration): Record<string, unknown> {
  const {
    Environment: variables,
    $metadata: _metadata,
    ...rest
  } = found as FunctionConfiguration & {
    $metadata?: unknown;
  };
  const names = Object.keys(variables?.Variables ?? {}).sort();
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...entries, ['EnvironmentVariables', names]].sort());
}

/** From the last line of a log: `REPORT RequestId: … Duration: 3.26 ms … Init Duration: 110.37 ms`. */
export function durationsOf(log: string | null): Pick<Invocation, 'durationMs' | 'initMs'> {
  const report = /^REPORT .*$/m.exec(log ?? '')?.[0] ?? '';
  const read = (pattern: RegExp) => {
    const [, found] = pattern.exec(report) ?? [];
    return found === undefined ? null : Number(found);
  };
  return { durationMs: read(/(?<!Init |Billed )Duration: ([\d.]+) ms/), initMs: read(/Init Duration: ([\d.]+) ms/) };
}
