import type { LoadedConfig } from '../config/load.js';
import { count, holds, type Verdict } from '../policy/verdict.js';
import type { Env, Oid } from '../ports.js';
import { gate } from './gate.js';

/** What a commit tells of a function's package, where it lies beside its layers; a zip alone does not. */
const aboutFunctions = ['handler-shadow', 'import-closure'];

/** The policy's word on these functions before they are built; null where there are none. */
export async function judgeFunctions(
  env: Env,
  config: LoadedConfig,
  commit: Oid,
  names: readonly string[],
): Promise<Verdict | null> {
  if (names.length === 0) return null;
  const verdict = await gate(env, config, commit, aboutFunctions);
  const findings = verdict.findings.filter(({ layer }) => layer === null || names.includes(layer));
  const counts = count(findings);
  return { ...verdict, findings, counts, ok: holds(counts, { maxWarnings: null }) && verdict.broken.length === 0 };
}
