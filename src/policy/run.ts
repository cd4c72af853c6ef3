import type { Problem } from '../rule/define.js';
import { type FactId, type Facts, nothing } from '../rule/facts.js';
import { facts as catalogue } from './facts/index.js';
import { type Finding, toFinding } from './finding.js';
import type { SelectedRule } from './select.js';
import type { Look } from './subject.js';

/** Collects what the rules ask for, and nothing else, then runs them. A rule sees only the facts it names. */
export async function runRules(look: Look, rules: readonly SelectedRule[]): Promise<RunResult> {
  const facts = await collect(look, new Set(rules.flatMap(({ needs }) => needs)));
  const findings: Finding[] = [];
  const broken: BrokenRule[] = [];
  for (const { id, rule, severity, options } of rules) {
    const visible = Object.fromEntries(rule.facts.map((fact) => [fact, facts[fact]])) as unknown as Facts;
    try {
      for (const problem of rule.check(visible, options)) {
        findings.push(toFinding(rule, id, severity, problem as Problem, look.sha256));
      }
    } catch (error) {
      broken.push({ rule: id, error });
    }
  }
  return { findings: onePerPlace(findings), broken };
}

export interface BrokenRule {
  rule: string;
  error: unknown;
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

/** The policy file is part of every fact: what it declares decides what the facts mean. */
async function isTouched({ subject, policy, policyFile }: Look, id: FactId): Promise<boolean> {
  const { dependsOn } = catalogue[id];
  if (dependsOn === undefined || subject.whole) return true;
  const changes = await subject.changes();
  return changes.some(({ path }) => path === policyFile || dependsOn(path, policy));
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
