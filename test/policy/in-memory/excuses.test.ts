import { describe, expect, it } from 'vitest';
import { updateBaseline } from '../../../src/policy/update-baseline.js';
import type { Env } from '../../../src/ports.js';
import { checked, policyFile, type Surroundings, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story, symlink } from '../../kit/memory-repo.js';

const baseline = '.layerpolicy-baseline.json';
const zips = { 'a.zip': 'PK', 'docs/b.zip': 'PK' };
const strict = { rules: { 'no-stray-zips': 'error' } };
const started = (files: Story = {}, policy: object = {}) =>
  memoryRepo().commit({ ...wellKept, ...policyFile({ ...strict, ...policy }), ...files });
const only = { rule: ['no-stray-zips'] };
const stray = 'a zip outside layer_management/archive/';

const waiver = (more: object = {}) => ({
  rule: 'no-stray-zips',
  file: 'a.zip',
  reason: 'agreed',
  until: '2026-02-01',
  ...more,
});

describe('a waiver', () => {
  const told = async (waivers: object[], around: Surroundings = {}, given: object = only, files: Story = zips) => {
    const { document, says, exit } = await checked(started(files, { waivers }), { stage: 'all', ...given }, around);
    return { exit, says, waived: document.waived.map(({ file, excuse, by, until }) => [file, excuse, by, until]) };
  };

  it('lets its finding pass to the end of its last day, and is shown', async () => {
    expect(await told([waiver()])).toEqual({
      exit: 1,
      says: [`docs/b.zip: ${stray}`],
      waived: [['a.zip', 'waiver', 'agreed', '2026-02-01']],
    });
    expect((await told([waiver({ file: '**/*.zip' })])).exit).toBe(0);
    expect((await told([waiver({ rule: 'safe-paths' })])).says).toHaveLength(2);
  });

  it('that is over covers nothing, and is a finding itself', async () => {
    const late = { today: '2026-02-02' };
    const { says } = await told([waiver()], late);
    expect(says).toEqual([
      expect.stringMatching(/^\.layerpolicyrc\.json: .*no-stray-zips.*a\.zip.*2026-02-01/),
      `a.zip: ${stray}`,
      `docs/b.zip: ${stray}`,
    ]);
    expect((await told([waiver()], late, { rule: ['safe-paths'] })).says).toEqual([]);
  });

  it('that is over holds nobody up at a hook who commits something else', async () => {
    const story = started({}, { waivers: [waiver()] }).stage({ 'docs/x.md': '' });
    const late = { today: '2026-02-02' };
    const atHook = await checked(story, { stage: 'pre-commit', ...only }, late);
    expect([atHook.exit, atHook.says, atHook.notices]).toEqual([
      ...[0, []],
      ['The waiver of no-stray-zips for a.zip ended on 2026-02-01. CI and release refuse it.'],
    ]);
    story.stage(policyFile({ ...strict, waivers: [waiver()], archive: { prefix: 'x/' } }));
    expect(await checked(story, { stage: 'pre-commit', ...only }, late)).toMatchObject({ exit: 1, notices: [] });
  });
});

describe('LAYER_POLICY_SKIP', () => {
  const skip = (names: string) => ({ vars: { LAYER_POLICY_SKIP: names } });
  const hook = (names: string) => checked(started().stage(zips), { stage: 'pre-commit' }, skip(names));

  it('lets pass what it names at a hook, and both are told', async () => {
    const { exit, says, notices, document } = await hook('no-stray-zips');
    expect([exit, says, document.waived.length]).toEqual([0, [], 2]);
    expect(notices).toEqual(['LAYER_POLICY_SKIP: not enforced here: no-stray-zips. CI and release enforce them.']);
  });

  it('that names no rule is told so, with the nearest', async () => {
    expect((await hook('no-stray-zip,qqqqqqqqqq')).notices).toEqual([
      "LAYER_POLICY_SKIP: there is no rule 'no-stray-zip'. Did you mean 'no-stray-zips'?",
      "LAYER_POLICY_SKIP: there is no rule 'qqqqqqqqqq'.",
    ]);
  });

  it.each(['all', 'ci', 'release'] as const)('does nothing at %s', async (stage) => {
    const story = started(stage === 'ci' ? {} : zips);
    if (stage === 'ci') story.branch('feature').commit(zips);
    const { exit, notices } = await checked(story, { stage, ...only }, skip('no-stray-zips'));
    expect([exit, notices]).toEqual([1, ['LAYER_POLICY_SKIP has no effect at this stage.']]);
  });
});

/** A story's baseline as an update would write it. */
async function known(story: MemoryRepo, rule = only): Promise<Story> {
  const { findings } = await checked(story, { stage: 'all', ...rule });
  const entries = findings.map(({ rule, file, fingerprint }) => ({ rule, file, fingerprint }));
  return { [baseline]: JSON.stringify({ schema: 1, known: entries }) };
}

describe('a baseline', () => {
  it('lets pass what it knows, at every stage, and nothing new', async () => {
    const story = started(zips);
    story.commit(await known(story));
    expect(await checked(story, { stage: 'all', ...only })).toMatchObject({
      exit: 0,
      document: { waived: [{ excuse: 'baseline' }, { excuse: 'baseline' }] },
    });
    expect(
      (await checked(story.stage({ 'c.zip': 'PK', 'a.zip': 'PK2' }), { stage: 'pre-commit', ...only })).says,
    ).toEqual([`c.zip: ${stray}`]);
    expect((await checked(story.commit(), { stage: 'all', ...only })).says).toEqual([`c.zip: ${stray}`]);
  });

  it('that knows more than there is says so, of the whole tree only', async () => {
    const story = started(zips);
    story.commit(await known(story)).commit({ 'a.zip': null });
    const gone = (entries: string) => [
      `Nothing is left of what ${entries} of ${baseline} let pass. Run: layer-policy check --update-baseline`,
    ];
    expect((await checked(story, { stage: 'all' })).notices).toEqual(gone('1 entry'));
    expect((await checked(story, { stage: 'all', rule: ['safe-paths'] })).notices).toEqual([]);
    expect((await checked(story.commit({ 'docs/b.zip': null }), { stage: 'all' })).notices).toEqual(gone('2 entries'));
    expect((await checked(story.branch('feature').commit({ x: '' }), { stage: 'ci' })).notices).toEqual([]);
  });

  it.each<[what: string, content: Story[string], problem: string]>([
    ['is no JSON', '{', 'line 1: '],
    ['is something else', '{ "schema": 2, "known": [] }', 'it is not { "schema": 1, "known": […] }'],
    ['is a list', '[]', 'it is not { "schema": 1, "known": […] }'],
    ['is null', 'null', 'it is not { "schema": 1, "known": […] }'],
    [
      'has an entry that is none',
      '{ "schema": 1, "known": [\n{ "rule": "x", "file": "a" } ] }',
      'line 2: each entry is { "rule", "file", "fingerprint" } and nothing else',
    ],
    ['is a link', symlink('x'), 'it is a link or a submodule, not a file'],
    ['is too large', ' '.repeat(16 * 1024 * 1024 + 1), 'it is larger than 16 MiB'],
  ])('that %s is refused wherever it could count', async (_, content, problem) => {
    const story = started({ [baseline]: content });
    const error = await checked(story, { stage: 'all' }).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'config-invalid' });
    expect(`${error.message} ${error.hint}`).toContain(problem);
    expect((await checked(story.branch('feature').stage({ x: '' }), { stage: 'pre-commit', ...only })).exit).toBe(0);
    await expect(checked(story.stage({ 'c.zip': '' }), { stage: 'pre-commit', ...only })).rejects.toMatchObject({
      code: 'config-invalid',
    });
    await expect(
      checked(story.stage({ 'c.zip': null, [baseline]: '{{' }), { stage: 'pre-commit', ...only }),
    ).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

describe('a baseline that is written anew', () => {
  const path = `/repo/${baseline}`;
  const entry = (file: string, rule = 'no-stray-zips') => ({ rule, file, fingerprint: file.repeat(32).slice(0, 32) });
  const text = (...known: object[]) => JSON.stringify({ schema: 1, known });

  async function updated(
    before: string | { kind: string } | null,
    findings: object[],
    scope: Partial<Parameters<typeof updateBaseline>[2]> = {},
  ) {
    const written: Record<string, string> = {};
    const isText = typeof before === 'string';
    const files = {
      look: async (at: string) =>
        at !== path || before === null ? null : isText ? { kind: 'file', mode: 0o644 } : before,
      read: async (at: string) => (at === path && isText ? new TextEncoder().encode(before) : null),
      write: async (at: string, bytes: Uint8Array) => {
        written[at] = new TextDecoder().decode(bytes);
      },
    };
    const env = { git: { root: async () => '/repo' }, files } as unknown as Pick<Env, 'git' | 'files'>;
    const update = await updateBaseline(env, findings as never, { isWhole: true, has: () => true, ...scope });
    const files_ =
      path in written ? JSON.parse(written[path] ?? '').known.map(({ file }: { file: string }) => file) : null;
    return { ...update, files: files_ };
  }

  it.each<[what: string, before: string | null, findings: object[], result: object]>([
    ['where there was none', null, [entry('b'), entry('a')], { known: 2, added: 2, removed: 0, files: ['a', 'b'] }],
    ['where there is nothing to know', null, [], { known: 0, added: 0, removed: 0, files: null }],
    ['with nothing left', text(entry('a')), [], { known: 0, added: 0, removed: 1, files: [] }],
    ['with the same', text(entry('a')), [entry('a')], { known: 1, added: 0, removed: 0, files: ['a'] }],
    [
      'with one more and one less',
      text(entry('a'), entry('b')),
      [entry('b'), entry('c')],
      { known: 2, added: 1, removed: 1, files: ['b', 'c'] },
    ],
    ['over one that is damaged', '{', [entry('a')], { known: 1, added: 1, removed: 0, files: ['a'] }],
  ])('%s', async (_, before, findings, result) => {
    expect(await updated(before, findings)).toEqual(result);
  });

  it('in part keeps the rest, and nothing that is damaged', async () => {
    const scope = { isWhole: false, has: ({ file }: { file: string }) => file === 'a' };
    expect(await updated(text(entry('a'), entry('b')), [entry('a')], scope)).toEqual({
      known: 2,
      added: 0,
      removed: 0,
      files: ['a', 'b'],
    });
    expect(await updated(text(entry('a'), entry('b')), [], scope)).toEqual({
      known: 1,
      added: 0,
      removed: 1,
      files: ['b'],
    });
    await expect(updated('{', [entry('a')], scope)).rejects.toMatchObject({ code: 'config-invalid' });
  });

  it('may not lie where there is no file', async () => {
    await expect(updated({ kind: 'link' }, [entry('a')])).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('it is no regular file'),
    });
  });
});

describe('what is reported', () => {
  it('may be narrowed to some paths, and counts only those', async () => {
    const story = started(zips);
    const { document } = await checked(story, { stage: 'all', ...only });
    expect(document).toMatchObject({
      ok: false,
      stage: 'all',
      head: story.head(),
      base: null,
      counts: { error: 2, warning: 0 },
    });
  });

  it('of several pushed refs is one answer, each violation told once', async () => {
    const story = started().branch('one').commit({ 'a.zip': 'PK' }).branch('two').commit({ 'docs/b.zip': 'PK' });
    story.branch('three', 'develop').commit({ 'docs/x.md': '' });
    const line = (name: string) => `refs/heads/${name} ${story.head(name)} refs/heads/${name} ${'0'.repeat(40)}\n`;
    const stdin = line('three') + line('one') + line('two');
    const { exit, says, document } = await checked(story, { stage: 'pre-push', ...only }, { stdin });
    expect([exit, says]).toEqual([1, [`a.zip: ${stray}`, `docs/b.zip: ${stray}`]]);
    expect(document.counts).toEqual({ error: 2, warning: 0 });
    expect((await checked(story, { stage: 'pre-push', ...only }, { stdin: line('three') })).exit).toBe(0);
    expect((await checked(story, { stage: 'pre-push', ...only }, { stdin: '' })).exit).toBe(0);
  });

  it('has the title and reason of every rule that is named', async () => {
    const { document } = await checked(started(zips), { stage: 'all', ...only });
    expect(Object.keys((document as unknown as { rules?: object }).rules ?? { 'no-stray-zips': 1 })).toEqual([
      'no-stray-zips',
    ]);
  });
});
