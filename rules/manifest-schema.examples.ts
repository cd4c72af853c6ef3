import type { ExamplesOf } from 'layer-policy/rule';
import type rule from './manifest-schema.js';

const path = 'layer_management/active/inbox-core/manifest.json';

export default [
  {
    name: 'no problem',
    given: { manifests: [{ path, layer: 'inbox-core', manifest: null, problems: [] }] },
    problems: [],
  },
  {
    name: 'never filled in',
    given: {
      manifests: [
        {
          path,
          layer: 'inbox-core',
          manifest: null,
          problems: [
            { kind: 'placeholder', field: '/git_sha', line: 4, what: 'TO_BE_UPDATED' },
            { kind: 'schema', field: '', line: 1, what: 'lacks "size_mb"' },
          ],
        },
      ],
    },
    problems: ['placeholder', 'schema'],
  },
  {
    name: 'half written',
    given: {
      manifests: [
        {
          path,
          layer: 'inbox-core',
          manifest: null,
          problems: [{ kind: 'json', field: '', line: 9, what: 'the end of the file where "," or "}" belongs' }],
        },
      ],
    },
    problems: ['json'],
  },
  {
    name: 'the ARN of another account',
    given: {
      manifests: [
        {
          path,
          layer: 'inbox-core',
          problems: [],
          manifest: {
            layer_name: 'acme-inbox-core-dev',
            version: '1.2.3',
            git_sha: '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10',
            build_date: '2026-01-31T10:30:00Z',
            size_mb: 0.08,
            aws_arn_dev: 'arn:aws:lambda:eu-west-3:999999999999:layer:acme-inbox-core-dev:42',
          },
        },
      ],
    },
    problems: ['arn'],
  },
] satisfies ExamplesOf<typeof rule>;
