import { failure } from '../errors.js';
import type { Functions } from '../ports.js';
import type { Attached, Standing } from './attached.js';
import { standsAt, unlessOvertaken } from './bring.js';
import { calledAs } from './called.js';
import { inTarget } from './step-name.js';

/** An alias, and what it is to lead to. */
export interface AliasMove {
  one: Attached;
  alias: string;
  /** The version it leads to before; null: there is no such alias. */
  before: string | null;
  /** The version that ran this once already; null: one has to be published. */
  to: string | null;
}

/** Has it lead to a version that runs the goal. Fails with `function-changed` where somebody else moved it. */
export async function moveAlias(functions: Functions, move: AliasMove, goal: Standing): Promise<void> {
  const { functionName } = move.one;
  await unlessOvertaken(async () => {
    const { isMoved, revision } = await look(functions, move, goal);
    if (isMoved) return;
    const version = move.to ?? (await published(functions, functionName, goal));
    // A version may need its time as well.
    const state = await functions.settled(functionName, version);
    if (!standsAt(state, goal)) throw changed(functions, move, `version ${version} does not run what it should`);
    await functions.setAlias(functionName, move.alias, version, revision);
  });
}

/** Has it lead where it led before, and says so; null where there was nothing to take back. */
export async function moveBack(functions: Functions, move: AliasMove, goal: Standing | null): Promise<string | null> {
  const { alias, before } = move;
  const { functionName } = move.one;
  const called = calledAs(functionName, alias);
  const where = inTarget(functions.environment);
  const isBack = async () => ((await functions.alias(functionName, alias))?.version ?? null) === before;
  if (await isBack()) return null;
  if (before === null) return `${called} was not there before, and stays${where}`;
  await unlessOvertaken(async () => {
    if (await isBack()) return;
    const { revision } = await look(functions, move, goal);
    await functions.setAlias(functionName, alias, before, revision);
  });
  return `${called} leads to version ${before} again${where}`;
}

async function published(functions: Functions, functionName: string, goal: Standing): Promise<string> {
  const latest = await functions.settled(functionName);
  const { environment } = functions;
  const problem = 'it does not run what was just attached';
  if (!standsAt(latest, goal)) throw failure('function-changed', { functionName, environment, problem });
  return functions.publish(functionName, { sha256: goal.code.sha256, revision: latest.revision });
}

/** It leads where it did before, or to the goal; anywhere else somebody else has moved it. */
async function look(functions: Functions, move: AliasMove, goal: Standing | null) {
  const { alias, before, one } = move;
  const there = await functions.alias(one.functionName, alias);
  const revision = there?.revision ?? null;
  if ((there?.version ?? null) === before) return { isMoved: false, revision };
  const state = there && (await functions.get(one.functionName, there.version));
  if (state && goal !== null && standsAt(state, goal)) return { isMoved: true, revision };
  throw changed(functions, move, `it leads to version ${there?.version ?? 'none'}, and led to ${before ?? 'none'}`);
}

function changed({ environment }: Functions, { one, alias }: AliasMove, problem: string) {
  return failure('function-changed', { functionName: calledAs(one.functionName, alias), environment, problem });
}
