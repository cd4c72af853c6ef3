import type { Git, Sha256 } from '../ports.js';
import { readBaseline } from './baseline.js';
import { type Finding, sortFindings } from './finding.js';
import type { Policy } from './policy.js';
import { once } from './range/once.js';
import { runRules } from './run.js';
import { ruleHere, selectRules } from './select.js';
import type { Subject } from './subject.js';
import { count, holds, type Verdict } from './verdict.js';
import { applyBaseline, applySkips, applyWaivers } from './waive.js';

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

/** Snapshot → rules → waivers → verdict, for one subject. The one path of all stages, and of the release gate. */
export async function judge(
  git: Git,
  given: Subject,
  policy: Policy,
  options: JudgeOptions,
  sha256: Sha256,
): Promise<Verdict> {
  const { declarations, file } = policy;
  // Kept while it is judged, and no longer.
  const subject = { ...given, changes: once(given.changes), history: once(given.history) };
  const rules = selectRules(policy, subject.stage, options.only);
  const noted = new Set<string>();
  const look = {
    git,
    sha256,
    policy: declarations,
    policyFile: file,
    policyAt: policy.at,
    subject,
    today: options.today,
    note: (text: string) => void noted.add(text),
  };
  const [run, known] = await Promise.all([
    runRules(look, rules),
    options.ignoreBaseline ? new Set<string>() : readBaseline(git, subject.tree),
  ]);

  const atHook = subject.stage === 'pre-commit' || subject.stage === 'pre-push';
  const skips = applySkips(run.findings, atHook ? options.skipped : []);
  const concerned = declarations.waivers.filter(({ rule }) => options.only.length === 0 || options.only.includes(rule));
  const waivers = applyWaivers(skips.findings, concerned, file, options.today, sha256);
  const baseline = applyBaseline(waivers.findings, known);

  const findings = sortFindings(baseline.findings.filter((finding) => concerns(finding.file, options.paths)));
  const counts = count(findings);
  const waived = [...skips.waived, ...waivers.waived, ...baseline.waived];
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
    notices: [...policy.notices, ...[...noted].sort(), ...skipNotices(atHook, options.skipped)],
    rules: reasons([...findings, ...waived], policy),
    ran: rules.length,
  };
}

/** Several refs of a push as one answer; a violation that two of them share is told once. */
export function merge(verdicts: readonly Verdict[]): Verdict | null {
  const [first] = verdicts;
  if (first === undefined || verdicts.length === 1) return first ?? null;
  const byPlace = new Map(
    verdicts.flatMap(({ findings }) => findings).map((one) => [one.fingerprint + one.message, one]),
  );
  const findings = sortFindings([...byPlace.values()]);
  return {
    ...first,
    ok: verdicts.every(({ ok }) => ok),
    judged: several(verdicts.map(({ judged }) => judged)),
    counts: count(findings),
    findings,
    waived: verdicts.flatMap(({ waived }) => waived),
    broken: verdicts.flatMap(({ broken }) => broken),
    notices: [...new Set(verdicts.flatMap(({ notices }) => notices))],
    rules: Object.assign({}, ...verdicts.map(({ rules }) => rules)),
  };
}

/** Names for one line: hundreds of refs are no reading matter. */
export function several(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
}

/** A finding on a folder concerns the files below it, and one on a file the folders above it. */
function concerns(file: string, paths: readonly string[]): boolean {
  return (
    paths.length === 0 ||
    paths.some((path) => path === '' || file === path || file.startsWith(`${path}/`) || path.startsWith(`${file}/`))
  );
}

function skipNotices(atHook: boolean, skipped: readonly string[]): string[] {
  if (skipped.length === 0) return [];
  return [
    atHook
      ? `LAYER_POLICY_SKIP: not enforced here: ${skipped.join(', ')}. CI and release enforce them.`
      : 'LAYER_POLICY_SKIP has no effect at this stage.',
  ];
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
