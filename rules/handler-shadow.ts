import { defineRule, noOptions, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'handler-shadow',
  title: 'A function leaves to its layers what they provide',
  why: 'Lambda looks into the function before it looks into its layers, so a copy there silently stays as it is whatever layer is released.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['functionModules'],
  options: noOptions,
  messages: {
    shadowed: {
      message: '{name} carries its own "{module}", so it never imports that of its layer {by}',
      hint: 'Take it out, keeping the file: git rm -r --cached -- {spec}',
    },
    installed: {
      message: '{name} carries an installed "{module}", which its layer {by} provides',
      hint: 'Take it out, keeping the file: git rm -r --cached -- {spec}',
    },
  },
  *check({ functionModules }) {
    for (const { name, carries, provided } of functionModules) {
      for (const { kind, name: module, path } of carries) {
        const by = provided.find((one) => one.kind === kind && one.name === module)?.layer;
        if (by === undefined) continue;
        yield {
          message: kind === 'module' ? 'shadowed' : 'installed',
          file: path,
          layer: name,
          data: { name, module, by, spec: pathspec(path) },
        };
      }
    }
  },
});
