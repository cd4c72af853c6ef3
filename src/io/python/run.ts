import type { FailedImport } from '../../ports.js';
import { runChild, stepsIn } from './child.js';
import { script } from './script.js';

export interface Run {
  runtime: string;
  /** Absolute folders. */
  path: string[];
  modules: string[];
  /** For whatever they write. */
  folder: string;
  /** PATH. */
  search: string;
  /** For all modules together, in seconds. */
  limit: number;
  atExit(act: () => void): void;
}

/** More than this is no report. Bytes. */
const most = 1 << 22;

/** Null: no interpreter of that name, or one of another version. */
export async function runImports({ path, modules, ...run }: Run): Promise<FailedImport[] | null> {
  const input = JSON.stringify({ path, modules, limit: run.limit });
  const { said, how } = await runChild({ ...run, script, input, most });
  return failuresIn(said, run.runtime, modules, how);
}

/** `how` it ended is what is wrong with the module that it was at then; those behind it were not tried. */
function failuresIn(said: string, runtime: string, modules: string[], how: string): FailedImport[] | null {
  const steps = stepsIn(said).filter((words): words is string[] => words.every((word) => typeof word === 'string'));
  if (steps[0]?.[0] !== 'python' || steps[0][1] !== runtime) return null;
  const failures = steps.flatMap(([step, module = '', error = '']) => (step === 'failed' ? [{ module, error }] : []));
  const over = new Set(steps.flatMap(([step, module = '']) => (step === 'done' || step === 'failed' ? [module] : [])));
  const stuck = modules.find((module) => !over.has(module));
  return stuck === undefined ? failures : [...failures, { module: stuck, error: how }];
}
