import { asRead, baseName, defineRule, globList, globMatcher, pathspec } from 'layer-policy/rule';

const archive = 'layer_management/archive/';

export default defineRule({
  id: 'no-stray-zips',
  title: 'Zips are committed in the archive and nowhere else',
  why: 'A zip cannot be reviewed or merged, every clone carries it for ever, and sooner or later somebody deploys it.',
  severity: 'warning',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['paths'],
  options: {
    schema: { allow: globList('zips that may stay') },
    defaults: { allow: [] as string[] },
    stricter: { allow: 'fewer' },
  },
  messages: {
    stray: {
      message: 'a zip outside {archive}',
      hint: 'Take it out of the commit, keeping the file: git rm --cached -- {spec}, or name it in "allow" of this rule',
    },
  },
  *check({ paths }, { allow }) {
    const isAllowed = globMatcher(allow);
    for (const { path, pathBytes, mode, commit } of paths.endingIn('.zip')) {
      const read = asRead(path);
      // A link is no zip, and a zip under .build/ is the word of no-build-commits at this very place.
      if (!mode.startsWith('100') || read.startsWith('.build/')) continue;
      if (path.startsWith(archive) || isAllowed(path)) continue;
      yield {
        message: 'stray',
        file: path,
        pathBytes,
        commit,
        data: { name: baseName(path), archive, spec: pathspec(path, pathBytes) },
      };
    }
  },
});
