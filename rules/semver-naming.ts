import { asRead, baseName, declaredNames, defineRule, noOptions, parseArtefactFile, pathspec } from 'layer-policy/rule';

const governed = ['layer_management/', '.build/'];

export default defineRule({
  id: 'semver-naming',
  title: 'Artefacts are named {declared name}-{MAJOR.MINOR.PATCH}.zip',
  why: 'A zip called v6, final or date-fix cannot be traced to a commit, compared, or rolled back to.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['policy', 'paths'],
  options: noOptions,
  messages: {
    misnamed: {
      message: 'not named {wanted}',
      hint: 'Name it by the version it holds, or take it out: git rm --cached -- {spec}',
    },
  },
  *check({ policy, paths }) {
    const names = declaredNames(policy);
    const beginnings = names.map((name) => name.toLowerCase());
    for (const { path, pathBytes, commit } of paths.endingIn('.zip')) {
      const name = baseName(path);
      const read = asRead(name);
      const isGoverned = governed.some((folder) => asRead(path).startsWith(folder));
      if (!isGoverned && !beginnings.some((beginning) => read.startsWith(beginning))) continue;
      if (parseArtefactFile(name, names) !== null) continue;
      const meant = names.find((declared) => read.startsWith(declared.toLowerCase()));
      yield {
        message: 'misnamed',
        file: path,
        pathBytes,
        commit,
        layer: meant ?? null,
        data: {
          name,
          wanted: `${meant ?? '{declared name}'}-{MAJOR.MINOR.PATCH}.zip`,
          spec: pathspec(path, pathBytes),
        },
      };
    }
  },
});
