import { type Failure, failure } from '../errors.js';
import { printable } from '../layer/printable.js';
import type { Finding } from '../policy/finding.js';
import type { ArtefactVerdict } from '../policy/judge-artefacts.js';
import type { Style } from '../ports.js';
import { told } from './json.js';
import { letPass } from './let-pass.js';
import { problemOf } from './thrown.js';

/** What a refusal adds to the document of a command: the error of the contract, and all findings. */
export function refusalDocument(verdict: ArtefactVerdict): object {
  const { code, message, hint } = refusalError(verdict);
  return { error: { code, message, hint }, validation: validationDocument(verdict) };
}

/** The answer about finished zips in a `--json` document. */
export function validationDocument({ counts, findings, waived, broken }: ArtefactVerdict): object {
  return {
    counts,
    findings: findings.map(told),
    waived: waived.map(told),
    broken: broken.map(({ rule, error }) => ({ rule, problem: problemOf(error) })),
  };
}

/** The worst of it in one sentence, for who reads no further. */
export function refusalError({ findings, broken }: ArtefactVerdict): Failure {
  const [bug] = broken;
  const first = findings.find(({ severity }) => severity === 'error');
  if (bug !== undefined || first === undefined) {
    return failure('bug', { problem: `${bug?.rule}: ${problemOf(bug?.error)}` });
  }
  return failure('artefact-refused', { file: first.file, problem: first.message, fix: first.hint });
}

/** For people, in lines: under each zip what is wrong with it and what to do. */
export function artefactLines({ findings, waived, broken }: ArtefactVerdict, style: Style): string[] {
  const files = [...new Set(findings.map(({ file }) => file))];
  return [
    ...files.flatMap((file) => [
      style.bold(printable(file)),
      ...findings.filter((finding) => finding.file === file).flatMap((finding) => lines(finding, style)),
      '',
    ]),
    ...letPass(waived).map(({ rule, by, times }) => style.dim(`○ let pass: ${times} × ${printable(`${rule}: ${by}`)}`)),
    ...broken.map(
      ({ rule, error }) =>
        `${style.red('✖')} ${style.bold(printable(rule))} failed itself: ${printable(problemOf(error))}`,
    ),
  ];
}

function lines({ severity, message, hint }: Finding, style: Style): string[] {
  const mark = severity === 'error' ? style.red('✖') : style.yellow('⚠');
  return [`  ${mark} ${printable(message)}`, `    ${style.green('→')} ${printable(hint, 1024)}`];
}
