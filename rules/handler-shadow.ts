import { defineRule, type FunctionModules, noOptions, pathspec } from 'layer-policy/rule';

const source = 'src_v2/lambdas/ingest';
const ingest = (...carries: FunctionModules['carries']): FunctionModules => ({
  name: 'ingest',
  carries: [{ kind: 'module', name: 'handler', path: `${source}/handler.py` }, ...carries],
  provided: [
    { kind: 'module', name: 'inbox_core', layer: 'inbox-core' },
    { kind: 'distribution', name: 'pyyaml', layer: 'common-deps' },
    { kind: 'module', name: 'yaml', layer: 'common-deps' },
  ],
});

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
  examples: [
    {
      name: 'a handler and a module of its own',
      given: { functionModules: [ingest({ kind: 'module', name: 'window', path: `${source}/window.py` })] },
      problems: [],
    },
    {
      name: 'a copy of the layer',
      given: { functionModules: [ingest({ kind: 'module', name: 'inbox_core', path: `${source}/inbox_core` })] },
      problems: ['shadowed'],
    },
    {
      name: 'what pip install --target left there',
      given: {
        functionModules: [
          ingest(
            { kind: 'module', name: 'yaml', path: `${source}/yaml` },
            { kind: 'distribution', name: 'pyyaml', path: `${source}/PyYAML-6.0.3.dist-info` },
          ),
        ],
      },
      problems: ['shadowed', 'installed'],
    },
  ],
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
