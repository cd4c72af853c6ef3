import { sameList, withLayers } from '../../layer/layer-list.js';
import type { FunctionState } from '../../ports.js';
import type { Attached, Standing } from '../attached.js';
import { bring, restore, standsAt } from '../bring.js';
import { inTurns } from '../in-turns.js';
import type { Receipt, StepKind, World } from '../step.js';
import { stepName } from '../step-name.js';

export interface Attach {
  kind: 'attach';
  environment: string;
  functions: Attached[];
}

/**
 * Brings functions to new code and new layer versions: code first, then layers, each from what the plan saw. What they ran
 * before is in the plan, so it is on disk before the first change, and a later run goes back to it and not to what an
 * interrupted one left.
 */
export const attach: StepKind<Attach> = {
  name: ({ environment }) => stepName('attach', environment),
  describe: ({ environment, functions }) => `bring in ${environment}: ${functions.map(briefly).join(', ')}`,
  async probe({ environment, functions }, world) {
    const receipt: Receipt = {};
    for (const one of functions) {
      const goal = goalOf(environment, one, world);
      const state = goal && (await world.at(environment).functions.get(one.functionName));
      if (!state || !standsAt(state, goal)) return null;
      receipt[one.name] = state.arn;
    }
    return receipt;
  },
  async act({ environment, functions }, world) {
    const bringOne = async (one: Attached) => {
      const goal = goalOf(environment, one, world);
      if (goal !== null) await bring(world.at(environment).functions, one, goal);
    };
    const of = functions.length;
    await inTurns(functions, bringOne, { ended: (done) => world.moved({ done, of, unit: 'functions' }) });
  },
  confirm: (data, world) => attach.probe(data, world),
  async undo({ environment, functions }, world) {
    const said = await inTurns(functions, (one) =>
      restore(world.at(environment).functions, one, goalOf(environment, one, world)),
    );
    return said.filter((words) => words !== null);
  },
};

function briefly({ functionName, code, layers }: Attached): string {
  const what = [...(code === null ? [] : ['code']), ...layers.map(({ name }) => name)];
  return `${functionName} (${what.join(', ')})`;
}

/** Null as long as a layer of it is not published. */
export function goalOf(environment: string, { before, code, layers }: Attached, { receipts }: World): Standing | null {
  const arns = layers.map(({ name, arn }) => arn ?? receipts.get(stepName('publish-version', environment, name))?.arn);
  if (!arns.every((arn) => typeof arn === 'string')) return null;
  const wanted = withLayers(before?.layers ?? [], arns);
  const standing = code ?? before?.code;
  return standing === undefined ? null : { code: standing, layers: wanted };
}

/** Whether a function runs already what it is to run. */
export function isAttached(one: Attached, state: FunctionState | null): boolean {
  if (state === null || one.before === null || one.layers.some(({ arn }) => arn === null)) return false;
  const arns = one.layers.map(({ arn }) => String(arn));
  return (
    (one.code?.sha256 ?? state.codeSha256) === state.codeSha256 &&
    sameList(state.layers, withLayers(state.layers, arns))
  );
}
