import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story, symlink } from '../../kit/memory-repo.js';

const rules = (schema: unknown = 'schemas/event.json', files = ['events/**/*.json'], more: object = {}) =>
  policyFile({ rules: { 'json-schema': ['error', { files, schema }], ...more } });
const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const started = (files: Story = {}) =>
  memoryRepo().commit({
    ...wellKept,
    ...rules(),
    'schemas/event.json': JSON.stringify(schema),
    'events/a.json': '{ "id": 1 }\n',
    ...files,
  });

type Stage = 'all' | 'ci' | 'pre-commit';
async function told(story: MemoryRepo, stage: Stage = 'all') {
  const { findings } = await checked(story, { stage });
  return findings
    .filter(({ rule }) => rule === 'json-schema')
    .map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe('documents that a schema is for', () => {
  const changes: [what: string, change: Story, says: string[]][] = [
    ['that keep it', { 'events/b.json': '{ "id": 2 }' }, []],
    ['that break it', { 'events/b.json': '{\n  "id": "x"\n}' }, ['events/b.json:2 id must be integer']],
    ['that lack something', { 'events/x/b.json': '{}' }, ['events/x/b.json:1 the document lacks "id"']],
    ['that are no JSON', { 'events/b.json': '{ id: 1 }' }, ['events/b.json:1 not a JSON document this tool accepts: ']],
    [
      'that are too large',
      { 'events/b.json': `{}${' '.repeat(1024 * 1024)}` },
      ['events/b.json:null not a JSON document this tool accepts: it is larger than 1 MiB'],
    ],
    ['that are links', { 'events/b.json': symlink('a.json') }, []],
    ['that it is not for', { 'other/b.json': '{}', 'events/b.txt': '{}' }, []],
  ];
  it.each(changes)('%s', async (_, change, says) => {
    const short = (found: string[]) => found.map((one, i) => one.slice(0, says[i]?.length));
    expect(short(await told(started(change)))).toEqual(says);
    const story = started().branch('feature').stage(change);
    expect(short(await told(story, 'pre-commit'))).toEqual(says);
    expect(short(await told(story.commit(), 'ci'))).toEqual(says);
  });

  it('are judged again where the schema changes, or the policy', async () => {
    const story = started().branch('feature');
    expect(await told(story.stage({ 'docs/x': '' }), 'pre-commit')).toEqual([]);
    const strict = JSON.stringify({ ...schema, required: ['id', 'name'] });
    expect(await told(story.stage({ 'schemas/event.json': strict }), 'pre-commit')).toEqual([
      'events/a.json:1 the document lacks "name"',
    ]);
    expect(
      await told(
        story.commit().branch('develop').merge('feature').branch('more').stage({ 'docs/x': '' }),
        'pre-commit',
      ),
    ).toEqual([]);
    expect(
      await told(
        story.stage(
          policyFile({
            rules: { 'json-schema': ['error', { files: ['events/*.json'], schema: 'schemas/event.json' }] },
          }),
        ),
        'pre-commit',
      ),
    ).toHaveLength(1);
  });

  it('are judged whole at the hook where they lie in the root', async () => {
    const story = started({ ...rules('schemas/event.json', ['*.json']), 'schemas/event.json': '{}', 'x.json': '[]' });
    expect(await told(story)).toEqual([]);
    const change = story.branch('feature').stage({ 'schemas/event.json': JSON.stringify({ type: 'object' }) });
    expect(await told(change, 'pre-commit')).toEqual(['x.json:1 the document must be object']);
    expect(await told(change.commit(), 'ci')).toEqual(['x.json:1 the document must be object']);
  });

  it('that are taken out are not judged', async () => {
    expect(await told(started().branch('feature').stage({ 'events/a.json': null }), 'pre-commit')).toEqual([]);
  });

  it('may be many', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 130 }, (_, i) => [`events/n${String(i).padStart(3, '0')}.json`, '{}']),
    );
    expect(await told(started(many))).toHaveLength(130);
  });

  it('may have one rule each', async () => {
    const instance = {
      'my-events': {
        use: 'json-schema',
        severity: 'error',
        options: { files: ['events/*.json'], schema: { type: 'array' } },
      },
    };
    const { findings } = await checked(started(rules('schemas/event.json', ['events/*.json'], instance)), {
      stage: 'all',
    });
    expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual(['my-events the document must be array']);
  });
});

describe('a schema', () => {
  it.each<[what: string, files: Story, says: string]>([
    [
      'that is not there',
      { 'schemas/event.json': null },
      'schemas/event.json:null cannot judge as a schema: it is not in the judged tree',
    ],
    [
      'that is a link',
      { 'schemas/event.json': symlink('x') },
      'schemas/event.json:null cannot judge as a schema: it is no file',
    ],
    [
      'that is too large',
      { 'schemas/event.json': `{}${' '.repeat(1024 * 1024)}` },
      'schemas/event.json:null cannot judge as a schema: it is larger than 1 MiB',
    ],
    [
      'that is no JSON',
      { 'schemas/event.json': '{\n"a": 1,\n"a": 2 }' },
      'schemas/event.json:3 cannot judge as a schema: it is no JSON: ',
    ],
    [
      'with a keyword that nobody knows',
      { 'schemas/event.json': '{\n  "typ": "object"\n}' },
      'schemas/event.json:2 cannot judge as a schema: ',
    ],
    [
      'that stands in the policy, and is none',
      rules({ typ: 'object' }),
      '.layerpolicyrc.json:null cannot judge as a schema: ',
    ],
  ])('%s', async (_, files, says) => {
    const found = await told(started(files));
    expect(found.map((one) => one.slice(0, says.length))).toEqual([says]);
    const story = started().branch('feature').stage(files);
    expect((await told(story, 'pre-commit')).map((one) => one.slice(0, says.length))).toEqual([says]);
  });

  it('that stands in the policy counts as any other', async () => {
    expect(await told(started(rules(schema)))).toEqual([]);
    expect(await told(started({ ...rules(schema), 'events/b.json': '{}' }))).toEqual([
      'events/b.json:1 the document lacks "id"',
    ]);
  });

  it('that asks for too much is told', async () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `d${i}`,
        { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
      ]),
    );
    const huge = { $ref: '#/$defs/d0', $defs: { ...doubling, d40: {} } };
    expect(await told(started({ 'schemas/event.json': JSON.stringify(huge) }))).toEqual([
      'events/a.json:null schemas/event.json asks for more steps on this document than are taken',
    ]);
  });

  it('is not read where there is nothing to judge by it', async () => {
    const story = started({ 'schemas/event.json': null }).branch('feature').stage({ 'docs/x': '' });
    expect(await told(story, 'pre-commit')).toEqual([]);
    expect(await told(story.stage({ 'events/b.json': '{}' }), 'pre-commit')).toHaveLength(1);
  });
});
