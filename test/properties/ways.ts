import { rmSync } from 'node:fs';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { commitAgrees, pushAgrees } from './agree.js';
import { listen, type Said } from './judge.js';
import type { Tally } from './tally.js';
import type { Told } from './tell-story.js';

/** What came of one way to make the last commit of a story; null: git itself would not do it. */
export type Outcome = { refused: boolean; unable: boolean; findings: number; differences: string[] } | null;

type Way = (r: Repo, told: Told) => Promise<Outcome>;

const message = ['-q', '--allow-empty', '-m', 'last'];
const literal = '--literal-pathspecs';

/** Commits with the hook. */
const commit = (r: Repo, ...args: string[]) =>
  made(r, [literal, 'commit', ...message, ...args], [literal, 'commit', '--no-verify', ...message, ...args]);

/** Runs git with the hook; where that refuses, on without it, so that CI has a commit to judge all the same. */
async function made(r: Repo, command: string[], onwards: string[]): Promise<Outcome> {
  const { done, hook } = listen(() => r.tryGit(...command));
  if (hook === null || (done.code !== 0 && r.tryGit(...onwards).code !== 0)) return null;
  return judged(hook, done.code, await commitAgrees(r, hook));
}

function judged(hook: Said, code: number, differences: string[]): Outcome {
  const obeyed = (code !== 0) === (hook.exit !== 0) ? [] : [`git ended with ${code}, the hook with ${hook.exit}`];
  const [refused, unable] = [code !== 0, hook.error !== null];
  return { refused, unable, findings: hook.findings.length, differences: [...differences, ...obeyed] };
}

/** The change as a commit that no hook saw; gives its name. */
function bypass(r: Repo, files: Told['change']): string {
  r.stage(files).git('commit', '--no-verify', ...message);
  return r.head();
}

let remote: string | undefined;

/** Pushes what stands on the branch after git did something, to a remote that knows nothing of it. */
async function push(r: Repo, ...after: string[]): Promise<Outcome> {
  if (after.length > 0 && r.tryGit(...after).code !== 0) return null;
  if (remote === undefined) {
    remote = tempFolder('remote');
    r.git('init', '-q', '--bare', '--template=', remote);
  }
  r.git('remote', 'add', 'origin', remote);
  const { done, hook } = listen(() => r.tryGit('push', '-q', '--dry-run', 'origin', 'HEAD:refs/heads/mine'));
  return hook && judged(hook, done.code, await pushAgrees(r, hook));
}

const ways: Record<string, Way> = {
  commit: (r, { change }) => commit(r.stage(change)),

  'commit -a'(r, { before, change }) {
    const [there, added] = [true, false].map((isThere) =>
      Object.fromEntries(Object.entries(change).filter(([path]) => path in before === isThere)),
    );
    return commit(r.write(there ?? {}).stage(added ?? {}), '-a');
  },

  async 'commit -- path'(r, { change }) {
    const paths = Object.keys(change);
    return paths.length === 0 ? null : commit(r.stage({ ...change, 'core-decoy.zip': 'PK' }), '--', ...paths);
  },

  worktree: (r, { change }) => commit(r.worktree('side').stage(change)),

  async merge(r, { change }) {
    const side = bypass(r, change);
    r.git('reset', '-q', '--hard', 'HEAD^');
    bypass(r, { 'own.md': 'own' });
    return made(r, ['merge', '-q', '--no-ff', '--no-edit', side], ['commit', '--no-verify', '-q', '--no-edit']);
  },

  async 'merge of the base'(r, { change }) {
    bypass(r, change);
    const merge = ['merge', '-q', '--no-ff', '--no-edit', '-X', 'theirs', 'origin/develop'];
    return made(r, merge, ['commit', '--no-verify', '-q', '--no-edit']);
  },

  async amend(r, { change }) {
    bypass(r, change);
    return push(r, 'commit', '--amend', '--no-verify', '-q', '--allow-empty', '-m', 'amended');
  },

  async rebase(r, { change }) {
    bypass(r, change);
    return push(r, 'rebase', '-q', '-X', 'theirs', 'origin/develop');
  },

  async 'cherry-pick'(r, { change }) {
    const picked = bypass(r, change);
    r.git('reset', '-q', '--hard', 'origin/develop');
    return push(r, 'cherry-pick', '-X', 'theirs', '--allow-empty', '--keep-redundant-commits', picked);
  },

  async revert(r, { change }) {
    bypass(r, change);
    return push(r, 'revert', '--no-edit', 'HEAD');
  },
};

/** Goes every way from one story; gives what hooks and CI say differently, the way in front. */
export async function goAllWays(told: Told, tally: Tally): Promise<string[]> {
  const differences: string[] = [];
  for (const [name, way] of Object.entries(ways)) {
    const copy = told.r.copy();
    const outcome = await way(copy, told);
    tally[name] ??= { runs: 0, impossible: 0, refused: 0, unable: 0, findings: 0 };
    const count = tally[name];
    count.runs += 1;
    if (outcome === null) count.impossible += 1;
    else {
      count.refused += Number(outcome.refused);
      count.unable += Number(outcome.unable);
      count.findings += outcome.findings;
      differences.push(...outcome.differences.map((difference) => `${name}: ${difference}`));
    }
    rmSync(copy.dir, { recursive: true, force: true });
  }
  rmSync(told.r.dir, { recursive: true, force: true });
  return differences;
}
