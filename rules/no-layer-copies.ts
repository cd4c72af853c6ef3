import { defineRule, noOptions, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'no-layer-copies',
  title: 'A layer has one source',
  why: 'Of two copies somebody mends the one that is not built; what a build needs, it takes from the source, and what was is in history.',
  severity: 'error',
  stages: ['ci', 'release', 'all'],
  facts: ['copies'],
  options: noOptions,
  messages: {
    copy: {
      message: 'a copy of {source}, the source of {layer}: {shared} of its {all} files',
      hint: 'Keep one: git rm -r -q --cached -- {spec}, and delete it; git log -- {spec} still shows it',
    },
  },
  *check({ copies }) {
    for (const { folder, layer, source, shared, all } of copies) {
      yield {
        message: 'copy',
        file: folder,
        layer,
        about: source,
        data: { source, layer, shared, all, spec: pathspec(folder) },
      };
    }
  },
});
