/** What the flags of `check` ask for, and which of them go together. */

import { failure, isFailure } from '../errors.js';
import type { JudgeOptions } from '../policy/judge.js';
import type { Env } from '../ports.js';
import type { Stage } from '../rule/define.js';

/** The flags that say what is judged and how. */
export interface CheckFlags {
  stage?: string;
  from?: string;
  to?: string;
  base?: string;
  config?: string;
  rule?: string[];
  now?: string;
  'max-warnings'?: string;
  fix?: boolean;
  'update-baseline'?: boolean;
}

export function stageOf({ vars }: Env, given: CheckFlags): Stage {
  if (given['update-baseline']) {
    const flags = ['from', 'to', 'base'] as const;
    const stage = given.stage === undefined || given.stage === 'all' ? undefined : 'stage';
    const other = flags.find((flag) => given[flag] !== undefined) ?? stage;
    if (other === undefined) return 'all';
    const problem = `--update-baseline takes what the whole tree of HEAD has, so it goes without --${other}.`;
    throw failure('usage', { problem, command: 'check' });
  }
  return (given.stage as Stage | undefined) ?? (given.from || given.to || vars.CI ? 'ci' : 'all');
}

export function readOptions(env: Env, given: CheckFlags): Omit<JudgeOptions, 'paths'> {
  const usage = (problem: string) => failure('usage', { problem, command: 'check' });
  const now = given.now ?? new Date(env.now()).toISOString();
  const day = Date.parse(now.slice(0, 10));
  // Date.parse takes 2026-02-31 for the third of March.
  const isDay = !Number.isNaN(day) && now.startsWith(new Date(day).toISOString().slice(0, 10));
  if (!/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(now) || !isDay || Number.isNaN(Date.parse(now))) {
    throw usage(`--now takes a day such as 2026-02-01, not '${now}'.`);
  }
  const limit = given['max-warnings'];
  if (limit !== undefined && !/^\d{1,6}$/.test(limit))
    throw usage(`--max-warnings takes a number from 0 up, not '${limit}'.`);
  return {
    today: new Date(now).toISOString().slice(0, 10),
    only: given.rule ?? [],
    skipped: (env.vars.LAYER_POLICY_SKIP ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    maxWarnings: limit === undefined ? null : Number(limit),
    ignoreBaseline: given['update-baseline'] === true,
  };
}

export async function refuseFix({ git }: Env, given: CheckFlags, stage: Stage): Promise<void> {
  const usage = (problem: string) => failure('usage', { problem, command: 'check' });
  const flag = given.from ? '--from' : given.to ? '--to' : given['update-baseline'] ? '--update-baseline' : null;
  if (flag !== null) throw usage(`--fix mends index and files on disk, so it goes without ${flag}.`);
  if (stage !== 'pre-commit' && stage !== 'all') {
    throw usage(
      `--fix mends index and files on disk, and stage ${stage} judges commits. Run: layer-policy check --fix --stage all`,
    );
  }
  await git.root().catch((error) => {
    if (isFailure(error) && error.code === 'no-work-tree') {
      throw usage('--fix mends index and files on disk, and this repository has none (it is bare).');
    }
    throw error;
  });
}

/** The hooks' ranges come from git: the index, and the refs on standard input. */
export function refuseRangeAtHook(given: CheckFlags, stage: string): void {
  const flag = given.from !== undefined ? '--from' : given.to !== undefined ? '--to' : null;
  if (flag === null || (stage !== 'pre-commit' && stage !== 'pre-push')) return;
  throw failure('usage', { problem: `${flag} has no meaning at stage ${stage}.`, command: 'check' });
}
