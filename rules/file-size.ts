import { defineRule, globList, globMatcher, pathspec, type SizedPath } from 'layer-policy/rule';

const sized = (path: string, bytes: number): SizedPath => ({ path, mode: '100644', commit: null, bytes });

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
  examples: [
    {
      name: 'the limit, inclusive',
      given: { sizes: [sized('data/a.csv', 102_400)] },
      options: { maxKiB: 100 },
      problems: [],
    },
    {
      name: 'one byte more',
      given: { sizes: [sized('data/a.csv', 102_401)] },
      options: { maxKiB: 100 },
      problems: ['tooLarge'],
    },
    {
      name: 'a limit for some files',
      given: { sizes: [sized('data/a.csv', 102_401), sized('data/fixtures/b.csv', 102_401), sized('c.png', 102_401)] },
      options: { maxKiB: 100, paths: ['data/**'], except: ['data/fixtures/**'] },
      problems: ['tooLarge'],
    },
  ],
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
