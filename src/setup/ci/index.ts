import type { CiAccount } from './accounts.js';
import { githubFiles } from './github.js';
import { gitlabFile } from './gitlab.js';

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

export interface CiFiles {
  files: { path: string; text: string }[];
  /** A line that somebody must add to a pipeline of his own. */
  include: string | null;
}

/** The files that have CI judge what hooks judge, for those who passed them, release by hand, and archive once a month. */
export function ciFiles(facts: CiFacts): CiFiles {
  if (facts.system === 'github') return { files: githubFiles(facts), include: null };
  const text = gitlabFile(facts);
  return facts.hasPipeline
    ? {
        files: [{ path: '.gitlab/layer-policy.yml', text }],
        include: "include: [{ local: '.gitlab/layer-policy.yml' }]",
      }
    : { files: [{ path: '.gitlab-ci.yml', text }], include: null };
}

/** By the address of the remote, else by what lies in the repository; null where neither tells. */
export function ciSystem(remote: string | null, has: (path: string) => boolean): CiSystem | null {
  const host = /^(?:\w+:\/\/)?(?:[^@/]*@)?([^:/]+)/.exec(remote ?? '')?.[1] ?? '';
  if (/(^|\.)github\./.test(host)) return 'github';
  if (/(^|\.)gitlab\./.test(host)) return 'gitlab';
  if (has('.github')) return 'github';
  return has('.gitlab-ci.yml') || has('.gitlab') ? 'gitlab' : null;
}
