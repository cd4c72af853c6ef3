import { defineRule, documentsAsked, globList, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'json-schema',
  title: 'JSON documents keep the schema the policy gives them',
  why: 'A document that breaks its schema fails where it is read, which is after the release.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['documents'],
  kind: ['files', 'schema'],
  options: {
    schema: {
      files: globList('the documents'),
      schema: {
        type: ['string', 'object'],
        maxLength: 1024,
        description: 'the path of a JSON Schema in the repository (drafts 6 to 2020-12), or the schema itself',
      },
    },
    defaults: { files: [] as string[], schema: '' as string | object },
    stricter: { files: 'more' },
  },
  messages: {
    breaks: {
      message: '{place} {what}',
      hint: 'Correct it as {schema} has it, then: git add -- {spec}',
    },
    unreadable: {
      message: 'not a JSON document this tool accepts: {what}',
      hint: 'Correct it (strict JSON: no comments, no comma at the end, no key twice), then: git add -- {spec}',
    },
    schema: {
      message: 'cannot judge as a schema: {place} {what}',
      hint: 'Correct the schema, then: git add -- {spec}. What is taken: layer-policy explain json-schema',
    },
    tooMuch: {
      message: '{schema} asks for more steps on this document than are taken',
      hint: 'Simplify the schema: references to schemas that refer on multiply the work',
    },
  },
  *check({ documents }, { files, schema }) {
    const mine = documentsAsked({ files, schema });
    for (const { asked: theirs, kind, path, pathBytes, line, field, what } of documents) {
      if (theirs !== mine) continue;
      const whole = kind === 'schema' ? 'it' : 'the document';
      yield {
        message: kind,
        file: path,
        pathBytes,
        line,
        about: `${field} ${what}`,
        data: {
          place: field === '' ? whole : field.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~'),
          what,
          schema: typeof schema === 'string' ? schema : 'the schema in the policy',
          spec: pathspec(path, pathBytes),
        },
      };
    }
  },
});
