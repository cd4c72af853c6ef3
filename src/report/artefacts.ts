import { failure } from '../errors.js';
import type { ArtefactVerdict } from '../policy/judge-artefacts.js';
import type { Style } from '../ports.js';
import { letPass } from './let-pass.js';
import { printable } from './printable.js';
import { problemOf } from './thrown.js';

/** What a refusal adds to the document of a command: the error of the contract, and all findings. */
export function refusalDocument(verdict: ArtefactVerdict): object {
  return { ...(!verdict.ok && { error: errorOf(verdict) }), validation: validationDocument(verdict) };
}

/** The answer about finished zips in a `--json` document. */
export function validationDocument({ counts, findings, waived, broken }: ArtefactVerdict): object {
  return {
    counts,
    findings,
    waived,
    broken: broken.map(({ rule, error }) => ({ rule, problem: problemOf(error) })),
  };
}

/** The worst of it in one sentence, for who reads no further. */
function errorOf({ findings, broken }: ArtefactVerdict): { code: string; message: string; hint: string } {
  const [bug] = broken;
  const first = findings.find(({ severity }) => severity === 'error');
  const { code, message, hint } =
    bug !== undefined || first === undefined
      ? failure('bug', { problem: `${bug?.rule}: ${problemOf(bug?.error)}` })
      : failure('artefact-refused', { file: first.file, problem: first.message, fix: first.hint });
  return { code, message, hint };
}

/** For people: under each zip what is wrong with it and what to do. */
export function artefactFindings({ findings, waived, broken }: ArtefactVerdict, style: Style): string {
  const files = [...new Set(findings.map(({ file }) => file))];
  return [
    ...files.flatMap((file) => [
      style.bold(printable(file)),
      ...findings
        .filter((finding) => finding.file === file)
        .flatMap(({ severity, message, hint }) => [
          `  ${severity === 'error' ? style.red('✖') : style.yellow('⚠')} ${printable(message)}`,
          `    ${style.green('→')} ${printable(hint, 1024)}`,
        ]),
      '',
    ]),
    ...letPass(waived).map(({ rule, by, times }) => style.dim(`○ let pass: ${times} × ${printable(`${rule}: ${by}`)}`)),
    ...broken.map(
      ({ rule, error }) =>
        `${style.red('✖')} ${style.bold(printable(rule))} failed itself: ${printable(problemOf(error))}\n`,
    ),
  ]
    .join('\n')
    .concat(findings.length + waived.length + broken.length > 0 ? '\n' : '');
}
