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
  *check({ absent }, { paths, when, because }) {
    if (when.length > 0 && when.every((glob) => absent.includes(glob))) return;
    for (const path of paths) {
      if (!absent.includes(path)) continue;
      const data = { path, because: because === '' ? '' : `: ${because}`, spec: pathspec(path) };
      yield { message: /[*?[{]/.test(path) ? 'unmatched' : 'absent', file: path, data };
    }
  },
});
