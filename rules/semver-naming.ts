import {
  asRead,
  baseName,
  declaredNames,
  defineRule,
  judged,
  noOptions,
  parseArtefactFile,
  pathspec,
} from 'layer-policy/rule';

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
  examples: [
    {
      name: 'a version in its name',
      given: { paths: judged('layer_management/archive/2026-01/inbox-core-1.2.3.zip', 'docs/slides.zip') },
      problems: [],
    },
    {
      name: 'names that say nothing',
      given: {
        paths: judged(
          'layer_management/archive/2026-01/layer_v6.zip',
          'backup/inbox-core-date-fix.zip',
          'backup/inbox-core-1.2.\uff13.zip',
        ),
      },
      problems: ['misnamed', 'misnamed', 'misnamed'],
    },
    {
      name: 'a fourth number, a pre-release, another name',
      given: {
        paths: judged(
          'inbox-core-1.2.3.4.zip',
          '.build/layers/inbox-core-1.2.3-rc.1.zip',
          '.build/layers/other-1.0.0.zip',
        ),
      },
      problems: ['misnamed', 'misnamed', 'misnamed'],
    },
  ],
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
