import type { ExamplesOf, FunctionImport } from 'layer-policy/rule';
import type rule from './import-closure.js';

const ingest = (module: string, more: Partial<FunctionImport> = {}): { functionImports: FunctionImport[] } => ({
  functionImports: [
    {
      name: 'ingest',
      layers: ['inbox-core', 'common-deps'],
      path: 'src_v2/lambdas/ingest/handler.py',
      line: 3,
      module,
      kind: 'nowhere',
      runtimes: ['python3.11', 'python3.12'],
      of: null,
      ...more,
    },
  ],
});

export default [
  { name: 'everything is there', given: { functionImports: [] }, problems: [] },
  { name: 'a distribution that no layer asks for', given: ingest('requests_oauthlib'), problems: ['nowhere'] },
  {
    name: 'a layer of somebody else has it',
    given: ingest('aws_lambda_powertools.logging'),
    options: { provided: ['aws_lambda_powertools'] },
    problems: [],
  },
  {
    name: 'a module that left the standard library',
    given: ingest('cgi', { kind: 'version', runtimes: ['python3.13'] }),
    problems: ['version'],
  },
  {
    name: 'a name that the layer does not have',
    given: ingest('inbox_core.feeds', { kind: 'absent', of: 'inbox-core' }),
    problems: ['absent'],
  },
  {
    name: 'a handler that takes its folder for a package',
    given: ingest('.window', { kind: 'relative' }),
    problems: ['relative'],
  },
] satisfies ExamplesOf<typeof rule>;
