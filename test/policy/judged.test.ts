import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ArtefactReading } from '../../src/layer/inside/reading.js';
import { concerns, merge, several } from '../../src/policy/judge.js';
import { judgeArtefacts } from '../../src/policy/judge-artefacts.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import type { Look } from '../../src/policy/subject.js';
import { weakened } from '../../src/policy/weaker/index.js';
import { defineRule, examplePolicy, noOptions } from '../../src/rule/index.js';
import { checked, policyFile, wellKept } from '../kit/memory-check.js';
import { memoryRepo, type Story } from '../kit/memory-repo.js';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describe('finished zips', () => {
  const reading = (...paths: string[]): ArtefactReading => ({
    ...{ file: 'core.zip', name: 'inbox-core', version: '1.0.0', size: 100, problems: [], imports: [] },
    files: paths.map((path) => ({ path, size: 10, seen: { binary: null, secrets: [], tags: null } })),
  });
  const at = { stage: 'release', today: '2026-02-01' } as const;
  const judged = (readings: ArtefactReading[], more: object = {}, kinds: object = ruleIndex) =>
    judgeArtefacts(readings, { declarations: { ...examplePolicy, ...more }, kinds } as never, at, sha256);

  it('are judged by the rules about them, and by no other', () => {
    expect(judged([reading('python/a.py')])).toEqual({
      ...{ ok: true, counts: { error: 0, warning: 0 }, findings: [], waived: [], broken: [], ran: 1 },
    });
    const { ok, findings, counts } = judged([
      reading('a.py'),
      { ...reading('python/b.py', 'python/c.so'), file: 'b.zip' },
    ]);
    expect([ok, counts.error > 0]).toEqual([false, true]);
    expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toContain('artifact-structure core.zip');
    expect(
      judged([reading('a.py')], {
        rules: {
          'artifact-structure': { severity: 'off', use: 'artifact-structure', options: {}, from: [], overrides: [] },
        },
      }),
    ).toMatchObject({ ok: true, ran: 0 });
  });

  it('may be waived, as long as that holds', () => {
    const waiver = { rule: 'artifact-structure', file: '*.zip', reason: 'x', until: '2026-02-01' };
    const waived = judged([reading('a.py')], { waivers: [waiver] });
    expect([waived.ok, waived.findings, waived.waived.length]).toEqual([
      true,
      [],
      judged([reading('a.py')]).findings.length,
    ]);
    expect(judged([reading('a.py')], { waivers: [{ ...waiver, until: '2026-01-31' }] }).ok).toBe(false);
  });

  it('are never in order where a rule fails', () => {
    const rule = defineRule({
      ...{ id: 'acme/broken', title: 't', why: 'w', severity: 'warning', stages: ['release'], facts: ['artefacts'] },
      ...{ options: noOptions, messages: { a: { message: 'a', hint: 'b' } }, examples: [] },
      check() {
        throw new Error('broken');
      },
    });
    const verdict = judged([reading('python/a.py')], {}, { 'acme/broken': { rule, plugin: 'acme' } });
    expect([verdict.ok, verdict.broken.map(({ rule: id }) => id)]).toEqual([false, ['acme/broken']]);
  });
});

it.each<[file: string, paths: string[], isConcerned: boolean]>([
  ['a/b', [], true],
  ['a/b', [''], true],
  ['a/b', ['a/b'], true],
  ['a/b', ['a'], true],
  ['a', ['a/b'], true],
  ['a/b', ['x', 'a'], true],
  ['a/b', ['a/'], false],
  ['ab', ['a'], false],
  ['a', ['ab'], false],
  ['a/b', ['x', 'b'], false],
])('%s is concerned where %j is asked for: %s', (file, paths, isConcerned) => {
  expect(concerns(file, paths)).toBe(isConcerned);
});

it('refs are told by their names, and many by their number', () => {
  expect(several(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c, d, e');
  expect(several(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d and 2 more');
  expect(merge([])).toBeNull();
});

describe('a plugin that lies in the repository', () => {
  const plugin = 'policy/rules.mjs';
  const of = async (before: Story, change: Story) => {
    const story = memoryRepo().commit({ ...policyFile(), ...before });
    const base = story.git.tree(story.head());
    story.commit(change);
    const policy = { ...examplePolicy, plugins: ['acme', `./${plugin}`] };
    const subject = { tree: story.git.tree(story.head()) };
    const look = { git: story.git, policy, policyFile: '.layerpolicyrc.json', policyAt: async () => policy, subject };
    return (await weakened(look as unknown as Look, base)).map(
      ({ file, kind, what, was, is }) => `${file} ${kind} ${what}: ${was} → ${is}`,
    );
  };
  it.each<[what: string, before: Story, change: Story, says: RegExp[]]>([
    ['as it is', { [plugin]: 'a' }, { x: '' }, []],
    [
      'changed',
      { [plugin]: 'a' },
      { [plugin]: 'b' },
      [/^policy\/rules\.mjs unclear the plugin \.\/policy\/rules\.mjs: [0-9a-f]{7} → [0-9a-f]{7}$/],
    ],
    [
      'taken away',
      { [plugin]: 'a' },
      { [plugin]: null },
      [/^policy\/rules\.mjs unclear the plugin \.\/policy\/rules\.mjs: [0-9a-f]{7} → nothing$/],
    ],
    ['that is new', {}, { [plugin]: 'b' }, []],
  ])('%s', async (_, before, change, says) => {
    expect(await of(before, change)).toEqual(says.map((one) => expect.stringMatching(one)));
  });
});

it('what a change leaves as it is, or makes stricter, is no weakening', async () => {
  const known = (...rules: string[]) => ({
    '.layerpolicy-baseline.json': JSON.stringify({
      schema: 1,
      known: rules.map((rule) => ({ rule, file: rule, fingerprint: 'f'.repeat(32) })),
    }),
  });
  const workflow = { '.github/workflows/a.yml': 'run: sh a.sh; layer-policy check\n', 'a.sh': 'x' };
  const owners = (who: string) => ({ CODEOWNERS: `/a.sh ${who}\n` });
  const told = async (before: Story, change: Story) => {
    const story = memoryRepo().commit({ ...policyFile(), ...workflow, ...before });
    const base = story.git.tree(story.head());
    const tree = story.commit(change).git.tree(story.head());
    const look = { git: story.git, policy: examplePolicy, policyFile: '.layerpolicyrc.json', subject: { tree } };
    const all = { ...look, policyAt: async () => examplePolicy } as unknown as Look;
    return weakened(all, base);
  };
  expect(await told(known('safe-paths', 'archive-age'), known('archive-age'))).toEqual([]);
  expect(await told(known('safe-paths'), { x: '' })).toEqual([]);
  // Who owns a script that CI calls is not held; the script itself is.
  expect(await told(owners('@a'), owners('@b'))).toEqual([]);
  expect(await told({}, known('safe-paths', 'archive-age'))).toMatchObject([
    { is: '2, 2 of them new (safe-paths, archive-age)' },
  ]);
});

describe('a path that must be there', () => {
  const required = (...paths: string[]) => ({
    ...wellKept,
    ...policyFile({ rules: { 'required-paths': ['error', { paths }] } }),
  });
  it.each<[what: string, before: Story, change: Story, says: string[]]>([
    [
      'a folder that a change empties',
      { ...required('docs', 'ci'), 'docs/a': '', 'ci/a': '' },
      { 'docs/a': null },
      ['docs'],
    ],
    ['the last file of a glob', { ...required('docs/*.md'), 'docs/a.md': '' }, { 'docs/a.md': null }, ['docs/*.md']],
    [
      'one of two files of a glob',
      { ...required('docs/*.md'), 'docs/a.md': '', 'docs/b.md': '' },
      { 'docs/a.md': null },
      [],
    ],
    ['a neighbour', { ...required('docs') }, { docsy: '' }, []],
  ])('%s', async (_, before, change, says) => {
    const story = memoryRepo().commit(before).branch('feature').commit(change);
    const { findings } = await checked(story, { stage: 'ci', rule: ['required-paths'] });
    expect(findings.map(({ file }) => file)).toEqual(says);
  });
});

it('what a manifest claims is pointed at by its line', async () => {
  const story = memoryRepo().commit(wellKept);
  const release = { version: '1.2.0', git_sha: 'e'.repeat(40) };
  const text = JSON.stringify(
    { layer_name: 'core-dev', build_date: '2026-01-15T12:00:00Z', size_mb: 1, aws_arn_dev: null, ...release },
    null,
    2,
  );
  story.commit({ 'layer_management/active/core/manifest.json': text });
  const { findings } = await checked(story, { stage: 'all', rule: ['manifest-truth'] });
  const lineOf = (key: string) => text.split('\n').findIndex((line) => line.includes(`"${key}"`)) + 1;
  expect(findings.map(({ line, message }) => [line, message.split(' ')[0]])).toContainEqual([
    lineOf('git_sha'),
    'git_sha',
  ]);
});
