import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Content, type Repo, symlink } from '../kit/repo.js';

const file = '.layerpolicy-baseline.json';
const archive = 'layer_management/archive';

interface Document {
  findings: { rule: string; file: string; fingerprint: string }[];
  waived: { excuse: string }[];
  notices: string[];
}

function check(r: Repo, ...args: string[]) {
  const { code, stderr, json } = run(r.dir, ['check', '--now', '2026-01-31', '--json', ...args], { env: r.env });
  const document = json() as Document;
  const told = document.findings?.map(({ rule, file: path }) => `${rule} ${path}`);
  return { code, stderr, document, told };
}

const update = (r: Repo, ...args: string[]) => check(r, '--update-baseline', ...args).document;

function messy(): Repo {
  return exampleRepo().commit('mess', {
    '.build/x.txt': 'x',
    'core_arn.txt': 'arn',
    [`${archive}/2020-01/layer_v6.zip`]: 'PK',
    [`${archive}/v18/inbox-core-date-fix.zip`]: 'PK',
    'layer_management/active/layer_build/x': 'x',
  });
}

function adopted(): Repo {
  const r = messy();
  update(r);
  return r.commit('adopt', { [file]: r.read(file) });
}

describe('adoption', () => {
  it('lets all that is there pass, at every stage, and tells how much', () => {
    const r = messy();
    const before = check(r);
    expect([before.code, update(r)]).toEqual([
      1,
      { schema: 1, ok: true, baseline: file, known: before.told?.length, added: before.told?.length, removed: 0 },
    ]);
    r.commit('adopt', { [file]: r.read(file) });
    const after = check(r);
    expect([after.code, after.document.waived.length, after.document.notices]).toEqual([0, before.told?.length, []]);
    expect(check(r.stage({ [`${archive}/v18/README.md`]: 'v18' }), '--stage', 'pre-commit').code).toBe(0);
    r.commit('more');
    expect(check(r, '--stage', 'ci', '--from', 'HEAD~1').code).toBe(0);
  });

  it('still finds what is new, before and after its commit', () => {
    const r = adopted().stage({ '.build/y.txt': 'y', 'x_arn.txt': 'arn' });
    const found = ['no-build-commits .build/y.txt', 'no-root-arn x_arn.txt'];
    expect(check(r, '--stage', 'pre-commit').told).toEqual(found);
    r.commit('new');
    expect(check(r).told).toEqual(found);
    expect(check(r, '--stage', 'ci', '--from', 'HEAD~1').told).toEqual(found);
  });

  it('is the same text again, a line for each finding', () => {
    const r = adopted();
    const text = r.read(file);
    expect(update(r)).toMatchObject({ added: 0, removed: 0 });
    expect(r.read(file)).toBe(text);
    expect(text.split('\n').filter((line) => line.includes('fingerprint')).length).toBe(JSON.parse(text).known.length);
  });

  it('writes no file where there is nothing to let pass', () => {
    const r = exampleRepo();
    expect([update(r), r.exists(file)]).toMatchObject([{ known: 0 }, false]);
  });

  it('of one version that is not raised does not let the next one pass', () => {
    const r = exampleRepo();
    const release = (version: string) => r.git('tag', '-a', `inbox-core-v${version}`, '-m', 'released');
    release('1.0.0');
    r.commit('change', { 'src_v2/inbox_core/a.py': 'a = 1\n' });
    expect(update(r)).toMatchObject({ known: 1 });
    expect(check(r.commit('adopt', { [file]: r.read(file) })).code).toBe(0);
    r.commit('raise', { VERSION: r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=2.0.0') });
    release('2.0.0');
    expect(check(r.commit('change again', { 'src_v2/inbox_core/a.py': 'a = 2\n' })).told).toEqual([
      'version-bump VERSION',
    ]);
  });
});

describe('an entry', () => {
  it('stands for one finding, not for all of its kind in a file', () => {
    const twice = 'INBOX_CORE_VERSION=1.0.0\n';
    const r = exampleRepo();
    r.commit('twice', { VERSION: r.read('VERSION') + twice });
    update(r);
    expect(check(r.commit('adopt', { [file]: r.read(file) })).code).toBe(0);
    r.commit('thrice', { VERSION: r.read('VERSION') + twice });
    expect(check(r).told).toEqual(['version-file VERSION']);
  });

  it('that stands for nothing any more is told, and taken out by the next update', () => {
    const r = adopted().commit('mended', { 'core_arn.txt': null, '.build/x.txt': null });
    const { code, document } = check(r);
    expect([code, document.notices]).toEqual([0, [expect.stringMatching(/^Nothing is left of what 2 entries of /)]]);
    expect(check(r, '--rule', 'no-root-arn').document.notices).toEqual([expect.stringContaining('1 entry of')]);
    expect(check(r, 'layer_management').document.notices).toEqual([]);
    expect(check(r, '--stage', 'ci', '--from', 'HEAD~1').document.notices).toEqual([]);
    expect(update(r)).toMatchObject({ added: 0, removed: 2 });
    expect(check(r.commit('prune', { [file]: r.read(file) })).document.notices).toEqual([]);
  });

  it('lets nothing pass under the name of something else', () => {
    const r = adopted();
    const lie = r.read(file).replace('"core_arn.txt"', '"harmless.txt"');
    expect(check(r.commit('lie', { [file]: lie })).told).toEqual(['no-root-arn core_arn.txt']);
  });

  it('for a waiver that ran out counts for nothing, even if written by hand', () => {
    const r = exampleRepo();
    const waivers = [{ rule: 'no-root-arn', file: 'x_arn.txt', reason: 'r', until: '2020-01-01' }];
    r.commit('waive', {
      '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), waivers }),
    });
    expect(update(r)).toMatchObject({ known: 0 });
    const [expired] = check(r).document.findings;
    const known = [{ rule: expired?.rule, file: expired?.file, fingerprint: expired?.fingerprint }];
    const byHand = check(r.commit('by hand', { [file]: JSON.stringify({ schema: 1, known }) }));
    expect([byHand.code, byHand.told]).toEqual([1, ['no-root-arn .layerpolicyrc.json']]);
  });
});

it('a change that weakens the policy is in no baseline, not even in that of the base', () => {
  const r = exampleRepo();
  const weaker = { ...JSON.parse(r.read('.layerpolicyrc.json')), rules: { 'no-root-arn': 'off' } };
  const refused = () => {
    r.git('branch', '-q', '-D', 'feature');
    r.branch('feature').commit('weaken', { '.layerpolicyrc.json': JSON.stringify(weaker) });
    return check(r, '--stage', 'ci').document.findings.filter(({ rule }) => rule === 'policy-change');
  };
  r.branch('feature').branch('develop');
  const [found] = refused();
  const known = [{ rule: 'policy-change', file: found?.file, fingerprint: found?.fingerprint }];
  r.branch('develop').commit('known', { [file]: JSON.stringify({ schema: 1, known }) });
  expect(refused()).toEqual([found]);
});

describe('an update of a part', () => {
  it.each([
    ['--rule', ['--rule', 'no-root-arn'], 1],
    ['paths', ['.build'], 1],
    ['both', ['--rule', 'no-root-arn', '.build'], 0],
  ])('by %s leaves all else as it is', (_, part, added) => {
    const r = adopted();
    const before = JSON.parse(r.read(file)).known;
    r.commit('mended, and worse', {
      'core_arn.txt': null,
      '.build/x.txt': null,
      'y_arn.txt': 'x',
      '.build/y.txt': 'y',
    });
    expect(update(r, ...part)).toMatchObject({ known: before.length, added, removed: added });
    const after = JSON.parse(r.read(file)).known;
    expect(
      before.filter((one: object) => !after.some((other: object) => JSON.stringify(one) === JSON.stringify(other))),
    ).toHaveLength(added);
  });

  it('does not write over what it cannot read; a whole one does', () => {
    const r = messy().write({ [file]: '{' });
    expect(check(r, '--update-baseline', '--rule', 'no-root-arn')).toMatchObject({ code: 2 });
    expect(r.read(file)).toBe('{');
    expect(update(r)).toMatchObject({ ok: true });
  });
});

it.each([
  ['--from', ['--from', 'HEAD~1']],
  ['--to', ['--to', 'HEAD']],
  ['--stage', ['--stage', 'pre-commit']],
  ['--stage', ['--stage', 'ci']],
])('--update-baseline goes without %s', (flag, args) => {
  const { code, stderr } = check(messy(), '--update-baseline', ...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`without ${flag}`)]);
});

it('in CI, too, the whole tree is taken', () => {
  const r = messy().with({ CI: 'true' });
  const known = check(r, '--stage', 'all').told?.length;
  expect(update(r)).toMatchObject({ known });
});

const entry = { rule: 'no-root-arn', file: 'x', fingerprint: '0'.repeat(32) };
const hostile: Record<string, [content: Content, says: string]> = {
  'a link': [symlink('VERSION'), 'it is a link'],
  'too large': [JSON.stringify({ schema: 1, known: [], x: ' '.repeat(16 * 1024 * 1024) }), 'larger than 16 MiB'],
  'a key twice': ['{"schema": 1, "known": [], "known": []}', 'line 1: the key "known" stands twice'],
  'a key of an entry twice': ['{"schema": 1, "known": [{"rule": "a", "rule": "b"}]}', '"rule" stands twice'],
  'a key of the prototype': ['{"schema": 1, "known": [], "__proto__": {}}', '"__proto__" is not allowed'],
  'an unknown key': [JSON.stringify({ schema: 1, known: [], more: 1 }), 'it is not { "schema": 1'],
  'an unknown key of an entry': [
    `{"schema": 1, "known": [\n${JSON.stringify({ ...entry, until: '2030' })}]}`,
    'line 2: each entry',
  ],
  'a pattern for a fingerprint': [JSON.stringify({ schema: 1, known: [{ ...entry, fingerprint: '*' }] }), 'each entry'],
  'another schema': [JSON.stringify({ schema: 2, known: [] }), 'it is not { "schema": 1'],
  'a list': ['[]', 'it is not'],
  null: ['null', 'it is not'],
  nothing: ['', 'the end of the file'],
  'a byte order mark': ['\ufeff{"schema": 1, "known": []}', 'byte order mark'],
  'no text': [Uint8Array.from([0xff, 0xfe]), 'not UTF-8'],
};

describe.each(Object.entries(hostile))('a baseline that is %s', (_, [content, says]) => {
  it.each(['all', 'pre-commit'])('is refused at %s', (stage) => {
    const r = exampleRepo().stage({ [file]: content });
    if (stage === 'all') r.commit('hostile');
    const { code, stderr } = check(r, '--stage', stage);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
    expect(stderr).toContain('layer-policy check --update-baseline');
  });
});

it('a link on disk is not written through', () => {
  const r = messy().write({ [file]: symlink('README.md') });
  const readme = r.read('README.md');
  expect(check(r, '--update-baseline').code).toBe(2);
  expect(r.read('README.md')).toBe(readme);
});
