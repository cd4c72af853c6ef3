import { defineRule, noOptions } from 'layer-policy/rule';

const hint =
  'Take it back. Or land it as the owners of the policy: they approve it and merge in spite of this; a push passes with LAYER_POLICY_SKIP=policy-change git push. The policy that is merged already may set this rule to "warning"';

export default defineRule({
  id: 'policy-change',
  title: 'A change does not weaken the policy it is judged by',
  why: 'A policy that every change can loosen for itself holds nobody, so the one that is merged already says what may change in it.',
  severity: 'error',
  stages: ['pre-push', 'ci'],
  setBy: 'base',
  firm: true,
  facts: ['weakenings'],
  options: noOptions,
  messages: {
    weaker: { message: '{what} was {was}, is {is}', hint },
    unclear: { message: '{what} was {was}, is {is}; nobody has said which way is stricter, so it counts', hint },
    gone: { message: '{what} is gone', hint },
    escape: { message: '{what} may now fail, or not run, without consequence: {is}', hint },
  },
  *check({ weakenings }) {
    for (const { kind, file, line, what, was, is } of weakenings) {
      // What it is now belongs to it: who waives one step of a slope waives no other.
      yield { message: kind, file, line, about: `${what} ${is}`, data: { what, was, is } };
    }
  },
});
