import type { Git, Oid, Sha256 } from '../ports.js';
import type { Rule } from '../rule/define.js';
import { type Finding, sortFindings } from './finding.js';
import { type JudgeOptions, judge } from './judge.js';
import type { Policy } from './policy.js';
import type { Subject } from './subject.js';
import { count, holds, type Verdict } from './verdict.js';

/** A policy that another commit has. */
export interface PolicyOf {
  commit: Oid;
  policy: Policy;
}

/** All that one subject has to satisfy. */
export interface Demands {
  /** The policy of the judged tree. */
  own: Policy;
  /** One that must hold as well, whatever the judged tree's says. */
  base: PolicyOf | null;
  /** The one that the change found: it sets the rules that no change may set for itself. */
  before: PolicyOf | null;
}

const isSetByBase = (rule: Rule) => rule.setBy === 'base';

/** The findings of all demands as one verdict; what two of them forbid is told once. */
export async function judgeBoth(
  git: Git,
  subject: Subject,
  { own, base, before }: Demands,
  options: JudgeOptions,
  sha256: Sha256,
): Promise<Verdict> {
  const takes = (rule: Rule) => !isSetByBase(rule);
  const by = (one: PolicyOf, takes: (rule: Rule) => boolean) =>
    judge(git, subject, one.policy, options, sha256, { takes, tree: git.tree(one.commit) });
  const verdict = await judge(git, subject, own, options, sha256, { takes, tree: null });
  const ofBase = base && signed(await by(base, takes), base.commit);
  const ofBefore = before && (await by(before, isSetByBase));
  return [ofBase, ofBefore].reduce<Verdict>(
    (all, other) => (other === null ? all : join(all, other, options)),
    verdict,
  );
}

/** A reader who looks for such a rule in the judged policy must know that it is another's. */
function signed(verdict: Verdict, commit: Oid): Verdict {
  const sign = <Told extends Finding>(one: Told): Told => ({
    ...one,
    message: `${one.message} (by the policy of the base, ${commit.slice(0, 7)})`,
    data: { ...one.data, policy: commit },
  });
  return { ...verdict, ran: 0, findings: verdict.findings.map(sign), waived: verdict.waived.map(sign) };
}

/** What the first forbids as severely as the other is told in the first's words; what it excuses, the other may not. */
function join(first: Verdict, other: Verdict, options: JudgeOptions): Verdict {
  const found = names(first.findings);
  const refused = names(first.findings.filter(({ severity }) => severity === 'error'));
  const more = other.findings.filter(
    ({ fingerprint, severity }) => !(severity === 'error' ? refused : found).has(fingerprint),
  );
  const added = names(more);
  const findings = sortFindings([...first.findings.filter(({ fingerprint }) => !added.has(fingerprint)), ...more]);
  const waived = first.waived.filter(({ fingerprint }) => !added.has(fingerprint));
  const told = new Set([...names(findings), ...names(waived)]);
  const broken = [...first.broken, ...other.broken];
  const counts = count(findings);
  return {
    ...first,
    ok: holds(counts, options) && broken.length === 0,
    counts,
    findings,
    waived: [...waived, ...other.waived.filter(({ fingerprint }) => !told.has(fingerprint))],
    broken,
    notices: [...new Set([...first.notices, ...other.notices])],
    rules: { ...other.rules, ...first.rules },
    ran: first.ran + other.ran,
  };
}

function names(findings: readonly Finding[]): Set<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}
