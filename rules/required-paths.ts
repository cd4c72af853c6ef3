import { defineRule, globList, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'required-paths',
  title: 'What the policy asks for is there',
  why: 'The policy of this repository asks for these paths.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['absent'],
  kind: ['paths'],
  options: {
    schema: {
      paths: globList('each must lead to a file, or to a folder by its very name'),
      when: globList('asked for only where one of these is there'),
      because: { type: 'string', maxLength: 300, description: 'the reason, told with every finding' },
    },
    defaults: { paths: [] as string[], when: [] as string[], because: '' },
    stricter: { paths: 'more', because: 'free' },
  },
  messages: {
    absent: {
      message: 'there is nothing at {path}, which this repository must have{because}',
      hint: 'Where it was there before: git checkout HEAD -- {spec}, else write it, then: git add -f -- {spec}',
    },
    unmatched: {
      message: 'nothing fits {path}, and something must{because}',
      hint: 'Commit a file that does; * and ? stand for parts of a name, ** for any folders',
    },
  },
  examples: [
    { name: 'there', given: { absent: ['docs/other.md'] }, options: { paths: ['LICENSE'] }, problems: [] },
    {
      name: 'not asked for, since there is no Terraform',
      given: { absent: ['infra/**/*.tf', 'infra/README.md'] },
      options: { paths: ['infra/README.md'], when: ['infra/**/*.tf'] },
      problems: [],
    },
    {
      name: 'nobody is responsible',
      given: { absent: ['CODEOWNERS'] },
      options: { paths: ['CODEOWNERS'], because: 'reviews are asked for by it' },
      problems: ['absent'],
    },
    {
      name: 'no test at all',
      given: { absent: ['tests/**/test_*.py'] },
      options: { paths: ['tests/**/test_*.py'] },
      problems: ['unmatched'],
    },
  ],
  *check({ absent }, { paths, when, because }) {
    if (when.length > 0 && when.every((glob) => absent.includes(glob))) return;
    for (const path of paths) {
      if (!absent.includes(path)) continue;
      const data = { path, because: because === '' ? '' : `: ${because}`, spec: pathspec(path) };
      yield { message: /[*?[{]/.test(path) ? 'unmatched' : 'absent', file: path, data };
    }
  },
});
