import type { CiAccount } from './accounts.js';

/** Where the repository's CI runs. */
export type CiSystem = 'github' | 'gitlab';

export interface CiFacts {
  system: CiSystem;
  /** package.json names the tool, so npm brings it in the version of its lock. */
  isDependency: boolean;
  /** This tool's version. */
  version: string;
  /** `.gitlab-ci.yml` is somebody else's already. */
  hasPipeline: boolean;
  /** Environments in AWS, in order. */
  environments: CiEnvironment[];
  /** The branch that records are committed to; null: the default branch. */
  branch: string | null;
  /** By whose role the archive bucket is reached; null: the policy names none. */
  archive: CiEnvironment | null;
}

export interface CiEnvironment {
  name: string;
  region?: string;
  promoteFrom?: string;
  /** Besides the one whose role its job takes. */
  accounts?: CiAccount[];
}
