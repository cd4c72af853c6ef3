import type { Repo } from '../kit/repo.js';
import { check, pastHooks, pushed } from './governed.js';

export const file = '.layerpolicyrc.json';
const zero = '0'.repeat(40);

export const policy = (r: Repo, more: object) => ({ [file]: JSON.stringify({ ...JSON.parse(r.read(file)), ...more }) });

/** The remote takes the branch as it is here, past all hooks. */
export const published = (r: Repo, branch: string) => r.git('update-ref', `refs/remotes/origin/${branch}`, branch);

/** On `child` of `own`, a branch of the remote that says its own name where its policy names the base, and drops a rule. */
export function ownBase(more: object = { rules: { 'no-build-commits': 'off' } }) {
  const { r, push } = pushed();
  pastHooks(r.branch('own'), 'mine alone', { ...policy(r, { baseBranch: 'own', ...more }), '.build/x': 'x' });
  published(r, 'own');
  r.branch('child');
  pastHooks(r, 'more', { '.build/y': 'y' });
  return { r, push };
}

export const atPush = (r: Repo, branch: string, before = zero) =>
  check(r, ['--stage', 'pre-push', 'origin', 'url'], {
    stdin: `refs/heads/${branch} ${r.head(branch)} refs/heads/${branch} ${before}\n`,
  });

/** Of the policy that `ownBase` takes back: another base, and a rule less. */
export const weakened = ['policy-change .layerpolicyrc.json', 'policy-change .layerpolicyrc.json'];
