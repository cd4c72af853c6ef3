import type { CiFacts, CiSystem } from './facts.js';
import { githubFiles } from './github.js';
import { gitlabFile } from './gitlab.js';

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
