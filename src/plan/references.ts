import type { Declarations } from '../layer/declarations.js';
import { managementFolder } from '../layer/names.js';
import type { Env, Functions, Oid } from '../ports.js';
import { journalPorts, pendingPlan } from './journal.js';
import type { References } from './unused.js';

const arns = /arn:[\w-]+:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+/g;
const limit = 1024 * 1024;

/**
 * Who names which layer version: functions of the environment with their published versions, so whatever an alias leads to;
 * `files`, which are snapshots; every document below `layer_management/`, at HEAD and on the base branch here and at each remote; an interrupted plan.
 * Documents are searched as text, so that a damaged one keeps what it names as well.
 */
export async function referencesIn(
  env: Env,
  declarations: Declarations,
  head: Oid,
  targets: readonly { functions: Functions }[],
  files: readonly string[],
): Promise<References> {
  const found = new Map<string, string[]>();
  const add = (arn: string, by: string) => {
    const known = found.get(arn) ?? [];
    if (!known.includes(by)) found.set(arn, [...known, by]);
  };
  for (const { functions } of targets) for (const { arn, by } of await functions.references()) add(arn, by);
  for (const [commit, where] of await commitsToAsk(env, declarations, head)) {
    for (const { path, oid, mode } of await env.git.tree(commit).list(managementFolder)) {
      if (!/\.(json|txt|md)$/.test(path) || !mode.startsWith('100')) continue;
      const text = new TextDecoder().decode(await env.git.blob(oid, limit));
      for (const [arn] of text.matchAll(arns)) add(arn, `${path}${where}`);
    }
  }
  for (const path of files) {
    const bytes = await env.files.read(path);
    for (const [arn] of new TextDecoder().decode(bytes ?? new Uint8Array()).matchAll(arns)) add(arn, path);
  }
  const plan = JSON.stringify(await pendingPlan(await journalPorts(env)));
  for (const [arn] of plan.matchAll(arns)) add(arn, 'an interrupted plan');
  return found;
}

/** Commits with how to call them after a path; HEAD needs no word. */
async function commitsToAsk({ git }: Env, { baseBranch }: Declarations, head: Oid): Promise<Map<Oid, string>> {
  const branches = [...(baseBranch === null ? ['main', 'master', 'develop'] : [baseBranch]), await git.branch()];
  const remotes = await git.remotes();
  const commits = new Map([[head, '']]);
  for (const branch of branches.filter((name) => name !== null)) {
    for (const ref of [`refs/heads/${branch}`, ...remotes.map((remote) => `refs/remotes/${remote}/${branch}`)]) {
      const commit = await git.commit(ref);
      if (commit !== null && !commits.has(commit))
        commits.set(commit, ` on ${ref.replace(/^refs\/(heads|remotes)\//, '')}`);
    }
  }
  return commits;
}
