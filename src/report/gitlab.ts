import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { reasonOf } from './let-pass.js';
import { printable } from './printable.js';
import { problemOf } from './thrown.js';
import { uniqueNames } from './unique.js';

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

/** GitLab code quality. The form knows issues only, so what was let pass and what failed are issues too. */
export function gitlab({ findings, waived, broken, notices }: Verdict): string {
  const names = uniqueNames(findings);
  const passed = uniqueNames(waived);
  const issues: Issue[] = [
    ...broken.map(({ rule, error }, i) =>
      aside(
        rule,
        `broken:${i}:${rule}`,
        'blocker',
        `The rule failed itself, so this is no verdict: ${problemOf(error)}`,
      ),
    ),
    ...findings.map((finding, i) =>
      issue(finding, names[i] ?? '', finding.severity === 'error' ? 'major' : 'minor', finding.message),
    ),
    // Under another name: a waiver ends the violation for GitLab, and the end of the waiver brings it back as new.
    ...waived.map((finding, i) =>
      issue(finding, `let-pass:${passed[i]}`, 'info', `Let pass: ${reasonOf(finding)}: ${finding.message}`),
    ),
    ...notices.map((notice, i) => aside('layer-policy', `notice:${i}`, 'info', notice)),
  ];
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function issue(finding: Finding, fingerprint: string, severity: Issue['severity'], says: string): Issue {
  const { rule, file, line, hint } = finding;
  return {
    description: [says, hint].flatMap((part) => (part === '' ? [] : [printable(part, 1024)])).join(' → '),
    check_name: printable(rule),
    fingerprint,
    severity,
    location: { path: printable(file, 4096), lines: { begin: line ?? 1 } },
  };
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
