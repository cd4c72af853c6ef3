import { defineRule, manifestProblems, noOptions, pathspec } from 'layer-policy/rule';

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
  *check({ policy, manifests }) {
    for (const manifest of manifests) {
      const { path, layer } = manifest;
      for (const { kind, field, line, what } of manifestProblems(manifest, policy)) {
        const keys = field.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
        const shown = field === '' ? 'the manifest' : keys;
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
