import { printable } from '../layer/printable.js';
import type { Verdict } from '../policy/verdict.js';
import { asides } from './asides.js';
import { keepWorst, leftOver, type Named } from './keep-worst.js';
import { letPassLines, reasonOf } from './let-pass.js';
import { problemOf } from './thrown.js';

/** Where an issue stands that no file has; the form wants one. */
const noFile = '.layerpolicyrc.json';

interface Issue {
  description: string;
  check_name: string;
  /** GitLab keeps one issue a fingerprint, and compares branches by it. */
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number } };
}

/** GitLab keeps a report in memory as a whole, and lists a hundred a page; beyond this nobody reads it there. */
const limits = { most: 5_000, bytes: 8_000_000 };

/** GitLab code quality. The form knows issues only, so what was let pass and what failed are issues too. */
export function gitlab(verdict: Verdict): string {
  const { shown, left } = keepWorst(verdict, limits, issue);
  const issues: Issue[] = [
    ...verdict.broken.map(({ rule, error }, i) =>
      aside(
        rule,
        `broken:${i}:${rule}`,
        'blocker',
        `The rule failed itself, so this is no verdict: ${problemOf(error)}`,
      ),
    ),
    ...shown,
    ...left.slice(0, 1).map((worst) => aside('layer-policy', 'more-findings', severityOf(worst), leftOver(left))),
    ...[...letPassLines(left), ...asides(verdict)].map((notice, i) =>
      aside('layer-policy', `notice:${i}`, 'info', notice),
    ),
  ];
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function issue({ finding, name }: Named): Issue {
  const { rule, file, line, message, hint } = finding;
  const passed = 'by' in finding;
  const says = passed ? `Let pass: ${reasonOf(finding)}: ${message}` : message;
  return {
    description: [says, hint].flatMap((part) => (part === '' ? [] : [printable(part, 1024)])).join(' → '),
    check_name: printable(rule),
    // Under another name: a waiver ends the violation for GitLab, and the end of the waiver brings it back as new.
    fingerprint: passed ? `let-pass:${name}` : name,
    severity: severityOf(finding),
    location: { path: printable(file, 4096), lines: { begin: line ?? 1 } },
  };
}

function severityOf(finding: Named['finding']): Issue['severity'] {
  return 'by' in finding ? 'info' : finding.severity === 'error' ? 'major' : 'minor';
}

/** What concerns no file. */
function aside(rule: string, fingerprint: string, severity: Issue['severity'], says: string): Issue {
  return {
    description: printable(says, 1024),
    check_name: printable(rule),
    fingerprint: printable(fingerprint),
    severity,
    location: { path: noFile, lines: { begin: 1 } },
  };
}
