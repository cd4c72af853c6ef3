import { once } from '../layer/once.js';
import type { Git, Sha256, Tree } from '../ports.js';
import type { Rule } from '../rule/define.js';
import { baselineFile, type Known, readBaseline } from './baseline.js';
import { excuse, goneNotice } from './excuse.js';
import { type Finding, sortFindings } from './finding.js';
import { type Policy, ruleFiles } from './policy.js';
import { runRules } from './run.js';
import { ruleHere, selectRules } from './select.js';
import type { Subject } from './subject.js';
import { count, holds, type Verdict } from './verdict.js';

export interface JudgeOptions {
  /** `YYYY-MM-DD`, UTC. */
  today: string;
  only: readonly string[];
  /** Rules that LAYER_POLICY_SKIP names; counted at the hooks only. */
  skipped: readonly string[];
  /** Report only what concerns these paths or folders; facts stay whole. Empty: everything. */
  paths: readonly string[];
  maxWarnings: number | null;
  ignoreBaseline: boolean;
}

/** Which of a policy's rules are run, and what excuses what they find. */
export interface Side {
  takes(rule: Rule): boolean;
  /** Another tree, whose policy it is and whose baseline counts; null: the judged one's, whose upkeep is judged too. */
  tree: Tree | null;
}

const alone: Side = { takes: () => true, tree: null };

/** Snapshot → rules → waivers → verdict, for one subject. The one path of all stages, and of the release gate. */
export async function judge(
  git: Git,
  given: Subject,
  policy: Policy,
  options: JudgeOptions,
  sha256: Sha256,
  side: Side = alone,
): Promise<Verdict> {
  const { declarations, file } = policy;
  // Kept while it is judged, and no longer.
  const subject = { ...given, changes: once(given.changes), history: once(given.history) };
  const rules = selectRules(policy, subject.stage, options.only).filter(({ rule }) => side.takes(rule));
  const noted = new Set<string>();
  const look = {
    git,
    sha256,
    policy: declarations,
    policyFile: file,
    ruleFiles: ruleFiles(policy),
    policyTree: side.tree,
    policyAt: policy.at,
    subject,
    today: options.today,
    note: (text: string) => void noted.add(text),
  };
  const run = await runRules(look, rules);
  const baseline = options.ignoreBaseline ? [] : await baselineFor(git, subject, run.findings, side.tree);
  const excuses = { ...options, policy, baseline, isOwn: side.tree === null, sha256 };
  const excused = await excuse(run.findings, rules, subject, excuses);

  const narrow = <Told extends { file: string }>(all: Told[]) => all.filter((one) => concerns(one.file, options.paths));
  const findings = sortFindings(narrow(excused.findings));
  const waived = narrow(excused.waived);
  const counts = count(findings);
  return {
    ok: holds(counts, options) && run.broken.length === 0,
    stage: subject.stage,
    head: subject.head,
    base: subject.base,
    judged: subject.name,
    counts,
    findings,
    waived,
    broken: run.broken,
    notices: [
      ...policy.notices,
      ...[...noted].sort(),
      ...excused.notices,
      ...goneNotice(narrow(excused.gone)),
      ...elsewhere(excused.findings.length - findings.length, subject.stage),
    ],
    rules: reasons([...findings, ...waived], policy),
    ran: rules.length,
  };
}

/** Whoever asks about some paths is not told that all is well. */
function elsewhere(count: number, stage: string): string[] {
  const what = count === 1 ? 'One finding on another path is' : `${count} findings on other paths are`;
  return count === 0 ? [] : [`${what} not told. All of them: layer-policy check --stage ${stage}`];
}

/** A long one costs more than all rules together, so it is read where it can matter, or is judged itself. */
async function baselineFor(
  git: Git,
  subject: Subject,
  found: readonly Finding[],
  other: Tree | null,
): Promise<Known[]> {
  if (other !== null) return found.length > 0 ? readBaseline(git, other) : [];
  const matters =
    found.length > 0 || subject.whole || (await subject.changes()).some(({ path }) => path === baselineFile);
  return matters ? readBaseline(git, subject.tree) : [];
}

/** Several refs of a push as one answer, those that are refused named first; a violation that two share is told once. */
export function merge(verdicts: readonly Verdict[]): Verdict | null {
  const [first] = verdicts;
  if (first === undefined || verdicts.length === 1) return first ?? null;
  const findings = sortFindings(distinct(verdicts.flatMap((verdict) => verdict.findings)));
  return {
    ...first,
    ok: verdicts.every(({ ok }) => ok),
    judged: several([...verdicts].sort((a, b) => Number(a.ok) - Number(b.ok)).map(({ judged }) => judged)),
    counts: count(findings),
    findings,
    waived: distinct(verdicts.flatMap(({ waived }) => waived)),
    broken: verdicts.flatMap(({ broken }) => broken),
    notices: [...new Set(verdicts.flatMap(({ notices }) => notices))],
    rules: Object.assign({}, ...verdicts.map(({ rules }) => rules)),
  };
}

/** Names for one line: hundreds of refs are no reading matter. */
export function several(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
}

function distinct<Told extends Finding>(all: readonly Told[]): Told[] {
  return [...new Map(all.map((one) => [`${one.fingerprint} ${one.line} ${one.message}`, one])).values()];
}

/** A finding on a folder concerns the files below it, and one on a file the folders above it. */
export function concerns(file: string, paths: readonly string[]): boolean {
  return (
    paths.length === 0 ||
    paths.some((path) => path === '' || file === path || file.startsWith(`${path}/`) || path.startsWith(`${file}/`))
  );
}

/** Title and reason of every rule that a report names, under the id it names. */
function reasons(named: readonly Finding[], here: Policy): Verdict['rules'] {
  const found: Verdict['rules'] = {};
  for (const { rule: id } of named) {
    const rule = ruleHere(here, id)?.kind.rule;
    if (rule) found[id] = { title: rule.title, why: rule.why };
  }
  return found;
}
