import type { Sha256 } from '../ports.js';
import type { Problem, Rule } from '../rule/define.js';
import { type FactId, type Facts, nothing } from '../rule/facts.js';
import { facts as catalogue } from './facts/index.js';
import { mergingOf } from './facts/merging.js';
import { type Finding, toFinding } from './finding.js';
import type { Run, SelectedRule } from './select.js';
import type { Look } from './subject.js';
import type { BrokenRule } from './verdict.js';

/** Collects what the rules ask for, and nothing else, then runs them. A rule sees only the facts it names. */
export async function runRules(look: Look, rules: readonly SelectedRule[]): Promise<RunResult> {
  const needs = rules.flatMap(({ runs }) => runs.flatMap((run) => run.needs));
  return applyRules(await collect(look, new Set(needs)), rules, look.sha256);
}

/** What the rules say to these facts. */
export function applyRules(facts: Facts, rules: readonly SelectedRule[], sha256: Sha256): RunResult {
  const runs = rules.flatMap((selected) => selected.runs.map((run) => ({ selected, run })));
  const findings: Finding[] = [];
  const broken: BrokenRule[] = [];
  for (const { selected, run } of runs) {
    const { id, rule } = selected;
    try {
      for (const problem of rule.check(visible(facts, rule, run), run.options)) {
        const here = selected.at(problem.file);
        if (here.run !== run || here.severity === 'off') continue;
        findings.push(toFinding(rule, id, here.severity, problem as Problem, sha256));
      }
    } catch (error) {
      broken.push({ rule: id, error });
    }
  }
  return { findings: onePerPlace(findings), broken };
}

/** A fact that is skipped with these options is nothing, even where another rule had it collected. */
function visible(facts: Facts, rule: Rule, { needs }: Run): Facts {
  const none: Partial<Facts> = nothing;
  return Object.fromEntries(
    rule.facts.map((fact) => [fact, needs.includes(fact) ? facts[fact] : none[fact]]),
  ) as unknown as Facts;
}

export interface RunResult {
  findings: Finding[];
  /** Rules that threw: a fault of the rule, never a verdict on the repository. */
  broken: BrokenRule[];
}

async function collect(look: Look, wanted: ReadonlySet<FactId>): Promise<Facts> {
  const collected: Facts = { ...nothing, policy: look.policy, today: look.today };
  await Promise.all(
    [...wanted].map(async (id) => {
      if (await isTouched(look, id)) Object.assign(collected, { [id]: await catalogue[id].learn(look) });
    }),
  );
  return collected;
}

/** Policy and rules are part of every fact: what they say decides what the facts mean. */
async function isTouched(look: Look, id: FactId): Promise<boolean> {
  const { subject, policy, policyFile, ruleFiles } = look;
  const { dependsOn, comparesBase } = catalogue[id];
  if (dependsOn === undefined || subject.whole) return true;
  const changes = await subject.changes();
  return (
    changes.some(({ path }) => path === policyFile || ruleFiles.includes(path) || dependsOn(path, policy)) ||
    (comparesBase === true && (await mergingOf(look)).length > 0)
  );
}

/** The same violation in ten commits of a range is one finding, at the first of them. */
function onePerPlace(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, fingerprint, line, message }) => {
    const key = `${rule}\0${fingerprint}\0${line}\0${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
