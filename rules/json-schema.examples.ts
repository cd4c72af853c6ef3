import { type DocumentProblem, documentsAsked, type ExamplesOf } from 'layer-policy/rule';
import type rule from './json-schema.js';

const asked = { files: ['events/*.json'], schema: 'schemas/event.json' };
const problem = (kind: DocumentProblem['kind'], path: string, field: string, what: string): DocumentProblem => ({
  asked: documentsAsked(asked),
  kind,
  path,
  line: 3,
  field,
  what,
});

export default [
  { name: 'all as it should be', given: { documents: [] }, options: asked, problems: [] },
  {
    name: 'a key that was misspelled, and half a document',
    given: {
      documents: [
        problem('breaks', 'events/a.json', '/sorce', 'is not a key that belongs here'),
        problem('unreadable', 'events/b.json', '', 'the end of the file where "," or "}" belongs (column 1)'),
      ],
    },
    options: asked,
    problems: ['breaks', 'unreadable'],
  },
  {
    name: 'a schema that is none',
    given: {
      documents: [
        problem(
          'schema',
          'schemas/event.json',
          '/requierd',
          'is no keyword that is taken here; did you mean "required"?',
        ),
      ],
    },
    options: asked,
    problems: ['schema'],
  },
  {
    name: 'a schema made to keep the machine busy',
    given: { documents: [problem('tooMuch', 'events/a.json', '', '')] },
    options: asked,
    problems: ['tooMuch'],
  },
] satisfies ExamplesOf<typeof rule>;
