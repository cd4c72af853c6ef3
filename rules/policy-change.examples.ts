import type { ExamplesOf, Weakened } from 'layer-policy/rule';
import type rule from './policy-change.js';

const weakened = (more: Partial<Weakened>): Weakened => ({
  ...{ file: '.layerpolicyrc.json', line: null, kind: 'weaker', what: 'rules.archive-age', was: 'error', is: 'off' },
  ...more,
});

export default [
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
] satisfies ExamplesOf<typeof rule>;
