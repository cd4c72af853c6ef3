import { defineRule, globList, globMatcher, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'file-size',
  title: 'Files are no larger than the policy allows',
  why: 'Every clone carries every version of a large file for ever; git was made for sources.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['sizes', 'historySizes'],
  skip: ({ history }) => (history ? ['sizes'] : ['historySizes']),
  kind: ['maxKiB'],
  options: {
    schema: {
      maxKiB: {
        type: 'number',
        minimum: 0,
        maximum: 1e9,
        description: 'the most a file may have, in KiB of 1,024 bytes',
      },
      paths: globList('the files it is about; none: every file'),
      except: globList('what of them may be larger'),
      history: { type: 'boolean', description: 'every commit is judged, also for what a later one takes out again' },
    },
    defaults: { maxKiB: 0, paths: [] as string[], except: [] as string[], history: false },
    stricter: { maxKiB: 'lower', except: 'fewer', history: 'higher' },
  },
  messages: {
    tooLarge: {
      message: '{size} KiB; the limit is {maxKiB} KiB',
      hint: 'Keep it elsewhere (a bucket, Git LFS), and take it out of the commit, keeping the file: git rm --cached -- {spec}',
    },
  },
  *check({ sizes, historySizes }, { maxKiB, paths, except }) {
    const isMeant = paths.length === 0 ? () => true : globMatcher(paths);
    const isExcepted = globMatcher(except);
    for (const { path, pathBytes, commit, bytes } of [...sizes, ...historySizes]) {
      if (bytes <= maxKiB * 1024 || !isMeant(path) || isExcepted(path)) continue;
      // Rounded up: what is said of a file beyond the limit must not read as the limit.
      const size = Math.ceil((bytes / 1024) * 10) / 10;
      yield {
        message: 'tooLarge',
        file: path,
        pathBytes,
        commit,
        data: { size, maxKiB, spec: pathspec(path, pathBytes) },
      };
    }
  },
});
