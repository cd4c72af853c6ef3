import type { ShownRule } from '../../rule/define.js';
import { problemFault } from '../../rule/fault.js';
import { frozen } from '../../rule/frozen.js';

/** A rule that never ends its list would take all memory. */
const mostProblems = 250_000;

/**
 * A rule of which no compiler and no test of ours has seen what it does: it cannot change the facts, which other rules
 * see as well, and what it yields is a problem or a fault of the rule. Faults are thrown where the engine expects them.
 */
export function guarded(rule: ShownRule): ShownRule {
  let skipFault: unknown = null;
  return {
    ...rule,
    skip(options) {
      try {
        return [...(rule.skip?.(options) ?? [])];
      } catch (error) {
        skipFault = error;
        return [];
      }
    },
    *check(facts, options) {
      if (skipFault !== null) throw skipFault;
      let yielded = 0;
      for (const problem of rule.check(unchangeable(facts), frozen(options))) {
        const fault = problemFault(rule, problem);
        if (fault !== null) throw new Error(`it ${fault}`);
        if (++yielded > mostProblems) throw new Error(`it yielded more than ${mostProblems} problems`);
        yield problem;
      }
    },
  };
}

/** Each by itself: a frozen list of paths is another than the one that is shared. */
function unchangeable<Facts extends object>(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, frozen(value)])) as Facts;
}
