import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { check } from '../../src/commands/check.js';
import { isFailure } from '../../src/errors.js';
import { hookNames, hookShim } from '../../src/hooks/shim.js';
import type { Finding } from '../../src/policy/finding.js';
import { runCommand } from '../commands/in-process.js';
import { cliPath } from '../kit/cli.js';
import { writeFiles } from '../kit/files.js';
import { exec, type GitResult, type Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

export const now = '2026-01-31';

/** What a check said: its findings, or the code of the failure where it could not judge. */
export interface Said {
  exit: number;
  findings: Finding[];
  error: string | null;
}

const said = join(tempFolder('said'), 'said.json');
const bin = tempFolder('bin');
let hooks: string | undefined;

/**
 * The repository with its real hooks and the built program behind them; only that what the program says is kept, as
 * JSON, and that it is always the same day.
 */
export function hooked(r: Repo): Repo {
  if (hooks === undefined) {
    hooks = tempFolder('hooks');
    writeFiles(hooks, Object.fromEntries(hookNames.map((hook) => [hook, exec(hookShim(hook))])));
    const program = `'${process.execPath}' '${cliPath()}' check --json --now ${now}`;
    writeFiles(bin, { 'layer-policy': exec(`#!/bin/sh\nshift\nexec ${program} "$@" >'${said}'\n`) });
  }
  r.git('config', 'core.hooksPath', hooks);
  return r.with({ PATH: [bin, r.env.PATH].join(delimiter) });
}

/** Runs git, and tells what its hook said; null: no hook ran. */
export function listen(run: () => GitResult): { done: GitResult; hook: Said | null } {
  rmSync(said, { force: true });
  const done = run();
  if (!existsSync(said)) return { done, hook: null };
  const document = JSON.parse(readFileSync(said, 'utf8'));
  const { ok, findings = [], error = null } = document;
  return { done, hook: { exit: ok ? 0 : error === null ? 1 : 2, findings, error: error?.code ?? null } };
}

/** What CI says of a range of commits, from the base that it finds itself where none is given. */
export async function ci(r: Repo, to: string, from?: string): Promise<Said> {
  try {
    const { exit, document } = await runCommand(check, r, [], { stage: 'ci', to, now, ...(from && { from }) });
    return { exit, findings: (document as { findings: Finding[] }).findings, error: null };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { exit: error.exit, findings: [], error: error.code };
  }
}
