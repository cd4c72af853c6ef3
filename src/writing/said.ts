import type { LoadedConfig } from '../config/load.js';
import { type ExitCode, exitCodes } from '../errors.js';
import type { Finished } from '../plan/finish.js';
import { gate } from '../plan/gate.js';
import type { Asked, WritingCommand } from '../plan/plan.js';
import type { Prepared, Unfit } from '../plan/prepared.js';
import type { Env, Oid, Style } from '../ports.js';
import { artefactLines, refusalDocument } from '../report/artefacts.js';
import { checkDocument } from '../report/json.js';
import { pretty } from '../report/pretty.js';
import { done, writingDocument, writingText } from '../report/writing.js';

/** What a command has to say. */
export interface Said {
  exit: ExitCode;
  document: unknown;
  text(style: Style): string;
}

/** What was done, for people and programs. */
export function said(
  { plan, about, notices }: Prepared,
  finished: Finished,
  how: { dryRun?: boolean; resumed?: boolean; file?: string },
): Said {
  const report = { plan, about, notices, ...finished, ...how };
  return { exit: exitCodes.ok, document: writingDocument(report), text: (style) => writingText(report, style) };
}

/** Going back, clearing up and telling what is ask nobody. */
const ungated: WritingCommand[] = ['rollback', 'archive', 'adopt'];

/** The gate: the policy's report, when it says no; going past it leaves its reason. */
export async function refusal(
  env: Env,
  config: LoadedConfig,
  { command, request }: Asked,
  commit: Oid,
): Promise<Said | null> {
  if (ungated.includes(command) || request.emergency !== null) return null;
  const verdict = await gate(env, config, commit);
  if (verdict.ok) return null;
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.refused,
    document: { schema: 1, ok: false, command, gate: checkDocument(verdict) },
    text: (style) =>
      `${pretty(verdict, style)}${style.red('✖')} Not ${done[command]}: the policy says no to this commit.\n`,
  };
}

/** What was built is not what the policy demands. Nothing is published, and nothing of it written. */
export function unfit({ command }: Asked, { verdict }: Unfit): Said {
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.artefact,
    document: { schema: 1, ok: false, command, ...refusalDocument(verdict) },
    text: (style) =>
      [...artefactLines(verdict, style), `${style.red('✖')} Not ${done[command]}: what was built is refused.\n`].join(
        '\n',
      ),
  };
}
