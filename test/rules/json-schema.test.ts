import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Content, type Repo, symlink } from '../kit/repo.js';
import { judging, policy } from './judging.js';

const preCommit = ['--stage', 'pre-commit'];
const said = (r: Repo, ...args: string[]) =>
  judging(r, 'events', ...args).map(({ file, line, message }) => `${file}:${line} ${message}`);
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const event = {
  type: 'object',
  required: ['source'],
  additionalProperties: false,
  properties: { source: { type: 'string', pattern: '^[a-z]+$' }, retries: { type: 'integer' } },
};

function withSchema(schema: string | object, files: Record<string, Content> = {}): Repo {
  const rules = { events: { use: 'json-schema', options: { files: ['events/**/*.json'], schema } } };
  return policy(exampleRepo(), { rules }).commit('policy', files);
}

describe('a document', () => {
  it('is judged by a schema of the repository, with the line that breaks it', () => {
    const r = withSchema('schemas/event.json', { 'schemas/event.json': json(event) });
    r.stage({
      'events/good.json': json({ source: 'feed' }),
      'events/a/bad.json': json({ source: 'Feed', retries: 1.5, sorce: 'x' }),
      'events/half.json': '{ "source": "feed"',
      'events/twice.json': '{ "source": "a",\n "source": "b" }',
      'events/link.json': symlink('/etc/hostname'),
      'other.json': '{}',
    });
    const expected = [
      'events/a/bad.json:2 source must match ^[a-z]+$',
      'events/a/bad.json:3 retries must be integer',
      'events/a/bad.json:4 sorce is not a key that belongs here',
      'events/half.json:1 not a JSON document this tool accepts: the end of the file where "," or "}" belongs (column 19)',
      'events/twice.json:2 not a JSON document this tool accepts: the key "source" stands twice',
    ];
    expect(said(r, ...preCommit)).toEqual(expected);
    expect(said(r.commit('bad'), '--stage', 'all')).toEqual(expected);
    expect(said(r, '--from', 'HEAD~1')).toEqual(expected);
    expect(judging(r, 'events', '--stage', 'all')[0]?.hint).toBe(
      'Correct it as schemas/event.json has it, then: git add -- :/events/a/bad.json',
    );
    expect(run(r.dir, ['check', '--stage', 'all'], { env: r.env }).code).toBe(1);
  });

  it('that was there before is judged when the schema changes, and not when another document does', () => {
    const r = withSchema('schemas/event.json', {
      'schemas/event.json': json(event),
      'events/old.json': json({ source: 'OLD' }),
    });
    expect(said(r.stage({ 'events/new.json': json({ source: 'new' }) }), ...preCommit)).toEqual([]);
    r.stage({ 'schemas/event.json': json({ ...event, title: 'Event' }) });
    expect(said(r, ...preCommit)).toEqual(['events/old.json:2 source must match ^[a-z]+$']);
    r.commit('schema');
    policy(r, { rules: { events: { use: 'json-schema', options: { files: ['**/*.json'], schema: event } } } });
    expect(said(r, ...preCommit).filter((line) => line.startsWith('events/'))).toHaveLength(1);
  });

  it('is judged by a schema in the policy', () => {
    const r = withSchema(event).stage({ 'events/a.json': json([]) });
    expect(said(r, ...preCommit)).toEqual(['events/a.json:1 the document must be object']);
  });

  it.each<[string, Content, string]>([
    ['beyond 1 MiB', `"${'x'.repeat(1024 * 1024)}"`, 'it is larger than 1 MiB'],
    ['in another encoding', Buffer.from('"é"', 'latin1'), 'it is not UTF-8'],
    ['with a byte order mark', '\ufeff{}', 'it starts with a byte order mark'],
    ['nested without end', '['.repeat(100_000), 'nested deeper than 32 levels'],
    ['with a key that is none', '{ "__proto__": 1 }', 'the key "__proto__" is not allowed'],
  ])('%s is not read', (_, content, problem) => {
    const r = withSchema({ type: 'string' }).stage({ 'events/a.json': content });
    const [only, ...more] = judging(r, 'events', ...preCommit);
    expect([only?.message, more]).toEqual([`not a JSON document this tool accepts: ${problem}`, []]);
  });
});

describe('a schema', () => {
  it.each<[string, Content, string]>([
    ['that is not there', null, 'null cannot judge as a schema: it is not in the judged tree'],
    ['that is a link', symlink('/etc/passwd'), 'null cannot judge as a schema: it is no file'],
    [
      'that is no JSON',
      '{ "type": }',
      '1 cannot judge as a schema: it is no JSON: "}" where a value belongs (column 11)',
    ],
    [
      'that leads elsewhere',
      json({ $ref: 'https://host/x' }),
      '2 cannot judge as a schema: $ref must be a reference within this schema, such as #/$defs/name',
    ],
    [
      'with a typo',
      json({ properties: { a: { tpye: 'string' } } }),
      '4 cannot judge as a schema: properties.a.tpye is no keyword that is taken here; did you mean "type"?',
    ],
    [
      'with a pattern that backtracks',
      json({ pattern: '^(?!a)b' }),
      '2 cannot judge as a schema: pattern is no pattern of RE2: error parsing regexp: invalid or unsupported Perl syntax: `(?!`',
    ],
  ])('%s is told, and judges nothing', (_, content, expected) => {
    const r = withSchema('schemas/event.json', { 'schemas/event.json': '{}' });
    r.stage({ 'schemas/event.json': null }).stage(content === null ? {} : { 'schemas/event.json': content });
    r.stage({ 'events/a.json': '1' });
    expect(said(r, ...preCommit)).toEqual([`schemas/event.json:${expected}`]);
  });

  it('in the policy is told there', () => {
    const r = withSchema({ requierd: ['a'] }).stage({ 'events/a.json': '1' });
    expect(said(r, ...preCommit)).toEqual([
      '.layerpolicyrc.json:null cannot judge as a schema: requierd is no keyword that is taken here; did you mean "required"?',
    ]);
  });

  it('that is made to keep the machine busy is stopped, however many documents there are', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `${i}`,
        { allOf: [{ $ref: `#/$defs/${i + 1}` }, { $ref: `#/$defs/${i + 1}` }] },
      ]),
    );
    const r = withSchema({ $defs: { ...$defs, 60: {} }, $ref: '#/$defs/0' });
    r.stage(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`events/${i}.json`, '1'])));
    const found = judging(r, 'events', ...preCommit);
    expect([found.length, found[0]?.message]).toEqual([
      200,
      'the schema in the policy asks for more steps on this document than are taken',
    ]);
  }, 90_000);
});
