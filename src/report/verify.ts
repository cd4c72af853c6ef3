import { printable } from '../layer/printable.js';
import type { Line } from '../layer/verification.js';
import type { Style } from '../ports.js';
import type { Verification } from '../verify/verify-release.js';
import { bytes } from './bytes.js';
import { count } from './headline.js';

export interface VerifyReport {
  verification: Verification;
  notices: string[];
}

export function isVerified({ verification: { lines } }: VerifyReport): boolean {
  return lines.every(({ state }) => state !== 'differs');
}

/** The `--json` document of `verify`; its schema is `schemas/verify.schema.json`. */
export function verifyDocument(report: VerifyReport): object {
  const { name, version, commit, built, lines } = report.verification;
  const wrong = lines.find(({ state }) => state === 'differs');
  return {
    schema: 1,
    ok: wrong === undefined,
    ...(wrong !== undefined && {
      error: {
        code: 'release-differs',
        message: `${name} ${version}: ${wrong.place}: ${wrong.detail}`,
        hint: hintOf(report.verification),
      },
    }),
    name,
    version,
    git_sha: commit,
    sha256: built.sha256,
    content_digest: built.contentDigest,
    size_bytes: built.size,
    lines,
    notices: report.notices,
  };
}

function hintOf({ name, version, commit }: Verification): string {
  return `See what is in it: layer-policy build ${name} --ref ${commit.slice(0, 12)}, then layer-policy compare ${name}@${version} .build/layers/${name}-${version}.zip`;
}

const marks = { agrees: '✔', differs: '✖', absent: '–' } as const;

export function verifyText(report: VerifyReport, style: Style): string {
  const { name, version, commit, built, lines } = report.verification;
  const paint = { agrees: style.green, differs: style.red, absent: style.dim } as const;
  const width = Math.max(...lines.map(({ place }) => printable(place, 90).length));
  const line = ({ place, state, detail }: Line) =>
    `  ${paint[state](marks[state])} ${printable(place, 90).padEnd(width)}  ${state === 'differs' ? printable(detail) : style.dim(printable(detail))}`;
  return [
    `${style.bold(`${name} ${version}`)} built again from commit ${commit.slice(0, 12)}: sha256 ${built.sha256.slice(0, 16)}…, ${bytes(built.size)}`,
    ...lines.map(line),
    ...report.notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    '',
    conclusion(report, style),
    '',
  ].join('\n');
}

function conclusion(report: VerifyReport, style: Style): string {
  const { lines } = report.verification;
  const number = (state: Line['state']) => lines.filter((one) => one.state === state).length;
  const missing = number('absent') === 0 ? '' : style.dim(`, ${number('absent')} not to be had here`);
  if (isVerified(report)) return `${style.green('✔')} Verified: ${number('agrees')} agree${missing}`;
  return [
    `${style.red('✖')} Not what was recorded: ${count(number('differs'), 'place')} differ, ${number('agrees')} agree${missing}`,
    `  ${style.green('→')} ${printable(hintOf(report.verification), 1024)}`,
  ].join('\n');
}
