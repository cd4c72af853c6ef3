import { failure } from '../../errors.js';
import type { Target } from '../../ports.js';

/** A declared environment that is complete. */
export interface AwsTarget {
  name: string;
  region: string;
  account: string;
  bucket: string;
  /** The profile that is used; null: what the environment brings. */
  profile: string | null;
}

/** Fails with `aws-incomplete`. */
export function awsTarget({ name, region, account, bucket }: Target, profile: string | null): AwsTarget {
  if (region !== undefined && account !== undefined && bucket !== undefined)
    return { name, region, account, bucket, profile };
  const missing = Object.entries({ region, account, bucket }).flatMap(([key, value]) =>
    value === undefined ? [key] : [],
  );
  throw failure('aws-incomplete', { environment: name, missing: missing.join(', ') });
}

/** The family of regions an ARN names first. */
export function partitionOf(region: string): string {
  const [, isolated] = /^us-(isob|isof|iso)-/.exec(region) ?? /^eu-(isoe)-/.exec(region) ?? [];
  if (isolated !== undefined) return isolated === 'iso' ? 'aws-iso' : `aws-iso-${isolated.slice(3)}`;
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}
