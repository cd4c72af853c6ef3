import type { Waiver } from '../layer/declarations.js';
import { nearest } from '../layer/names.js';
import type { Sha256 } from '../ports.js';
import { baselineFile, type Known } from './baseline.js';
import type { Finding, Waived } from './finding.js';
import type { Policy } from './policy.js';
import { ruleIds, type SelectedRule } from './select.js';
import type { Subject } from './subject.js';
import { applyBaseline, applySkips, applyWaivers, expiredFinding } from './waive.js';

export interface Excuses {
  /** Whose waivers and rule names count. */
  policy: Policy;
  baseline: readonly Known[];
  /** The policy is the judged tree's own, so what is amiss with its excuses is its own fault. */
  isOwn: boolean;
  /** The only rules that were asked for; empty: all. */
  only: readonly string[];
  /** What LAYER_POLICY_SKIP names; it counts at the hooks only. */
  skipped: readonly string[];
  /** `YYYY-MM-DD`, UTC. */
  today: string;
  sha256: Sha256;
}

export interface Excused {
  findings: Finding[];
  waived: Waived[];
  /** Entries of the baseline that stand for nothing any more, as far as this run can know. */
  gone: Known[];
  notices: string[];
}

/** What of the findings of these rules is let pass on this subject, by a skip, a waiver or the baseline, and by which. */
export async function excuse(
  found: Finding[],
  rules: readonly SelectedRule[],
  subject: Subject,
  { policy, baseline, isOwn, only, skipped, today, sha256 }: Excuses,
): Promise<Excused> {
  const { declarations, file: policyFile } = policy;
  const atHook = subject.stage === 'pre-commit' || subject.stage === 'pre-push';
  const ran = new Set(rules.map(({ id }) => id));
  const concerned = declarations.waivers.filter(({ rule }) => only.length === 0 || only.includes(rule));

  const skips = applySkips(found, atHook ? skipped : []);
  const waivers = applyWaivers(skips.findings, concerned, today);
  const known = applyBaseline(waivers.findings, baseline);
  const expired = isOwn ? concerned.filter(({ until }) => until < today) : [];
  // Whoever commits something else is told, and not held up: time alone breaks no commit.
  const isTold = expired.length > 0 && atHook && !(await changes(subject, policyFile));
  return {
    findings: [...known.findings, ...(isTold ? [] : expired.map((one) => expiredFinding(one, policyFile, sha256)))],
    waived: [...skips.waived, ...waivers.waived, ...known.waived],
    gone: isOwn && subject.whole ? known.gone.filter(({ rule }) => ran.has(rule)) : [],
    notices: [...skipNotices(skipped, atHook, ruleIds(policy)), ...(isTold ? expired.map(expiredNotice) : [])],
  };
}

export function goneNotice(gone: readonly Known[]): string[] {
  if (gone.length === 0) return [];
  const entries = gone.length === 1 ? '1 entry' : `${gone.length} entries`;
  return [`Nothing is left of what ${entries} of ${baselineFile} let pass. Run: layer-policy check --update-baseline`];
}

async function changes(subject: Subject, file: string): Promise<boolean> {
  return (await subject.changes()).some(({ path }) => path === file);
}

function expiredNotice({ rule, file, until }: Waiver): string {
  return `The waiver of ${rule} for ${file} ended on ${until}. CI and release refuse it.`;
}

function skipNotices(skipped: readonly string[], atHook: boolean, known: readonly string[]): string[] {
  if (skipped.length === 0) return [];
  if (!atHook) return ['LAYER_POLICY_SKIP has no effect at this stage.'];
  const unknown = skipped.filter((name) => !known.includes(name));
  const rules = skipped.filter((name) => known.includes(name));
  return [
    ...unknown.map((name) => `LAYER_POLICY_SKIP: there is no rule '${name}'.${meant(name, known)}`),
    ...(rules.length === 0
      ? []
      : [`LAYER_POLICY_SKIP: not enforced here: ${rules.join(', ')}. CI and release enforce them.`]),
  ];
}

function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === null ? '' : ` Did you mean '${near}'?`;
}
