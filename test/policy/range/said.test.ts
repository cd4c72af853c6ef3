import { describe, expect, it } from 'vitest';
import { baseTip } from '../../../src/policy/base.js';
import { type CiOptions, ci } from '../../../src/policy/range/ci.js';
import { ciBase, defaultBranch, eventFile } from '../../../src/policy/range/ci-base.js';
import { commits, named, refuseShallow } from '../../../src/policy/range/commits.js';
import { parsePushedRefs } from '../../../src/policy/range/pushed-refs.js';
import { type MemoryRepo, memoryRepo } from '../../kit/memory-repo.js';

const [sha, zeros] = ['a'.repeat(40), '0'.repeat(40)];
const github = { GITHUB_ACTIONS: 'true' };

describe('what CI says', () => {
  it.each<[vars: Record<string, string>, event: unknown, said: object | null]>([
    [
      { ...github, GITHUB_EVENT_NAME: 'merge_group' },
      { merge_group: { base_sha: sha } },
      { system: 'GitHub', commit: sha },
    ],
    [{ ...github, GITHUB_EVENT_NAME: 'merge_group' }, {}, null],
    [{ ...github, GITHUB_EVENT_NAME: 'merge_group' }, { merge_group: { base_sha: 1 } }, null],
    [{ ...github, GITHUB_EVENT_NAME: 'push' }, { before: sha }, { system: 'GitHub', commit: sha, isPush: true }],
    [{ ...github, GITHUB_EVENT_NAME: 'push' }, { before: 1 }, null],
    [{ ...github, GITHUB_EVENT_NAME: 'schedule' }, { before: sha }, null],
    [
      { ...github, GITHUB_BASE_REF: 'main', GITHUB_REF: 'refs/pull/12/merge', GITHUB_SHA: sha },
      null,
      { system: 'GitHub', merge: sha, branch: 'main' },
    ],
    [
      { ...github, GITHUB_BASE_REF: 'main', GITHUB_REF: 'refs/pull/12/merge/x', GITHUB_SHA: sha },
      null,
      { system: 'GitHub', branch: 'main' },
    ],
    [
      { ...github, GITHUB_BASE_REF: 'main', GITHUB_REF: 'x/refs/pull/12/merge', GITHUB_SHA: sha },
      null,
      { system: 'GitHub', branch: 'main' },
    ],
    [{ ...github, GITHUB_BASE_REF: 'main', GITHUB_SHA: sha }, null, { system: 'GitHub', branch: 'main' }],
    [
      { GITLAB_CI: 'true', CI_COMMIT_BEFORE_SHA: `${zeros}1` },
      null,
      { system: 'GitLab', commit: `${zeros}1`, isPush: true },
    ],
    [
      { GITLAB_CI: 'true', CI_COMMIT_BEFORE_SHA: `1${zeros}` },
      null,
      { system: 'GitLab', commit: `1${zeros}`, isPush: true },
    ],
    [
      { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_DESTINATION_BRANCH: 'main' },
      null,
      { system: 'Bitbucket', branch: 'main' },
    ],
    [
      { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main' },
      null,
      { system: 'Azure DevOps', branch: 'main' },
    ],
    [
      { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'x/refs/heads/main' },
      null,
      { system: 'Azure DevOps', branch: 'x/refs/heads/main' },
    ],
    [
      { CODEBUILD_BUILD_ID: '1', CODEBUILD_WEBHOOK_PREV_COMMIT: sha },
      null,
      { system: 'CodeBuild', commit: sha, isPush: true },
    ],
    [{ CODEBUILD_BUILD_ID: '1', CODEBUILD_WEBHOOK_PREV_COMMIT: sha, CODEBUILD_WEBHOOK_TRIGGER: 'pr/1' }, null, null],
    [{ JENKINS_URL: 'x', CHANGE_TARGET: 'main' }, null, { system: 'Jenkins', branch: 'main' }],
    [{ CHANGE_TARGET: 'main' }, null, null],
  ])('%j %j', (vars, event, said) => expect(ciBase(vars, event)).toEqual(said));

  it.each<[vars: Record<string, string>, event: unknown, branch: string | undefined]>([
    [{ GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'trunk' }, null, 'trunk'],
    [{ CI_DEFAULT_BRANCH: 'trunk' }, { repository: { default_branch: 'x' } }, undefined],
    [github, { repository: { default_branch: 'trunk' } }, 'trunk'],
    [{ ...github, CI_DEFAULT_BRANCH: 'x' }, { repository: { default_branch: 1 } }, undefined],
    [github, {}, undefined],
    [github, null, undefined],
  ])('%j %j of the default branch: %s', (vars, event, branch) => expect(defaultBranch(vars, event)).toBe(branch));

  it('is in a file at GitHub alone', () => {
    const vars = { GITHUB_EVENT_PATH: '/event.json' };
    expect([eventFile({ ...github, ...vars }), eventFile(vars), eventFile(github)]).toEqual([
      '/event.json',
      null,
      null,
    ]);
  });
});

const forked = () => memoryRepo().commit({ a: '1' }).branch('feature').commit({ b: '1' }).commit({ c: '1' });

describe('a revision', () => {
  it.each([
    ['v1', 'refs/tags/v1', 'refs/heads/v1'],
    ['origin/main', 'refs/tags/origin/main', 'refs/remotes/origin/main'],
    ['upstream', 'refs/tags/upstream', 'refs/remotes/upstream/HEAD'],
  ])('%s that is a tag and a branch is none', async (name, tag, branch) => {
    const story = forked().tag(name).ref(branch, 'develop');
    const refused = {
      code: 'revision-twice',
      message: `'${name}' (--from) is a tag and a branch here, and they are two commits.`,
    };
    for (const rev of [name, `${name}~0`]) {
      await expect(
        named({ ...story.git, commit: async (one) => story.git.commit(one.replace('~0', '')) }, rev, '--from'),
      ).rejects.toMatchObject({
        code: refused.code,
        hint: `Say which is meant: --from ${tag}, or --from ${branch}`,
      });
    }
    expect(await named(story.git, tag, '--from')).toBe(story.head());
    expect(await named(story.git, branch, '--from')).toBe(story.head('develop'));
    expect(await named(story.ref(branch, 'HEAD').git, name, '--from')).toBe(story.head());
  });

  it('HEAD is HEAD, whatever a tag is called', async () => {
    const story = forked().tag('HEAD', { at: 'develop' }).ref('refs/heads/HEAD', 'HEAD~');
    const commit = async (rev: string) => (rev === 'HEAD' ? story.head() : story.git.commit(rev));
    expect(await named({ ...story.git, commit }, 'HEAD', '--to')).toBe(story.head());
    await expect(named(memoryRepo().git, 'HEAD', '--to')).rejects.toMatchObject({ code: 'no-commit' });
  });

  it('a full name is what it says, whatever a tag is called', async () => {
    const story = forked().tag('refs/heads/develop').ref('refs/heads/refs/heads/develop', 'HEAD~');
    expect(await named(story.git, 'refs/heads/develop', '--to')).toBe(story.head('refs/heads/develop'));
  });

  it.each([
    ['v9', 'shallow', 'lead to v9 (--from)'],
    ['v9 x', 'unknown-revision', "--from 'v9 x'"],
    ['-v9', 'unknown-revision', "--from '-v9'"],
  ])('%s that a shallow clone does not have', async (rev, code, says) => {
    const refused = { code, message: expect.stringContaining(says) };
    await expect(named(forked().cut().git, rev, '--from')).rejects.toMatchObject(
      code === 'shallow' ? refused : { code },
    );
  });

  it('that a shallow clone does not connect with the judged one is told', async () => {
    const story = forked();
    const [from, to] = [story.head('develop'), story.head()];
    await refuseShallow(story.git, from, to);
    const message = expect.stringMatching(new RegExp(`connect ${from.slice(0, 7)} and ${to.slice(0, 7)}\\b`));
    await expect(refuseShallow(story.cut().git, from, to)).rejects.toMatchObject({ code: 'shallow', message });
  });
});

it('a range of commits is named by its end, and begins at its start or at nothing', async () => {
  const story = forked();
  const tip = () => baseTip(story.git, null);
  const range = { from: story.head('develop'), to: story.head() };
  const { name, begun, tags, whole, base } = commits(story.git, range, tip);
  expect({ name, begun, tags, whole, base }).toEqual({
    ...{ name: `commit ${range.to.slice(0, 7)}`, begun: [range.from], tags: [], whole: false, base: range.from },
  });
  const stage = commits(story.git, range, tip).stage;
  expect(stage).toBe('ci');
  const all = commits(story.git, { ...range, from: null }, tip);
  expect([all.begun, (await all.history()).map(({ path }) => path)]).toEqual([[], ['a', 'b', 'c']]);
});

describe('where a change begins, and with it the policy that it found', () => {
  const begunBy = async (story: MemoryRepo, options: Partial<CiOptions>, notice: string | null = null) => {
    const start = async () => ({ tip: await baseTip(story.git, null), notice });
    const given = { from: undefined, to: undefined, baseBranch: null, announced: null, tag: null };
    const { subject, notices } = await ci(story.git, { ...given, start, ...options });
    return { begun: subject.begun, notices };
  };
  const shas = (story: MemoryRepo, ...names: string[]) => names.map((name) => story.head(name));

  it('is what is given', async () => {
    const story = forked();
    const push = { system: 'GitHub', commit: story.head('HEAD~'), isPush: true as const };
    expect((await begunBy(story, { from: 'develop' })).begun).toEqual(shas(story, 'develop'));
    expect((await begunBy(story, { from: story.head('HEAD~'), announced: push })).begun).toEqual(shas(story, 'HEAD~'));
  });

  it('is the base branch, as it was and as it is, where nobody says', async () => {
    const story = forked().branch('develop').commit({ d: '1' }).branch('feature');
    expect(await begunBy(story, {})).toEqual({ begun: shas(story, 'HEAD~~', 'develop'), notices: [] });
    expect((await begunBy(story, {}, 'said')).notices).toEqual(['said']);
  });

  it('is the target, where CI says it', async () => {
    const story = forked();
    const announced = { system: 'GitLab', commit: story.head('HEAD~') };
    expect((await begunBy(story, { announced })).begun).toEqual(shas(story, 'HEAD~', 'HEAD~'));
  });

  it('is the base branch where a push says only what its branch was before', async () => {
    const story = forked();
    const announced = { system: 'GitHub', commit: story.head('HEAD~'), isPush: true as const };
    expect((await begunBy(story, { announced })).begun).toEqual(shas(story, 'develop', 'develop'));
    const onBase = forked().branch('develop', 'feature');
    const pushed = { system: 'GitHub', commit: onBase.head('HEAD~'), isPush: true as const };
    expect((await begunBy(onBase, { announced: pushed })).begun).toEqual(shas(onBase, 'HEAD~'));
    const alone = forked().ref('refs/heads/develop', null);
    const told = { system: 'GitHub', commit: alone.head('HEAD~'), isPush: true as const };
    expect((await begunBy(alone, { announced: told })).begun).toEqual(shas(alone, 'HEAD~'));
    const beside = forked().orphan('main').commit({ z: '1' }).branch('feature');
    const other = { system: 'GitHub', commit: beside.head('HEAD~'), isPush: true as const };
    expect((await begunBy(beside, { announced: other })).begun).toEqual(shas(beside, 'HEAD~'));
  });

  it('is what the policy of the judged commit calls its base, where the beginning is given', async () => {
    const story = forked().branch('trunk', 'develop').commit({ e: '1' }).branch('feature');
    const start = async () => ({ tip: await baseTip(story.git, null), notice: null });
    const options = { to: undefined, baseBranch: 'trunk', tag: null, start, announced: null, from: 'develop' };
    const tipOf = async (more: Partial<CiOptions>) => (await ci(story.git, { ...options, ...more })).subject.tip();
    expect(await tipOf({})).toBe(story.head('trunk'));
    expect(await tipOf({ from: undefined, announced: { system: 'CI', commit: story.head('HEAD~') } })).toBe(
      story.head('trunk'),
    );
    story.branch('develop').commit({ f: '1' }).branch('feature');
    expect(await tipOf({ from: undefined })).toBe(story.head('develop'));
  });

  it('is no first parent of a merge that is not the one of CI', async () => {
    const story = forked().branch('develop').commit({ e: '1' }).branch('feature').merge('develop');
    story.ref('refs/remotes/origin/develop', 'develop');
    const announced = { system: 'GitHub', merge: 'e'.repeat(40), branch: 'develop' };
    expect((await begunBy(story, { announced })).begun).toEqual(shas(story, 'develop', 'develop'));
  });

  it('is no commit that a tag or branch only has the name of', async () => {
    const story = forked();
    const announced = { system: 'GitHub', commit: 'abcdef1' };
    await expect(begunBy(story.tag('abcdef1', { plain: true }), { announced })).rejects.toMatchObject({
      code: 'no-base',
      message: expect.stringContaining(
        'GitHub counts from commit abcdef1, and a tag or branch here has that very name: take it away',
      ),
    });
    const short = { system: 'GitHub', commit: story.head('HEAD~').slice(0, 12) };
    const git = {
      ...story.git,
      commit: async (rev: string) => (rev === short.commit ? story.head('HEAD~') : story.git.commit(rev)),
    };
    expect((await begunBy({ ...story, git }, { announced: short })).begun).toEqual(shas(story, 'HEAD~', 'HEAD~'));
  });
});

describe('pushed refs', () => {
  const ref = { localRef: 'refs/heads/x', local: sha, remoteRef: 'refs/heads/x', remote: null };
  it('are read from the right, line by line', () => {
    expect(
      parsePushedRefs(`refs/heads/x ${sha} refs/heads/x ${zeros}\nx\ry ${zeros} refs/heads/x ${sha}\r\n\n`),
    ).toEqual([ref, { localRef: 'x\ry', local: null, remoteRef: 'refs/heads/x', remote: sha }]);
  });
  it.each([
    'x',
    `refs/heads/x ${sha} refs/heads/x`,
    `a b c ${zeros}`,
    `x ${sha}x refs/heads/x ${zeros}`,
    `x ${sha} x ${zeros} `,
  ])('%j is none', (line) => {
    expect(() => parsePushedRefs(line)).toThrow(`A line of the pushed refs cannot be read: ${line}`);
    expect(() => parsePushedRefs(line)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('check --help') }),
    );
  });
});
