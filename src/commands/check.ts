import { readOptions, refuseFix, stageOf } from '../check/asked.js';
import { judgeAll, type Looked } from '../check/judge-all.js';
import { exitCodes } from '../errors.js';
import { baselineFile } from '../policy/baseline.js';
import { concerns, type JudgeOptions } from '../policy/judge.js';
import type { Env } from '../ports.js';
import { answer } from '../report/answer.js';
import { formatNames } from '../report/format-names.js';
import { pathsFromRoot } from '../report/narrow.js';
import { stages } from '../rule/define.js';
import { defineCommand, type Outcome } from './command.js';

const flags = {
  stage: { type: 'string', values: stages, help: 'what to judge (default: ci with --from/--to or in CI, else all)' },
  from: { type: 'string', value: 'REV', help: 'judge the commits after REV' },
  to: { type: 'string', value: 'REV', help: 'up to REV (default HEAD)' },
  base: { type: 'string', value: 'REV', help: 'the policy of REV must hold as well as the judged one' },
  rule: { type: 'string', value: 'ID', multiple: true, help: 'run only this rule; may be given again' },
  format: { type: 'string', values: ['pretty', ...formatNames], help: 'how to report' },
  output: { type: 'string', value: 'FILE', help: 'write the report to FILE' },
  now: { type: 'string', value: 'DATE', help: 'judge as of this day (YYYY-MM-DD)' },
  'max-warnings': { type: 'string', value: 'N', help: 'refuse when there are more warnings' },
  fix: { type: 'boolean', help: 'mend what needs no judgement in index and files, then judge again' },
  'update-baseline': { type: 'boolean', help: `let all present findings pass from now on (${baselineFile})` },
} as const;

export const check = defineCommand({
  name: 'check',
  summary: 'Run the policy on the index, on pushed or given commits, or on the whole tree.',
  args: '[paths...]',
  flags,
  examples: [
    ['layer-policy check', 'the whole tree of HEAD'],
    ['layer-policy check --stage pre-commit', 'what git commit would commit now'],
    ['layer-policy check --from origin/main --to HEAD --json', 'a pull request, for a program'],
    ['layer-policy check --stage pre-commit --fix', 'the same, with what needs no judgement mended first'],
    ['layer-policy check --rule archive-age --now 2026-12-31', 'what will be too old by then'],
  ],
  async run(env, given, args) {
    const stage = stageOf(env, given);
    const options = readOptions(env, given);
    // At the push hook git gives the remote's name and URL where other stages have paths.
    const paths = stage === 'pre-push' ? [] : await pathsFromRoot(env, args);
    if (given.fix) await refuseFix(env, given, stage);
    const look = () => judgeAll(env, given, stage, args, { ...options, paths });
    const looked = given.fix ? await lookAgain(env, await look(), look) : await look();
    return given['update-baseline']
      ? acceptPresent(env, looked, { ...options, paths })
      : answer(env, given, looked.verdict, looked.trees);
  },
});

/** What was found is mended where that needs no judgement; the second look has the last word. */
async function lookAgain(env: Env, first: Looked, look: () => Promise<Looked>): Promise<Looked> {
  const { mend } = await import('../fix/mend.js');
  const mending = await mend(env, first.verdict.findings);
  const last = mending.fixed.length > 0 ? await look() : first;
  return { ...last, verdict: { ...last.verdict, mending } };
}

async function acceptPresent(env: Env, { verdict, trees }: Looked, { only, paths }: JudgeOptions): Promise<Outcome> {
  // What the baseline knows of a rule that failed itself would be lost.
  if (verdict.broken.length > 0) return answer(env, {}, verdict, trees);
  const { updateBaseline } = await import('../policy/update-baseline.js');
  const { baselineText } = await import('../report/baseline.js');
  const found = verdict.findings.filter(({ firm }) => !firm);
  const update = await updateBaseline(env, found, {
    isWhole: only.length === 0 && paths.length === 0,
    has: ({ rule, file }) => (only.length === 0 || only.includes(rule)) && concerns(file, paths),
  });
  return {
    exit: exitCodes.ok,
    document: { schema: 1, ok: true, baseline: baselineFile, ...update },
    text: (style) => baselineText(update, verdict, style),
  };
}
