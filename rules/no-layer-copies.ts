import { defineRule, type Facts, noOptions, pathspec } from 'layer-policy/rule';

const copy = (folder: string, shared: number): Facts['copies'][number] => ({
  folder,
  layer: 'inbox-core',
  source: 'src_v2/inbox_core',
  shared,
  all: 12,
});

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
  examples: [
    { name: 'one source', given: { copies: [] }, problems: [] },
    {
      name: 'a build and a backup that were committed',
      given: { copies: [copy('build/lambda/inbox_core', 12), copy('backup/v25/inbox_core', 8)] },
      problems: ['copy', 'copy'],
    },
  ],
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
