import { describe, expect, it } from 'vitest';
import { baseTip } from '../../../src/policy/base.js';
import { type CiOptions, ci } from '../../../src/policy/range/ci.js';
import { commits } from '../../../src/policy/range/commits.js';
import { whole, wholeIndex } from '../../../src/policy/range/whole.js';
import { brief, type MemoryRepo, memoryRepo } from '../../kit/memory-repo.js';

/** On develop `a`, `b`; on feature, which is made on it and is where HEAD is, `c` and `d`. */
const forked = () =>
  memoryRepo().commit({ a: '1' }).commit({ b: '1' }).branch('feature').commit({ c: '1' }).commit({ d: '1' });

const nobody: Omit<CiOptions, 'start'> = {
  from: undefined,
  to: undefined,
  baseBranch: null,
  announced: null,
  tag: null,
};

/** As the judged policy's own word has it. */
const startAt =
  (story: MemoryRepo, branch: string | null = null) =>
  async () => ({
    ...{ tip: await baseTip(story.git, branch), notice: null },
  });

/** What is judged: from where, by name, what lies between, and what the reader is told. */
async function ranged(story: MemoryRepo, options: Partial<CiOptions> = {}) {
  const start = startAt(story, options.baseBranch);
  const { subject, notices } = await ci(story.git, { ...nobody, start, ...options });
  const { base, head, whole: isWhole, stage } = subject;
  return { base, head, isWhole, stage, changes: brief(await subject.changes()), notices };
}

const failureOf = (story: MemoryRepo, options: Partial<CiOptions> = {}) => expect(ranged(story, options)).rejects;

describe('a range that is given', () => {
  it('goes from one revision to the other', async () => {
    const story = forked();
    expect(await ranged(story, { from: 'develop', to: 'feature' })).toEqual({
      ...{ base: story.head('develop'), head: story.head(), isWhole: false, stage: 'ci' },
      ...{ changes: ['A c', 'A d'], notices: [] },
    });
    expect(await ranged(story, { from: story.head('HEAD~') })).toMatchObject({ changes: ['A d'] });
    expect(await ranged(story, { from: 'develop', to: story.head('HEAD~') })).toMatchObject({ changes: ['A c'] });
  });

  it.each([
    [{ from: 'nowhere' }, '--from'],
    [{ to: 'nowhere' }, '--to'],
  ])('%j names no commit', async (options, flag) => {
    await failureOf(forked(), options).toMatchObject({
      code: 'unknown-revision',
      message: expect.stringMatching(new RegExp(`nowhere.*${flag}|${flag}.*nowhere`)),
    });
  });

  it('that a shallow clone ends in is told by the flag that asks for more', async () => {
    for (const flag of ['from', 'to'] as const)
      await failureOf(forked().cut(), { [flag]: 'v1.0.0' }).toMatchObject({
        message: expect.stringContaining(`lead to v1.0.0 (--${flag})`),
      });
  });

  it('begins beside what a shallow clone cuts off, where that is what it is compared with', async () => {
    const story = forked();
    const from = story.head('HEAD~');
    story.ref('refs/remotes/origin/feature', from).cut('HEAD');
    const { history } = commits(story.git, { from, to: story.head() }, async () => null);
    await expect(history()).resolves.toMatchObject([{ path: 'd', status: 'A' }]);
    const other = commits(story.git, { from: 'e'.repeat(40), to: story.head() }, async () => null);
    await expect(other.history()).rejects.toMatchObject({
      code: 'shallow',
      message: expect.stringMatching(new RegExp(`come before ${story.head().slice(0, 7)}\\b`)),
    });
  });

  it('may lead where a shallow clone does not', async () => {
    const story = forked().cut();
    await failureOf(story, { from: 'v1.0.0' }).toMatchObject({ code: 'shallow' });
    await failureOf(story, { from: '--upload-pack=x' }).toMatchObject({ code: 'unknown-revision' });
    await failureOf(story, { from: 'develop' }).toMatchObject({ code: 'shallow' });
  });

  it('is whole in a shallow clone where both ends are in it', async () => {
    const story = forked().cut('feature~');
    expect(await ranged(story, { from: story.head('feature~') })).toMatchObject({ changes: ['A d'] });
  });

  it('of a repository without a commit is none', async () => {
    await failureOf(memoryRepo()).toMatchObject({ code: 'no-commit' });
  });
});

describe('a range that nobody gives', () => {
  it('begins where the base branch was left', async () => {
    const story = forked().branch('develop').commit({ later: '1' }).branch('feature');
    expect(await ranged(story)).toMatchObject({ base: story.head('feature~~'), changes: ['A c', 'A d'], notices: [] });
  });

  it('is the whole tree where there is no base branch', async () => {
    const story = forked().ref('refs/heads/develop', null);
    expect(await ranged(story)).toMatchObject({
      ...{ base: null, isWhole: true, stage: 'ci', changes: ['A a', 'A b', 'A c', 'A d'] },
      notices: ['The whole tree is judged: there is no base branch here.'],
    });
    expect(await ranged(story, { baseBranch: 'release' })).toMatchObject({ isWhole: true });
  });

  it('is the whole tree where nothing is ahead', async () => {
    const story = forked().branch('develop').ref('refs/remotes/origin/develop', 'develop');
    expect(await ranged(story)).toMatchObject({
      isWhole: true,
      notices: ['The whole tree is judged: nothing is ahead of origin/develop.'],
    });
  });

  it('is the whole tree where nothing is shared', async () => {
    const story = memoryRepo().commit({ a: '1' }).ref('refs/heads/main', 'HEAD').orphan('x').commit({ z: '1' });
    expect(await ranged(story)).toMatchObject({
      isWhole: true,
      notices: ['The whole tree is judged: no history is shared with main.'],
    });
  });

  it('is none where history is cut off before it', async () => {
    await failureOf(forked().cut()).toMatchObject({ code: 'shallow' });
    await failureOf(forked().ref('refs/heads/develop', null).cut()).toMatchObject({
      code: 'shallow',
      message: expect.stringContaining('lead to the base branch'),
    });
    expect(await ranged(forked().cut('develop'))).toMatchObject({ changes: ['A c', 'A d'] });
  });
});

describe('a range that CI announces', () => {
  const merged = () => forked().branch('develop').commit({ e: '1' }).merge('feature');

  it('of a merge into the target begins with the target', async () => {
    const story = merged();
    const announced = { system: 'GitHub', merge: story.head(), branch: 'elsewhere' };
    expect(await ranged(story, { announced })).toMatchObject({
      base: story.head('HEAD~'),
      changes: ['A c', 'A d'],
      notices: [],
    });
  });

  it('of a merge whose target is cut off is none', async () => {
    const story = merged();
    const announced = { system: 'GitHub', merge: story.head() };
    await failureOf(story.lose(story.head('HEAD~')), { announced }).toMatchObject({
      code: 'shallow',
      message: expect.stringMatching(/lead back to [0-9a-f]{12}, from where GitHub counts,/),
    });
  });

  it('of what is no merge is compared with the branch', async () => {
    const story = forked().ref('refs/remotes/origin/develop', 'develop');
    const announced = { system: 'GitHub', merge: story.head(), branch: 'develop' };
    expect(await ranged(story, { announced })).toMatchObject({ changes: ['A c', 'A d'] });
    const other = merged().ref('refs/remotes/origin/develop', 'develop~');
    expect(await ranged(other, { to: 'feature', announced: { ...announced, merge: other.head() } })).toMatchObject({
      changes: ['A c', 'A d'],
    });
  });

  it('begins with the commit that is announced, rather than with the branch', async () => {
    const story = forked().ref('refs/remotes/origin/develop', 'develop');
    const announced = { system: 'GitLab', commit: story.head('HEAD~'), branch: 'develop' };
    expect(await ranged(story, { announced })).toMatchObject({
      base: story.head('HEAD~'),
      changes: ['A d'],
      notices: [],
    });
  });

  it('begins where a commit beside it was left: a force push', async () => {
    const story = forked().branch('old', 'feature~').commit({ x: '1' }).branch('feature');
    const announced = { system: 'GitHub', commit: story.head('old') };
    expect(await ranged(story, { announced })).toMatchObject({ base: story.head('feature~'), changes: ['A d'] });
  });

  it('that begins where it ends is no range: what the base branch says counts', async () => {
    const story = forked();
    const announced = { system: 'GitHub', commit: story.head() };
    expect(await ranged(story, { announced })).toMatchObject({ changes: ['A c', 'A d'], notices: [] });
  });

  it('from a commit that is gone counts from the base branch, and says so', async () => {
    const announced = { system: 'GitHub', commit: 'e'.repeat(40) };
    expect(await ranged(forked(), { announced })).toMatchObject({
      changes: ['A c', 'A d'],
      notices: ['GitHub counts from eeeeeeeeeeee, which is gone (a force push).'],
    });
  });

  it('from a branch that is not fetched is none, and says what to fetch', async () => {
    const announced = { system: 'GitHub', branch: 'main' };
    await failureOf(forked(), { announced }).toMatchObject({
      code: 'no-base',
      message: expect.stringContaining(
        'GitHub says the target is main, which is not fetched. Run: git fetch origin +refs/heads/main:refs/remotes/origin/main',
      ),
    });
  });

  it.each([
    [{ commit: 'e'.repeat(40) }, 'eeeeeeeeeeee'],
    [{ branch: 'main' }, 'main'],
  ])('from %j is none where history is cut off', async (said, name) => {
    await failureOf(forked().cut(), { announced: { system: 'CI', ...said } }).toMatchObject({
      code: 'shallow',
      message: expect.stringContaining(`lead back to ${name}, from where CI counts,`),
    });
  });

  it('from a commit with which the judged one is not connected here is none', async () => {
    const story = forked();
    const announced = { system: 'CI', commit: story.head('develop') };
    await failureOf(story.cut(), { announced }).toMatchObject({ code: 'shallow' });
  });

  it('takes the branch of any remote', async () => {
    const story = forked().ref('refs/remotes/origin/x', 'HEAD').ref('refs/remotes/upstream/main', 'develop');
    const announced = { system: 'CI', branch: 'main' };
    expect(await ranged(story, { announced })).toMatchObject({ base: story.head('develop') });
  });
});

describe('the tag that a run is about', () => {
  const tagsOf = async (story: MemoryRepo, isCommitOnly = false) => {
    const { subject } = await ci(story.git, { ...nobody, start: startAt(story), tag: { name: 'v1', isCommitOnly } });
    return subject.tags;
  };

  it('is the one of this clone, or it stands on the judged commit', async () => {
    const story = forked();
    expect(await tagsOf(story)).toEqual([{ name: 'v1', oid: story.head(), was: null, isGuess: true }]);
    const { oid } = (await story.tag('v1', { at: 'develop' }).git.object('refs/tags/v1')) ?? {};
    expect(await tagsOf(story)).toEqual([{ name: 'v1', oid, was: null, isGuess: false }]);
    expect(await tagsOf(story, true)).toEqual([{ name: 'v1', oid, was: null, isGuess: false }]);
    story.tag('v1', { plain: true });
    expect(await tagsOf(story)).toMatchObject([{ oid: story.head(), isGuess: false }]);
    expect(await tagsOf(story, true)).toMatchObject([{ oid: story.head(), isGuess: true }]);
  });
});

describe('the base branch', () => {
  const tip = (story: MemoryRepo, branch: string | null = null) => baseTip(story.git, branch);
  const remote = (name: string) => `refs/remotes/${name}`;

  it("is the remote's where there is one, and this clone's own else", async () => {
    const story = forked();
    const [here, there] = [story.head('develop'), story.head('HEAD~')];
    expect(await tip(story)).toEqual({ commit: here, name: 'develop', local: true });
    expect(await tip(story, 'feature')).toEqual({ commit: story.head(), name: 'feature', local: true });
    expect(await tip(story, 'release')).toBeNull();
    story.ref(remote('origin/develop'), 'HEAD~');
    expect(await tip(story)).toEqual({ commit: there, name: 'origin/develop', local: false });
    expect(await tip(story, 'feature')).toMatchObject({ name: 'feature' });
  });

  it('that a policy names is looked for at the remotes, then here, and is no tag', async () => {
    const story = forked().tag('release');
    expect(await tip(story, 'release')).toBeNull();
    story.ref(remote('fork/other'), 'HEAD').ref('refs/heads/release', 'HEAD~');
    expect(await tip(story, 'release')).toMatchObject({ name: 'release', local: true });
    story.ref(remote('upstream/release'), 'HEAD');
    expect(await tip(story, 'release')).toMatchObject({ name: 'upstream/release', local: false });
    story.ref(remote('origin/release'), 'develop');
    expect(await tip(story, 'release')).toEqual({
      commit: story.head('develop'),
      name: 'origin/release',
      local: false,
    });
  });

  it.each([
    [['main'], 'main'],
    [['develop', 'main'], 'main'],
    [['develop', 'master'], 'master'],
    [['x', 'develop'], 'develop'],
    [['x'], null],
  ])('of %j is %j', async (names, expected) => {
    const story = memoryRepo().commit({ a: '1' }).branch('x');
    for (const name of ['develop', ...names]) story.ref(`refs/heads/${name}`, names.includes(name) ? 'x' : null);
    expect((await tip(story))?.name ?? null).toBe(expected);
  });

  it('is what the remote calls its own, before all others', async () => {
    const story = forked().ref(remote('origin/main'), 'develop').ref(remote('origin/HEAD'), 'HEAD');
    expect(await tip(story)).toEqual({ commit: story.head(), name: 'origin/HEAD', local: false });
  });

  it('is that of another remote where origin has none', async () => {
    const story = forked().ref(remote('origin/x'), 'HEAD').ref(remote('upstream/develop'), 'HEAD');
    expect(await tip(story)).toEqual({ commit: story.head(), name: 'upstream/develop', local: false });
  });
});

describe('what collides with a range', () => {
  const tipOf = (story: MemoryRepo, from = 'develop~', to = 'feature') => {
    const range = { from: story.head(from), to: story.head(to) };
    return commits(story.git, range, () => baseTip(story.git, null)).tip();
  };

  it('is the base branch where the judged commit is not part of it', async () => {
    const story = forked().branch('develop').commit({ e: '1' });
    expect(await tipOf(story, 'feature~~')).toBe(story.head('develop'));
    expect(await tipOf(story, 'develop')).toBeNull();
    expect(await tipOf(story, 'feature~~', 'develop')).toBeNull();
    story.merge('feature');
    expect(await tipOf(story, 'feature~~')).toBeNull();
  });

  it('is nothing where there is no base branch', async () => {
    expect(await tipOf(forked().ref('refs/heads/develop', null), 'feature~')).toBeNull();
  });
});

describe('a whole tree', () => {
  it('of a commit brings all of it, and is compared with nothing', async () => {
    const story = forked();
    const subject = whole(story.git, story.head());
    expect(subject).toMatchObject({ stage: 'all', head: story.head(), base: null, whole: true, tags: [] });
    expect(subject.name).toBe(`commit ${story.head().slice(0, 7)}`);
    expect(await subject.tip()).toBeNull();
    expect(await subject.changes()).toEqual(await subject.history());
    expect(await subject.changes()).toMatchObject([
      { path: 'a', status: 'A', before: null, commit: null, mode: '100644' },
      ...[{ path: 'b' }, { path: 'c' }, { path: 'd' }],
    ]);
    expect(whole(story.git, story.head(), 'release').stage).toBe('release');
  });

  it('may be the index', async () => {
    const subject = wholeIndex(forked().stage({ e: '1', a: null }).git);
    expect(subject).toMatchObject({ stage: 'all', head: null, name: 'the index', whole: true });
    expect(brief(await subject.changes())).toEqual(['A b', 'A c', 'A d', 'A e']);
  });
});
