import { baseName, defineRule, globList, globMatcher, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'forbidden-paths',
  title: 'What the policy rules out is not committed',
  why: 'The policy of this repository rules these paths out.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['tipPaths', 'paths'],
  skip: ({ history }) => (history ? ['tipPaths'] : ['paths']),
  kind: ['paths'],
  options: {
    schema: {
      paths: globList('what is ruled out'),
      except: globList('what of it may be committed all the same'),
      because: { type: 'string', maxLength: 300, description: 'the reason, told with every finding' },
      history: { type: 'boolean', description: 'every commit is judged, also for what a later one takes out again' },
    },
    defaults: { paths: [] as string[], except: [] as string[], because: '', history: false },
    stricter: { paths: 'more', except: 'fewer', because: 'free', history: 'higher' },
  },
  messages: {
    forbidden: {
      message: '"{name}" is ruled out by {glob}{because}',
      hint: 'Take it out of the commit, keeping the file: git rm --cached -- {spec}',
      fixable: true,
    },
  },
  *check({ tipPaths, paths: historyPaths }, { paths, except, because }) {
    const isRuledOut = globMatcher(paths);
    const isExcepted = globMatcher(except);
    for (const found of [tipPaths, historyPaths]) {
      for (const { path, pathBytes, commit } of found) {
        if (!isRuledOut(path) || isExcepted(path)) continue;
        yield {
          message: 'forbidden',
          file: path,
          pathBytes,
          commit,
          fix: { kind: 'untrack' },
          data: {
            name: baseName(path),
            glob: paths.find((glob) => globMatcher([glob])(path)) ?? '',
            because: because === '' ? '' : `: ${because}`,
            spec: pathspec(path, pathBytes),
          },
        };
      }
    }
  },
});
