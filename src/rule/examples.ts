import type { Declarations } from '../layer/declarations.js';
import { pathsOf } from '../layer/paths.js';
import type { Paths } from '../ports/paths.js';
import type { JudgedPath } from './facts.js';

/** The policy that examples stand on when they give none: one layer, one function, dev and stage. */
export const examplePolicy: Declarations = {
  requires: null,
  versionFile: 'VERSION',
  baseBranch: 'develop',
  maintenanceBranches: [],
  layers: {
    'inbox-core': {
      name: 'inbox-core',
      build: 'source',
      source: 'src_v2/inbox_core',
      versionKey: 'INBOX_CORE_VERSION',
      tag: 'inbox-core-v{version}',
      layerName: 'acme-inbox-core-{env}',
      runtimes: ['python3.11', 'python3.12'],
      architectures: ['x86_64'],
      natives: 'forbid',
      maxZipMB: 10,
    },
  },
  functions: {
    ingest: {
      name: 'ingest',
      source: 'src_v2/lambdas/ingest',
      versionKey: 'INGEST_VERSION',
      tag: 'ingest-v{version}',
      functionName: 'acme-ingest-{env}',
      layers: ['inbox-core'],
      maxZipMB: 1,
      handler: 'handler.lambda_handler',
      events: {},
      smoke: [],
    },
  },
  versioned: {},
  environments: {
    dev: { name: 'dev', target: 'aws', region: 'eu-west-3', account: '123456789012', bucket: 'acme-code-dev' },
    stage: { name: 'stage', target: 'aws', region: 'eu-west-3', account: '123456789012', bucket: 'acme-code-stage' },
    local: { name: 'local', target: 'local' },
  },
  archive: { prefix: 'layers/' },
  waivers: [],
  extends: [],
  plugins: [],
  rules: {},
  pluginRules: {},
};

/** Judged paths in short: plain files of the tree. */
export function judged(...paths: string[]): Paths<JudgedPath> {
  return pathsOf(paths.map((path) => ({ path, mode: '100644', commit: null })));
}
