import { failure, isFailure } from '../errors.js';
import { sameList } from '../layer/layer-list.js';
import type { FunctionState, Functions } from '../ports.js';
import type { Attached, Standing } from './attached.js';
import { inTarget } from './step-name.js';

export function standsAt({ codeSha256, layers, status }: FunctionState, { code, layers: wanted }: Standing): boolean {
  return status === 'ready' && codeSha256 === code.sha256 && sameList(layers, wanted);
}

/** Brings a function from what the plan saw to its goal. Fails with `function-changed` where it runs anything else. */
export async function bring(functions: Functions, one: Attached, goal: Standing): Promise<void> {
  await unlessOvertaken(async () => {
    let state = await standing(functions, one, goal);
    if (state?.codeSha256 !== goal.code.sha256) {
      await functions.setCode(one.functionName, stored(functions, one, goal), state?.revision ?? null, one.fresh);
      state = await functions.settled(one.functionName);
    }
    if (!sameList(state.layers, goal.layers)) {
      await functions.setLayers(one.functionName, goal.layers, state.revision);
      await functions.settled(one.functionName);
    }
  });
}

/** Brings it back, layers first, looks whether it is, and says so; null where there was nothing to take back. */
export async function restore(functions: Functions, one: Attached, goal: Standing | null): Promise<string | null> {
  const { functionName, before } = one;
  const where = inTarget(functions.environment);
  const now = await functions.get(functionName);
  if (now === null) return null;
  if (before === null) return `${functionName} was not there before, and stays${where}`;
  if (standsAt(now, before)) return null;
  await unlessOvertaken(async () => {
    let state = await standing(functions, one, goal);
    if (state !== null && !sameList(state.layers, before.layers)) {
      await functions.setLayers(functionName, before.layers, state.revision);
      state = await functions.settled(functionName);
    }
    if (state !== null && state.codeSha256 !== before.code.sha256) {
      await functions.setCode(functionName, stored(functions, one, before), state.revision, one.fresh);
      await functions.settled(functionName);
    }
  });
  const after = await functions.settled(functionName);
  if (standsAt(after, before)) return `${functionName} runs what it ran before${where}`;
  const problem = 'it was brought back, and does not run what it ran before';
  throw failure('function-changed', { functionName, environment: functions.environment, problem });
}

/** The function at rest; each of code and layers is either as it was or as it is to be, or somebody else was here. */
async function standing(functions: Functions, one: Attached, goal: Standing | null): Promise<FunctionState | null> {
  const { functionName, before } = one;
  const { environment } = functions;
  const there = await functions.get(functionName);
  if (there === null) {
    if (before === null) return null;
    throw failure('function-absent', { functionName, environment });
  }
  const state = there.status === 'updating' ? await functions.settled(functionName) : there;
  const known = [before ?? { code: goal?.code, layers: [] }, goal].filter((one) => one !== null);
  const code = known.some((one) => one.code?.sha256 === state.codeSha256);
  const layers = known.some((one) => sameList(one.layers, state.layers));
  if (code && layers) return state;
  const problem = code
    ? `its layers are ${state.layers.join(', ') || 'none'}; they were ${before?.layers.join(', ') || 'none'}`
    : `its code is ${state.codeSha256.slice(0, 16)}; it was ${before?.code.sha256.slice(0, 16) ?? 'not there'}`;
  throw failure('function-changed', { functionName, environment, problem });
}

function stored({ environment }: Functions, { functionName }: Attached, { code }: Standing) {
  if (code.key !== null) return { key: code.key, sha256: code.sha256 };
  throw failure('code-unknown', { functionName, environment, sha256: code.sha256.slice(0, 16) });
}

/** A revision changes with anything about a function; as long as what we care for is as it was, we try again. */
export async function unlessOvertaken(act: () => Promise<void>): Promise<void> {
  for (let left = 2; ; left -= 1) {
    try {
      return await act();
    } catch (error) {
      const isOvertaken = isFailure(error) && ['function-changed', 'function-busy'].includes(error.code);
      if (!isOvertaken || left === 0) throw error;
    }
  }
}
