import { printable } from '../layer/printable.js';
import { baselineFile } from '../policy/baseline.js';
import type { BaselineUpdate } from '../policy/update-baseline.js';
import type { Verdict } from '../policy/verdict.js';
import type { Style } from '../ports.js';
import { count } from './headline.js';

/** What `check --update-baseline` did, for people. */
export function baselineText({ known, added, removed }: BaselineUpdate, verdict: Verdict, style: Style): string {
  const firm = verdict.findings.filter((finding) => finding.firm);
  const changed = added + removed > 0;
  return [
    `${style.green('✔')} ${baselineFile} lets ${count(known, 'finding')} pass; only new ones refuse (${added} added, ${removed} removed)`,
    ...firm.map(({ message }) => `${style.red('✖')} still refused: ${printable(message)}`),
    ...verdict.notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    style.dim(`  judged ${printable(verdict.judged)}; uncommitted changes not seen`),
    ...(changed
      ? [`  ${style.green('→')} git add -- :/${baselineFile} && git commit -m "chore: accept present findings"`]
      : []),
    '',
  ].join('\n');
}
