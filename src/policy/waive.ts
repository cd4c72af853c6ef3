import type { Waiver } from '../layer/declarations.js';
import { matchesGlob } from '../layer/glob.js';
import type { Sha256 } from '../ports.js';
import { type Known, tally } from './baseline.js';
import type { Finding, Waived } from './finding.js';

export interface Sorted {
  findings: Finding[];
  waived: Waived[];
}

type Excuse = Pick<Waived, 'excuse' | 'by' | 'until'>;

/** Takes out what LAYER_POLICY_SKIP names. */
export function applySkips(findings: Finding[], skipped: readonly string[]): Sorted {
  const excuse: Excuse = { excuse: 'skip', by: 'LAYER_POLICY_SKIP', until: null };
  return split(findings, ({ rule }) => (skipped.includes(rule) ? excuse : null));
}

/** Takes out what a waiver covers, to the end of its last day. */
export function applyWaivers(findings: Finding[], waivers: readonly Waiver[], today: string): Sorted {
  const valid = waivers.filter(({ until }) => until >= today);
  return split(findings, (finding) => {
    const waiver = valid.find((one) => covers(one, finding));
    return waiver === undefined ? null : { excuse: 'waiver', by: waiver.reason, until: waiver.until };
  });
}

/** Takes out what the baseline knows, one finding for each entry; `gone` are the entries that met none. */
export function applyBaseline(findings: Finding[], known: readonly Known[]): Sorted & { gone: Known[] } {
  const entries = tally(known);
  const excuse: Excuse = { excuse: 'baseline', by: 'baseline', until: null };
  const sorted = split(findings, (finding) => (!finding.firm && entries.take(finding) ? excuse : null));
  return { ...sorted, gone: entries.left() };
}

/** A waiver that has run out is a violation of the rule it was for. */
export function expiredFinding({ rule, file, reason, until }: Waiver, policyFile: string, sha256: Sha256): Finding {
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
    firm: true,
  };
}

function split(findings: Finding[], excuseOf: (finding: Finding) => Excuse | null): Sorted {
  const sorted: Sorted = { findings: [], waived: [] };
  for (const finding of findings) {
    const excuse = excuseOf(finding);
    if (excuse === null) sorted.findings.push(finding);
    else sorted.waived.push({ ...finding, ...excuse });
  }
  return sorted;
}

function covers({ rule, file }: Waiver, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  return file === finding.file || matchesGlob(file, finding.file);
}
