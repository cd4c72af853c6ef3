import { defineRule, manifestProblems, noOptions, pathspec } from 'layer-policy/rule';

const path = 'layer_management/active/inbox-core/manifest.json';

export default defineRule({
  id: 'manifest-schema',
  title: 'Manifests of active layers are complete, real and about their own layer',
  why: 'The manifest is what a rollback at night trusts: a placeholder or the ARN of another layer in it is an outage.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['policy', 'manifests'],
  options: noOptions,
  messages: {
    json: {
      message: 'not a JSON document this tool accepts: {what}',
      hint: 'Restore the recorded one: git checkout HEAD -- {spec}',
    },
    placeholder: {
      message: '{field} is a placeholder: "{what}"',
      hint: 'Release the layer, which writes the manifest: layer-policy release {layer} --env <env>; or remove it: git rm -- {spec}',
    },
    schema: { message: '{field} {what}', hint: 'The fields and their forms: layer-policy explain manifest-schema' },
    arn: {
      message: '{field} {what}',
      hint: 'Record what was really published: layer-policy release {layer} --env <env>, or restore: git checkout HEAD -- {spec}',
    },
  },
  examples: [
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
  ],
  *check({ policy, manifests }) {
    for (const manifest of manifests) {
      const { path, layer } = manifest;
      for (const { kind, field, line, what } of manifestProblems(manifest, policy)) {
        const shown = field === '' ? 'the manifest' : field.slice(1).replaceAll('/', '.');
        yield {
          message: kind,
          file: path,
          line,
          layer,
          about: `${field} ${kind === 'schema' ? what : ''}`,
          data: { field: shown, what, layer, spec: pathspec(path) },
        };
      }
    }
  },
});
