import { defineRule, noOptions, type Weakened } from 'layer-policy/rule';

const hint =
  'Take it back. Or land it as the owners of the policy: they approve it and merge in spite of this; a push passes with LAYER_POLICY_SKIP=policy-change git push. The policy that is merged already may set this rule to "warning"';

const weakened = (more: Partial<Weakened>): Weakened => ({
  ...{ file: '.layerpolicyrc.json', line: null, kind: 'weaker', what: 'rules.archive-age', was: 'error', is: 'off' },
  ...more,
});

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
  examples: [
    { name: 'a policy that is as strict, or stricter', given: { weakenings: [] }, problems: [] },
    {
      name: 'a rule that is switched off, a limit that is raised, a waiver',
      given: {
        weakenings: [
          weakened({}),
          weakened({ what: 'layers.inbox-core.maxZipMB', was: '10', is: '50' }),
          weakened({ what: 'waivers: no-root-arn for **', was: 'nothing', is: 'waived until 2026-12-31' }),
        ],
      },
      problems: ['weaker', 'weaker', 'weaker'],
    },
    {
      name: 'a setting that has no direction',
      given: {
        weakenings: [weakened({ kind: 'unclear', what: 'rules.version-bump.options.per', was: 'base', is: 'commit' })],
      },
      problems: ['unclear'],
    },
    {
      name: 'a CI file that no longer runs the check, or does not mind its answer',
      given: {
        weakenings: [
          weakened({
            kind: 'gone',
            file: '.gitlab-ci.yml',
            what: 'layer-policy check',
            was: 'layer-policy check',
            is: 'nothing',
          }),
          weakened({
            kind: 'escape',
            file: '.github/workflows/policy.yml',
            line: 9,
            what: 'layer-policy check',
            was: 'nothing',
            is: '|| true',
          }),
        ],
      },
      problems: ['gone', 'escape'],
    },
  ],
  *check({ weakenings }) {
    for (const { kind, file, line, what, was, is } of weakenings) {
      // What it is now belongs to it: who waives one step of a slope waives no other.
      yield { message: kind, file, line, about: `${what} ${is}`, data: { what, was, is } };
    }
  },
});
