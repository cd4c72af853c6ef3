import { isFailure } from '../errors.js';
import type { Policy } from '../policy/policy.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { RulesHere } from '../policy/select.js';
import type { Env } from '../ports.js';
import { loadConfig } from './load.js';
import { policyOf } from './policy-of.js';

type Found = RulesHere & Pick<Policy, 'file' | 'notices'>;

/** The rules that hold at HEAD. To ask for them is useful before there is a policy, and outside a repository. */
export async function rulesHere(env: Env, flags: { config?: string }): Promise<Found> {
  try {
    const head = await env.git.commit('HEAD');
    const tree = head === null ? env.git.index() : env.git.tree(head);
    return await policyOf(env, await loadConfig(env, flags, tree), { stage: 'all', tree });
  } catch (error) {
    if (!isFailure(error) || !['config-missing', 'not-a-repository'].includes(error.code)) throw error;
    return ownRules([]);
  }
}

/** The rules of this tool as they declare themselves, whatever a policy says. */
export function ownRules(notices: string[]): Found {
  return { declarations: { rules: {} }, kinds: ruleIndex, file: '.layerpolicyrc.json', notices };
}
