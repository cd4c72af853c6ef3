import { type AliasMove, moveAlias, moveBack } from '../aliases.js';
import { standsAt } from '../bring.js';
import { calledAs } from '../called.js';
import { inTurns } from '../in-turns.js';
import type { Receipt, StepKind } from '../step.js';
import { stepName } from '../step-name.js';
import { goalOf } from './attach.js';

export interface MoveAlias {
  kind: 'move-alias';
  environment: string;
  moves: AliasMove[];
}

/**
 * Publishes a version of what functions were brought to, and has their aliases lead there, each in one act. Where an alias led
 * before is in the plan.
 */
export const moveAliases: StepKind<MoveAlias> = {
  name: ({ environment }) => stepName('move-alias', environment),
  describe({ environment, moves }) {
    const each = moves.map(({ one, alias, to }) => {
      const where = to === null ? 'a new version' : `version ${to}`;
      return `${calledAs(one.functionName, alias)} to ${where}`;
    });
    return `move aliases in ${environment}: ${each.join(', ')}`;
  },
  async probe({ environment, moves }, world) {
    const receipt: Receipt = {};
    for (const { one, alias } of moves) {
      const goal = goalOf(environment, one, world);
      const state = goal && (await world.at(environment).functions.get(one.functionName, alias));
      if (!state || !standsAt(state, goal)) return null;
      receipt[one.name] = state.version;
    }
    return receipt;
  },
  async act({ environment, moves }, world) {
    await inTurns(moves, async (move) => {
      const goal = goalOf(environment, move.one, world);
      if (goal !== null) await moveAlias(world.at(environment).functions, move, goal);
    });
  },
  confirm: (data, world) => moveAliases.probe(data, world),
  async undo({ environment, moves }, world) {
    const said = await inTurns(moves, (move) =>
      moveBack(world.at(environment).functions, move, goalOf(environment, move.one, world)),
    );
    return said.filter((words) => words !== null);
  },
};
