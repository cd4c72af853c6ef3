import { defineRule, noOptions, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'readme-on-major',
  title: 'A major version says in its README what changed',
  why: 'A major version breaks the functions that use the layer; whoever raises it knows how to mend them, and the README is where they look.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['majors'],
  options: noOptions,
  messages: {
    unchanged: {
      message: '{layer} rises from {before} to {version}, and its README.md is as it was {since}',
      hint: 'Say in it what changes for the functions that use {layer}, then: git add -- {spec}',
    },
    missing: {
      message: '{layer} rises from {before} to {version}, and has no README.md',
      hint: 'Say in it what {layer} is for and what changes for the functions that use it: {path}, then: git add -- {spec}',
    },
  },
  *check({ majors }) {
    for (const { layer, key, readmePath: path, now, before, since } of majors) {
      const message = now.readme === null ? 'missing' : now.readme === before.readme ? 'unchanged' : null;
      if (message === null) continue;
      // A baseline that knows this version must not know the next one.
      const about = `${key} ${now.version}`;
      yield {
        message,
        file: path,
        layer,
        about,
        data: { layer, path, spec: pathspec(path), since, before: before.version, version: now.version },
      };
    }
  },
});
