import type { ExamplesOf, FunctionModules } from 'layer-policy/rule';
import type rule from './handler-shadow.js';

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

export default [
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
] satisfies ExamplesOf<typeof rule>;
