import type { Declarations } from '../../layer/declarations.js';
import type { FactId, Facts } from '../../rule/facts.js';
import type { Look } from '../subject.js';

/** How a fact is learnt. One file a fact. */
export interface Fact<Id extends FactId> {
  /**
   * The files the fact is made from. Where a change is judged and touches none of them, nothing is collected and rules
   * see nothing of it. Absent: it is always collected.
   */
  dependsOn?(path: string, policy: Declarations): boolean;
  /**
   * It is about base and tree, so a merge, which moves the base, concerns it whatever files the merge itself changes: it
   * is asked of all that the branch holds, as CI will.
   */
  comparesBase?: true;
  learn(look: Look): Promise<Facts[Id]>;
}

export type FactCatalogue = { [Id in FactId]: Fact<Id> };
