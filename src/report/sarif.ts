import { printable } from '../layer/printable.js';
import type { Finding, Waived } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { asides } from './asides.js';
import { keepWorst, leftOver, type Named, seeAll } from './keep-worst.js';
import { letPassLines, reasonOf } from './let-pass.js';
import { code, prose } from './markdown-text.js';
import { problemOf } from './thrown.js';
import { relativeUri } from './uri.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';

/** Code scanning shows no more results of a run. It takes 10 MB packed, which what is smaller unpacked never reaches. */
const limits = { most: 5_000, bytes: 8_000_000 };

/** The rule of the one result that counts what was left out. */
const moreFindings = 'more-findings';
/** The name that platforms have for the root of the repository. */
const root = '%SRCROOT%';

interface Result {
  ruleId: string;
  level: 'error' | 'warning';
  [property: string]: unknown;
}

/** SARIF 2.1.0 for code scanning; what was let pass is there as suppressed results. */
export function sarif(verdict: Verdict): string {
  const { shown, left } = keepWorst(verdict, limits, result);
  const [worst] = left;
  const results = worst === undefined ? shown : [...shown, summary(worst, left)];
  const { stage, head, base, judged, ok, counts, ran } = verdict;
  const run = {
    tool: { driver: { name: 'layer-policy', rules: rules(results, verdict) } },
    invocations: [
      { executionSuccessful: verdict.broken.length === 0, toolExecutionNotifications: notifications(verdict) },
    ],
    originalUriBaseIds: { [root]: { description: { text: 'The root of the repository.' } } },
    results,
    properties: { stage, head, base, judged: printable(judged), ok, counts, letPass: verdict.waived.length, ran },
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] })}\n`;
}

function result({ finding, name }: Named): Result {
  const { rule, severity, message, hint, line, commit, layer, pathBytes, fingerprint } = finding;
  return {
    ruleId: printable(rule),
    level: severity,
    message: { text: text(message, hint) },
    locations: [location(finding, line)],
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

function location(finding: Finding, line: number | null): object {
  const artifactLocation = { uri: relativeUri(finding), uriBaseId: root };
  return { physicalLocation: { artifactLocation, ...(line !== null && { region: { startLine: line } }) } };
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
  return {
    ruleId: moreFindings,
    level: worst.severity,
    message: { text: leftOver(left) },
    locations: [location(worst, null)],
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
  if (id === moreFindings) return { title: 'More findings', why: 'A report holds what a platform shows.', ask: seeAll };
  const known = Object.hasOwn(rules, id) ? rules[id] : undefined;
  return {
    title: known?.title ?? id,
    why: known?.why ?? `The policy declares ${id}.`,
    ask: `layer-policy explain ${id}`,
  };
}

/** All that is not a finding: rules that failed, reasons for letting pass, notices. */
function notifications(verdict: Verdict): object[] {
  const { broken, waived } = verdict;
  return [
    ...broken.map(({ rule, error }) => ({
      level: 'error',
      message: { text: text(`The rule ${rule} failed itself: ${problemOf(error)}`) },
      associatedRule: { id: printable(rule) },
    })),
    ...[...letPassLines(waived), ...asides(verdict)].map((notice) => ({
      level: 'note',
      message: { text: text(notice) },
    })),
  ];
}

/** Lines of a message. `[text](target)` is a link in it, and no name may form one. */
function text(...lines: string[]): string {
  return lines
    .filter((line) => line !== '')
    .map((line) => printable(line, 4096).replaceAll('](', '] ('))
    .join('\n');
}
