import { type Failure, failure } from '../../errors.js';
import type { Fault } from './fault.js';
import type { AwsTarget } from './target.js';

/** A request as people and policies name it. */
export interface Request {
  /** `PublishLayerVersion` */
  operation: string;
  /** The action to be allowed: `lambda:PublishLayerVersion`. */
  action: string;
  /** ARN. */
  resource: string;
  /** Whether it changes anything. */
  mutates: boolean;
}

/** What people are told of a fault that nobody expected. `message` has no secrets any more. */
export function failureOf(request: Request, fault: Fault, target: AwsTarget): Failure {
  const { operation, action, resource, mutates } = request;
  const id = fault.requestId === null ? '' : `, request ${fault.requestId}`;
  const problem = `${fault.message === '' ? 'no reason given' : fault.message} (${fault.code}${id})`;
  const login = target.profile === null ? 'aws sts get-caller-identity' : `aws sso login --profile ${target.profile}`;
  switch (fault.kind) {
    case 'expired':
      return failure('aws-expired', { operation, problem, login });
    case 'credentials':
      return failure('aws-credentials', { environment: target.name, problem, login });
    case 'denied':
      return failure('aws-denied', {
        ...{ operation, resource, problem },
        // S3 says no more than 403 to whoever may not list the bucket.
        extra: action.startsWith('s3:')
          ? ` (or it is not there, or the bucket is not of account ${target.account}: S3 does not tell which)`
          : '',
        statement: JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource }),
      });
    case 'elsewhere':
      return failure('aws-region', {
        ...{ environment: target.name, bucket: target.bucket, wanted: target.region },
        actual: fault.region ?? 'another region',
      });
    case 'throttled':
      return failure('aws-throttled', { operation, resource, problem });
    case 'unreachable':
      return failure('aws-unreachable', { operation, problem, region: target.region });
    case 'untrusted':
      return failure('aws-untrusted', { operation, problem });
    case 'strange':
      return mutates
        ? failure('answer-unknown', { operation, resource, problem })
        : failure('aws-strange', { operation, problem });
    case 'unknown':
      return mutates
        ? failure('answer-unknown', { operation, resource, problem })
        : failure('aws-unreachable', { operation, problem, region: target.region });
    case 'conflict':
      return failure('aws-conflict', { operation, resource, problem });
    default:
      return failure('aws-refused', { operation, resource, problem });
  }
}
