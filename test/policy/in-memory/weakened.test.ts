import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story, symlink } from '../../kit/memory-repo.js';

const file = '.layerpolicyrc.json';
const baseline = '.layerpolicy-baseline.json';
const workflow = 'on: [pull_request]\njobs:\n  a:\n    steps:\n      - run: npx layer-policy check\n';
const known = (...letters: string[]) => ({
  [baseline]: JSON.stringify({
    schema: 1,
    known: letters.map((letter) => ({ rule: 'safe-paths', file: letter, fingerprint: letter.repeat(32) })),
  }),
});

/** A branch `pr` on a develop that has these files and settings. */
const begun = (files: Story = {}, settings: object = {}) =>
  memoryRepo()
    .commit({ ...wellKept, ...policyFile({ ...settings }), ...files })
    .branch('pr');

/** What CI says of the branch, and a push of it must say the same. */
async function told(story: MemoryRepo, given: Parameters<typeof checked>[1] = {}) {
  const stdin = `refs/heads/pr ${story.head()} refs/heads/pr ${'0'.repeat(40)}\n`;
  const rule = ['policy-change'];
  const atCi = await checked(story, { stage: 'ci', rule, ...given });
  if (Object.keys(given).length === 0) {
    expect((await checked(story, { stage: 'pre-push', rule }, { stdin })).says).toEqual(atCi.says);
  }
  return atCi.says.map((one) => one.replace(/; nobody has.*/, ' ?'));
}

describe('a change that weakens', () => {
  const changes: [what: string, base: Story, settings: object, change: Story, says: string[]][] = [
    [
      'a rule',
      {},
      {},
      policyFile({ rules: { 'archive-age': 'warning' } }),
      [`${file}: rules.archive-age was error, is warning`],
    ],
    [
      'a rule, among much else',
      {},
      {},
      { ...policyFile({ rules: { 'archive-age': 'warning' } }), 'a.md': '', 'z.md': '' },
      [`${file}: rules.archive-age was error, is warning`],
    ],
    ['what is declared', {}, {}, policyFile({ versionFile: 'V' }), [`${file}: versionFile was VERSION, is V`]],
    ['the policy, by taking it away', {}, {}, { [file]: null }, [`${file}: the policy is gone`]],
    [
      'the oldest tool',
      {},
      { requires: '>=0.5.0' },
      policyFile({ requires: '>=0.4.0' }),
      [`${file}: requires was >=0.5.0, is >=0.4.0`],
    ],
    [
      'the oldest tool, by taking it away',
      {},
      { requires: '>=0.5.0' },
      policyFile(),
      [`${file}: requires was >=0.5.0, is nothing`],
    ],
    [
      'the oldest tool, in another form',
      {},
      { requires: '>=0.5.0' },
      policyFile({ requires: '>=0.5.0 <9.0.0' }),
      [`${file}: requires was >=0.5.0, is >=0.5.0 <9.0.0 ?`],
    ],
    [
      'the baseline',
      known(),
      {},
      known('a'),
      [`${baseline}: findings that the baseline lets pass was 0, is 1, 1 of them new (safe-paths)`],
    ],
    [
      'a baseline that was not',
      {},
      {},
      known('a', 'b'),
      [`${baseline}: findings that the baseline lets pass was 0, is 2, 2 of them new (safe-paths)`],
    ],
    [
      'a baseline by one for another',
      known('a', 'b'),
      {},
      known('b', 'c'),
      [`${baseline}: findings that the baseline lets pass was 2, is 2, 1 of them new (safe-paths)`],
    ],
    [
      'a workflow',
      { '.github/workflows/a.yml': workflow },
      {},
      { '.github/workflows/a.yml': null },
      ['.github/workflows/a.yml: layer-policy check is gone'],
    ],
    [
      'a workflow, by a link',
      { '.github/workflows/a.yml': workflow },
      {},
      { '.github/workflows/a.yml': symlink('x') },
      ['.github/workflows/a.yml: layer-policy check is gone'],
    ],
    [
      'a workflow that becomes too long to be read',
      { '.github/workflows/a.yml': workflow },
      {},
      { '.github/workflows/a.yml': `${workflow}#${' '.repeat(1024 * 1024)}` },
      ['.github/workflows/a.yml: layer-policy check is gone', '.github/workflows/a.yml: on: pull_request is gone'],
    ],
    [
      'when a workflow runs',
      { '.github/workflows/a.yml': workflow },
      {},
      { '.github/workflows/a.yml': workflow.replace('pull_request', 'workflow_dispatch') },
      [expect.stringMatching(/^\.github\/workflows\/a\.yml: .*pull_request/) as unknown as string],
    ],
    [
      'the consequence of a check',
      { '.gitlab-ci.yml': 'policy:\n  script: npx layer-policy check\n' },
      {},
      { '.gitlab-ci.yml': 'policy:\n  allow_failure: true\n  script: npx layer-policy check\n' },
      [
        expect.stringMatching(
          /^\.gitlab-ci\.yml: layer-policy check may .*: allow_failure: true$/,
        ) as unknown as string,
      ],
    ],
    [
      'a hook',
      { '.husky/pre-commit': 'npx layer-policy check --stage pre-commit\n' },
      {},
      { '.husky/pre-commit': 'npx lint-staged\n' },
      ['.husky/pre-commit: layer-policy check --stage pre-commit is gone'],
    ],
    [
      'a hook, by moving it to another',
      { '.husky/pre-push': 'npx layer-policy check\n' },
      {},
      { '.husky/pre-push': null, '.husky/pre-commit': 'npx layer-policy check\n' },
      ['.husky/pre-push: layer-policy check is gone'],
    ],
    [
      'who approves',
      { '.github/CODEOWNERS': `* @all\n/${file} @owners\n` },
      {},
      { '.github/CODEOWNERS': `* @all\n/${file} @owners @me\n` },
      [`.github/CODEOWNERS: owners of ${file} was @owners, is @owners @me`],
    ],
    [
      'who approves, from a place that counts before',
      { CODEOWNERS: `/${file} @owners\n` },
      {},
      { '.github/CODEOWNERS': '* @me\n' },
      [`.github/CODEOWNERS: owners of ${file} was @owners, is @me`],
    ],
    [
      'who approves, by taking it away',
      { CODEOWNERS: `/${file} @owners\n` },
      {},
      { CODEOWNERS: null },
      [`CODEOWNERS: owners of ${file} was @owners, is nothing`],
    ],
    [
      'who approves who approves',
      { CODEOWNERS: '/CODEOWNERS @owners\n' },
      {},
      { CODEOWNERS: '/CODEOWNERS @me\n' },
      ['CODEOWNERS: owners of CODEOWNERS was @owners, is @me'],
    ],
    [
      'who approves a workflow',
      { CODEOWNERS: '/.github/ @owners\n', '.github/workflows/a.yml': workflow },
      {},
      { CODEOWNERS: '/.github/ @me\n' },
      ['CODEOWNERS: owners of .github/workflows/a.yml was @owners, is @me'],
    ],
    [
      'who approves several',
      { CODEOWNERS: '* @owners\n' },
      {},
      { CODEOWNERS: '* @me\n' },
      [`CODEOWNERS: owners of ${file}, ${baseline}, CODEOWNERS was @owners, is @me`],
    ],
    [
      'who approves, by a line at the end',
      { CODEOWNERS: `/${file} @owners\n` },
      {},
      { CODEOWNERS: `/${file} @owners\n*\n` },
      [`CODEOWNERS: owners of ${file} was @owners, is nothing`],
    ],
    [
      'who approves, in a section',
      { CODEOWNERS: `[Policy]\n/${file} @owners\n^[Docs]\n* @docs\n` },
      {},
      { CODEOWNERS: `[Policy]\n/${file} @owners @me\n^[Docs]\n* @docs\n` },
      [`CODEOWNERS: owners of ${file} was @owners @docs, is @owners @me @docs`],
    ],
  ];
  it.each(changes)('%s is told so, by CI and at the push', async (_, base, settings, change, says) => {
    expect(await told(begun(base, settings).commit(change))).toEqual(says);
  });

  it.each<[what: string, base: Story, settings: object, change: Story]>([
    ['strengthens', {}, {}, policyFile({ rules: { 'archive-age': ['error', { days: 30 }] } })],
    ['writes it in another form', {}, {}, { [file]: null, '.layerpolicyrc.yaml': String(policyFile()[file]) }],
    ['asks for a newer tool', {}, { requires: '>=0.4.0' }, policyFile({ requires: '>= 0.5.0' })],
    ['asks for a tool at all', {}, {}, policyFile({ requires: '>=0.5.0' })],
    ['asks for the same tool', {}, { requires: '>=0.4.0' }, policyFile({ requires: '>=0.4.0', versioned: {} })],
    ['lets less pass', known('a', 'b'), {}, known('b')],
    ['gives the baseline up', known('a'), {}, { [baseline]: null }],
    [
      'moves a workflow',
      { '.github/workflows/a.yml': workflow },
      {},
      { '.github/workflows/a.yml': null, '.github/workflows/b.yml': workflow },
    ],
    ['has nothing to do with it', { '.github/workflows/a.yml': workflow }, {}, { 'docs/a.md': 'a' }],
    [
      'changes what is no CI file',
      { '.github/workflows/a.txt': workflow, '.husky/_/x': 'npx layer-policy check\n' },
      {},
      { '.github/workflows/a.txt': '', '.husky/_/x': '' },
    ],
    ['takes an owner away', { CODEOWNERS: `/${file} @a @b\n` }, {}, { CODEOWNERS: `/${file} @a\n` }],
    ['owns what nobody owned', { CODEOWNERS: '/docs @a\n' }, {}, { CODEOWNERS: '* @a\n' }],
    [
      'says something beside the owners',
      { CODEOWNERS: `/${file} @a # one\n` },
      {},
      { CODEOWNERS: `# all\n/${file}   @a\n` },
    ],
    [
      'owns something else otherwise',
      { CODEOWNERS: `/${file} @a\n/docs @b\n` },
      {},
      { CODEOWNERS: `/${file} @a\n/docs @c\n` },
    ],
  ])('only %s: nothing', async (_, base, settings, change) => {
    expect(await told(begun(base, settings).commit(change))).toEqual([]);
  });

  it.each([
    ...['.github/workflows/a.yaml', '.github/actions/x/action.yml', '.gitlab-ci.yml', 'bitbucket-pipelines.yml'],
    ...[
      'azure-pipelines.yml',
      'azure-pipelines.yaml',
      'buildspec.yml',
      'buildspec.yaml',
      'Jenkinsfile',
      '.circleci/config.yml',
    ],
    ...['.husky/pre-push', 'lefthook.yml', '.lefthook.yaml', '.pre-commit-config.yaml'],
  ])('%s is read for the checks it runs', async (path) => {
    const story = begun({ [path]: 'run: npx layer-policy check\n' }).commit({ [path]: 'run: true\n' });
    expect(await told(story)).toEqual([`${path}: layer-policy check is gone`]);
  });
});

describe('who sets the rule', () => {
  const off = (more: object = {}) => policyFile({ rules: { ...more, 'archive-age': 'off' } });

  it('is the base: the head can neither switch it off nor waive it', async () => {
    for (const own of ['off', 'warning']) {
      const { exit, findings } = await checked(begun().commit(off({ 'policy-change': own })), {
        stage: 'ci',
        rule: ['policy-change'],
      });
      expect([exit, ...findings.map(({ severity }) => severity)]).toEqual([1, 'error', 'error']);
    }
    const waivers = [{ rule: 'policy-change', file: '**', reason: 'mine', until: '2027-01-01' }];
    expect(await told(begun().commit(policyFile({ waivers })))).toEqual([
      `${file}: waivers: policy-change for ** was nothing, is waived until 2027-01-01`,
    ]);
  });

  it('is the base: it may only warn, waive, or not care', async () => {
    const soft = { 'policy-change': 'warning' };
    const { exit, findings } = await checked(begun({}, { rules: soft }).commit(off(soft)), { stage: 'ci' });
    expect([exit, ...findings.map(({ severity }) => severity)]).toEqual([0, 'warning']);
    const waivers = [{ rule: 'policy-change', file, reason: 'we move', until: '2026-12-31' }];
    const waived = begun({}, { waivers }).commit(policyFile({ waivers, versionFile: 'V' }));
    const { document } = await checked(waived, { stage: 'ci', rule: ['policy-change'] });
    expect(document).toMatchObject({ findings: [], waived: [{ rule: 'policy-change', excuse: 'waiver' }] });
    expect(await told(begun({}, { rules: { 'policy-change': 'off' } }).commit(off()))).toEqual([]);
  });

  it('a push passes with LAYER_POLICY_SKIP, CI does not', async () => {
    const story = begun().commit(off());
    const stdin = `refs/heads/pr ${story.head()} refs/heads/pr ${'0'.repeat(40)}\n`;
    const vars = { LAYER_POLICY_SKIP: ' policy-change ,nothing-such' };
    const atPush = await checked(story, { stage: 'pre-push' }, { stdin, vars });
    expect(atPush).toMatchObject({
      exit: 0,
      findings: [],
      document: { waived: [{ rule: 'policy-change', excuse: 'skip' }] },
    });
    expect((await checked(story, { stage: 'ci' }, { vars })).exit).toBe(1);
  });
});

describe('what it is compared with', () => {
  it('is where the change began: a base that went on demands nothing of it', async () => {
    const story = begun().commit({ 'docs/a.md': 'a' });
    story
      .branch('develop')
      .commit(policyFile({ rules: { 'archive-age': ['error', { days: 1 }] } }))
      .branch('pr');
    expect([await told(story), await told(story, { base: 'develop' })]).toEqual([[], []]);
  });

  it('is where --base meets the change, however late --from begins', async () => {
    const story = begun()
      .commit(policyFile({ versionFile: 'V' }))
      .commit({ 'docs/a.md': 'a' });
    const from = story.head('HEAD~');
    expect(await told(story, { from })).toEqual([]);
    expect(await told(story, { from, base: 'develop' })).toEqual([`${file}: versionFile was VERSION, is V`]);
  });

  it('is nothing where there was no policy, no history or no base', async () => {
    const first = memoryRepo().commit({ 'a.txt': 'a' }).branch('pr').commit(wellKept);
    expect(await told(first)).toEqual([]);
    expect(await told(memoryRepo().commit(wellKept), { stage: 'all' })).toEqual([]);
    expect(
      await told(
        begun()
          .orphan('other')
          .commit({ ...wellKept, ...policyFile({ versionFile: 'V' }) }),
        { stage: 'ci' },
      ),
    ).toEqual([]);
  });

  it('is judged, and told as not judged, where the policy before cannot be read', async () => {
    const story = memoryRepo()
      .commit({ ...wellKept, [file]: '{' })
      .branch('pr')
      .commit(policyFile());
    const { exit, notices } = await checked(story, { stage: 'ci' });
    expect([exit, notices]).toEqual([0, [expect.stringContaining('cannot be read')]]);
  });
});

describe('the policy of --base holds as well', () => {
  const strict = policyFile({ rules: { 'no-stray-zips': 'error' } });
  const loose = policyFile({ rules: { 'no-stray-zips': 'off' } });
  const zip = { 'a.zip': 'PK' };
  const ofBase = async (story: MemoryRepo, given: object = {}) => {
    const told = await checked(story, { stage: 'ci', base: 'develop', rule: ['no-stray-zips'], ...given });
    return { ...told, said: told.findings.map(({ severity, message }) => `${severity} ${message}`) };
  };
  const signed = (story: MemoryRepo) =>
    `a zip outside layer_management/archive/ (by the policy of the base, ${story.head('develop').slice(0, 7)})`;

  it('where the head forgives', async () => {
    const story = begun(strict).commit({ ...zip, ...loose });
    const { exit, said, findings } = await ofBase(story);
    expect([exit, said]).toEqual([1, [`error ${signed(story)}`]]);
    expect(findings[0]?.data).toMatchObject({ policy: story.head('develop') });
  });

  it('where the head only warns, and is told once where both say so', async () => {
    const warns = policyFile({ rules: { 'no-stray-zips': 'warning' } });
    const story = begun(strict).commit({ ...zip, ...warns });
    expect((await ofBase(story)).said).toEqual([`error ${signed(story)}`]);
    expect((await ofBase(begun(strict).commit(zip))).said).toEqual(['error a zip outside layer_management/archive/']);
    expect((await ofBase(begun(warns).commit({ ...zip, ...strict }))).said).toEqual([
      'error a zip outside layer_management/archive/',
    ]);
    expect((await ofBase(begun(warns).commit(zip))).said).toEqual(['warning a zip outside layer_management/archive/']);
  });

  it('where the head waives', async () => {
    const waivers = [{ rule: 'no-stray-zips', file: 'a.zip', reason: 'x', until: '2027-01-01' }];
    const waiving = policyFile({ rules: { 'no-stray-zips': 'error' }, waivers });
    const story = begun(strict).commit({ ...zip, ...waiving });
    const { exit, said, document } = await ofBase(story);
    expect([exit, said, document.waived]).toEqual([1, [`error ${signed(story)}`], []]);
    const both = await ofBase(begun(waiving).commit(zip));
    expect([both.exit, both.said, both.document.waived.length]).toEqual([0, [], 1]);
    const other = await ofBase(begun(waiving).commit({ ...zip, ...strict }));
    expect([other.exit, other.said]).toEqual([1, ['error a zip outside layer_management/archive/']]);
  });

  it('where the head has a baseline of its own', async () => {
    const story = begun(strict).commit(zip);
    const [finding] = (await ofBase(story)).findings;
    story.commit({
      [baseline]: JSON.stringify({
        schema: 1,
        known: [{ rule: 'no-stray-zips', file: 'a.zip', fingerprint: finding?.fingerprint }],
      }),
    });
    expect((await checked(story, { stage: 'ci', rule: ['no-stray-zips'] })).says).toEqual([]);
    expect((await ofBase(story)).said).toEqual([`error ${signed(story)}`]);
  });

  it('where it may have none', async () => {
    const story = memoryRepo()
      .commit({ 'a.txt': '' })
      .branch('pr')
      .commit({ ...wellKept, ...zip, ...loose });
    const { said, notices } = await ofBase(story);
    expect([said, notices]).toEqual([[], ['develop has no policy, so the judged one alone holds.']]);
  });

  it('and too many warnings are too many', async () => {
    const warns = policyFile({ rules: { 'no-stray-zips': 'warning' } });
    const story = begun(warns).commit({ ...zip, ...loose });
    expect((await ofBase(story)).exit).toBe(0);
    expect((await ofBase(story, { 'max-warnings': '0' })).exit).toBe(1);
    expect((await ofBase(story, { 'max-warnings': '1' })).exit).toBe(0);
  });
});
