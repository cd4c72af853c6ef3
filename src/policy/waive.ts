import { expandBraces } from '../layer/braces.js';
import type { Waiver } from '../layer/declarations.js';
import { matchesGlob } from '../layer/glob.js';
import type { Sha256 } from '../ports.js';
import type { Finding } from './finding.js';

export interface Waived extends Finding {
  /** Who or what let it pass: the waiver's reason, `baseline`, or the variable that skipped the rule. */
  by: string;
}

export interface Sorted {
  findings: Finding[];
  waived: Waived[];
}

/** Takes out what a valid waiver covers, and adds a finding for every waiver that has run out. */
export function applyWaivers(
  findings: Finding[],
  waivers: readonly Waiver[],
  policyFile: string,
  today: string,
  sha256: Sha256,
): Sorted {
  const valid = waivers.filter(({ until }) => until >= today);
  const expired = waivers.filter(({ until }) => until < today);
  const sorted = split(findings, (finding) => valid.find((waiver) => covers(waiver, finding))?.reason ?? null);
  return {
    ...sorted,
    findings: [...sorted.findings, ...expired.map((waiver) => expiredFinding(waiver, policyFile, sha256))],
  };
}

/** Takes out what the baseline knows. */
export function applyBaseline(findings: Finding[], known: ReadonlySet<string>): Sorted {
  return split(findings, ({ fingerprint }) => (known.has(fingerprint) ? 'baseline' : null));
}

/** Takes out what LAYER_POLICY_SKIP names. */
export function applySkips(findings: Finding[], skipped: readonly string[]): Sorted {
  return split(findings, ({ rule }) => (skipped.includes(rule) ? 'LAYER_POLICY_SKIP' : null));
}

function split(findings: Finding[], waivedBy: (finding: Finding) => string | null): Sorted {
  const sorted: Sorted = { findings: [], waived: [] };
  for (const finding of findings) {
    const by = waivedBy(finding);
    if (by === null) sorted.findings.push(finding);
    else sorted.waived.push({ ...finding, by });
  }
  return sorted;
}

function covers({ rule, file }: Waiver, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  return file === finding.file || (expandBraces(file) ?? []).some((glob) => matchesGlob(glob, finding.file));
}

function expiredFinding({ rule, file, reason, until }: Waiver, policyFile: string, sha256: Sha256): Finding {
  return {
    rule,
    severity: 'error',
    file: policyFile,
    line: null,
    commit: null,
    layer: null,
    message: `the waiver of ${rule} for ${file} ended on ${until} ("${reason}")`,
    hint: `Repair what it covered and remove the waiver from ${policyFile}, or agree on a new date there`,
    data: { waiver: { rule, file, reason, until } },
    fingerprint: sha256(['waiver', rule, file, until].join('\0')).slice(0, 32),
  };
}
