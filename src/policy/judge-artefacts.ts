import type { ArtefactReading } from '../layer/inside/reading.js';
import { demandsOf } from '../layer/problems/demands.js';
import { artefactProblems } from '../layer/problems/index.js';
import { togetherProblems } from '../layer/problems/together.js';
import type { Sha256 } from '../ports.js';
import type { JudgedArtefact } from '../rule/facts.js';
import { nothing } from '../rule/facts.js';
import { type Finding, sortFindings, type Waived } from './finding.js';
import type { Policy } from './policy.js';
import { applyRules } from './run.js';
import { selectRules } from './select.js';
import { type BrokenRule, count, holds, type Verdict } from './verdict.js';
import { applyWaivers } from './waive.js';

/** The answer about finished zips. */
export interface ArtefactVerdict {
  ok: boolean;
  counts: Verdict['counts'];
  findings: Finding[];
  waived: Waived[];
  broken: BrokenRule[];
  /** How many rules ran; none where the policy switched them off. */
  ran: number;
}

/** Runs the rules about artefacts, and only them, on finished zips; waivers hold as they do for a tree. */
export function judgeArtefacts(
  readings: readonly ArtefactReading[],
  policy: Pick<Policy, 'declarations' | 'kinds'>,
  { stage, today }: { stage: 'release' | 'validate'; today: string },
  sha256: Sha256,
): ArtefactVerdict {
  const { declarations } = policy;
  const rules = selectRules(policy, stage).filter(({ rule }) => rule.facts.includes('artefacts'));
  const judged: JudgedArtefact[] = readings.map((reading) => ({
    file: reading.file,
    name: reading.name,
    problems: artefactProblems(reading, demandsOf(reading.name, declarations)),
  }));
  for (const { at, problem } of togetherProblems(readings, declarations)) judged[at]?.problems.push(problem);
  const run = applyRules({ ...nothing, policy: declarations, today, artefacts: judged }, rules, sha256);
  // That a waiver ran out is for `check` to say; here it just covers nothing any more.
  const { findings, waived } = applyWaivers(run.findings, declarations.waivers, today);
  const counts = count(findings);
  return {
    ok: holds(counts, { maxWarnings: null }) && run.broken.length === 0,
    counts,
    findings: sortFindings(findings),
    waived,
    broken: run.broken,
    ran: rules.length,
  };
}
