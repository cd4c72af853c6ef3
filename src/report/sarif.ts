import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import type { Waived } from '../policy/waive.js';
import { count } from './headline.js';
import { letPass, reasonOf } from './let-pass.js';
import { code, prose } from './markdown-text.js';
import { printable } from './printable.js';
import { problemOf } from './thrown.js';
import { uniqueNames } from './unique.js';
import { relativeUri } from './uri.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';

/** Code scanning shows no more results of a run. */
const mostResults = 5_000;
/** It takes 10 MB packed; what is smaller than that unpacked is so in any case. */
const mostBytes = 8_000_000;

/** The rule of the one result that counts what was left out. */
const moreFindings = 'more-findings';
/** How to see what a report leaves out. */
const all = 'layer-policy check --json';

interface Result {
  ruleId: string;
  level: 'error' | 'warning';
  [property: string]: unknown;
}

/** SARIF 2.1.0 for code scanning; what was let pass is there as suppressed results. */
export function sarif(verdict: Verdict): string {
  const found: (Finding | Waived)[] = [...verdict.findings, ...verdict.waived];
  const names = uniqueNames(found);
  const results = keep(found.map((finding, i) => ({ finding, name: names[i] ?? '' })).sort(worstFirst));
  const { stage, head, base, judged, ok, counts, ran } = verdict;
  const run = {
    tool: { driver: { name: 'layer-policy', rules: rules(results, verdict) } },
    invocations: [
      { executionSuccessful: verdict.broken.length === 0, toolExecutionNotifications: notifications(verdict) },
    ],
    results,
    properties: { stage, head, base, judged: printable(judged), ok, counts, letPass: verdict.waived.length, ran },
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] })}\n`;
}

interface Named {
  finding: Finding | Waived;
  name: string;
}

function worstFirst(a: Named, b: Named): number {
  return badness(b.finding) - badness(a.finding);
}

function badness(finding: Finding | Waived): number {
  return ('by' in finding ? 0 : 2) + (finding.severity === 'error' ? 1 : 0);
}

/** As many results as the platform takes, and one that says how many more there are. */
function keep(found: readonly Named[]): Result[] {
  const results: Result[] = [];
  const places = found.length > mostResults ? mostResults - 1 : found.length;
  let bytes = 0;
  for (const one of found.slice(0, places)) {
    const next = result(one);
    bytes += new TextEncoder().encode(JSON.stringify(next)).length;
    if (bytes > mostBytes) break;
    results.push(next);
  }
  const left = found.slice(results.length).map(({ finding }) => finding);
  const [worst] = left;
  return worst === undefined ? results : [...results, summary(worst, left)];
}

function result({ finding, name }: Named): Result {
  const { rule, severity, message, hint, line, commit, layer, pathBytes, fingerprint } = finding;
  return {
    ruleId: printable(rule),
    level: severity,
    message: { text: text(message, hint) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(finding) },
          ...(line !== null && { region: { startLine: line } }),
        },
      },
    ],
    // Code scanning tells alerts apart by this name alone; without it, it would hash the line, or nothing at all.
    partialFingerprints: { primaryLocationLineHash: name, 'layerPolicy/v1': fingerprint },
    ...('by' in finding && { suppressions: [suppression(finding)] }),
    properties: {
      ...(commit !== null && { commit }),
      ...(layer !== null && { layer: printable(layer) }),
      ...(pathBytes !== undefined && { pathBytes }),
    },
  };
}

/** Waivers and baseline lie beside the code, so all are external to the place they are about. */
function suppression({ excuse, by, until }: Waived): object {
  return {
    kind: 'external',
    status: 'accepted',
    justification: text(reasonOf({ by, until })),
    properties: { excuse, ...(until !== null && { until }) },
  };
}

function summary(worst: Finding | Waived, left: readonly (Finding | Waived)[]): Result {
  const waived = left.filter((finding) => 'by' in finding).length;
  const passed = waived === 0 ? '' : ` (${waived} of them let pass)`;
  return {
    ruleId: moreFindings,
    level: worst.severity,
    message: {
      text: `${left.length} more findings${passed} are not in this report. Run ${all} to see them.`,
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: relativeUri(worst) } } }],
    partialFingerprints: { primaryLocationLineHash: moreFindings, 'layerPolicy/v1': moreFindings },
    // When all that is left was let pass, so is the count of it.
    ...('by' in worst && { suppressions: [suppression(worst)] }),
  };
}

function rules(results: readonly Result[], verdict: Verdict): object[] {
  const levels = new Map<string, Result['level']>();
  for (const { ruleId, level } of results) if (!levels.has(ruleId)) levels.set(ruleId, level);
  return [...levels].map(([id, level]) => {
    const { title, why, ask } = about(id, verdict);
    return {
      id,
      shortDescription: { text: text(title) },
      fullDescription: { text: text(why) },
      help: { text: text(why, `Run: ${ask}`), markdown: `${prose(why)}\n\nRun: ${code(ask)}` },
      defaultConfiguration: { level },
    };
  });
}

function about(id: string, { rules }: Verdict): { title: string; why: string; ask: string } {
  if (id === moreFindings) return { title: 'More findings', why: 'A report holds what a platform shows.', ask: all };
  const known = Object.hasOwn(rules, id) ? rules[id] : undefined;
  return {
    title: known?.title ?? id,
    why: known?.why ?? `The policy declares ${id}.`,
    ask: `layer-policy explain ${id}`,
  };
}

/** All that is not a finding: rules that failed, reasons for letting pass, notices. */
function notifications({ broken, waived, notices }: Verdict): object[] {
  return [
    ...broken.map(({ rule, error }) => ({
      level: 'error',
      message: { text: text(`The rule ${rule} failed itself: ${problemOf(error)}`) },
      associatedRule: { id: printable(rule) },
    })),
    ...letPass(waived).map(({ rule, by, times }) => ({
      level: 'note',
      message: { text: text(`${count(times, 'finding')} of ${rule} let pass: ${by}`) },
    })),
    ...notices.map((notice) => ({ level: 'note', message: { text: text(notice) } })),
  ];
}

/** Lines of a message. `[text](target)` is a link in it, and no name may form one. */
function text(...lines: string[]): string {
  return lines
    .filter((line) => line !== '')
    .map((line) => printable(line, 4096).replaceAll('](', '] ('))
    .join('\n');
}
