import { defineRule, type Facts, noOptions, pathspec } from 'layer-policy/rule';

const rise = (readme: string | null, rest: Partial<Facts['majors'][number]> = {}): Facts['majors'][number] => ({
  layer: 'inbox-core',
  key: 'INBOX_CORE_VERSION',
  readmePath: 'layer_management/active/inbox-core/README.md',
  now: { version: '2.0.0', readme },
  before: { version: '1.4.2', readme: 'a' },
  since: 'in 85bbcf0',
  ...rest,
});

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
  examples: [
    { name: 'a README that changed', given: { majors: [rise('b')] }, problems: [] },
    {
      name: 'a README that is new',
      given: { majors: [rise('b', { before: { version: '0.9.0', readme: null } })] },
      problems: [],
    },
    { name: 'the README of the version before', given: { majors: [rise('a')] }, problems: ['unchanged'] },
    { name: 'no README', given: { majors: [rise(null)] }, problems: ['missing'] },
  ],
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
