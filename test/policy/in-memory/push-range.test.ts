import { describe, expect, it } from 'vitest';
import { baseTip } from '../../../src/policy/base.js';
import { forkPoints, ownForkPoints } from '../../../src/policy/range/fork-points.js';
import { prePush } from '../../../src/policy/range/pre-push.js';
import { type PushedRef, parsePushedRefs } from '../../../src/policy/range/pushed-refs.js';
import type { Tree } from '../../../src/ports.js';
import { examplePolicy } from '../../../src/rule/index.js';
import { brief, type MemoryRepo, memoryRepo } from '../../kit/memory-repo.js';

const zeros = '0'.repeat(40);

/** On develop, which origin has, `a` and `b`; on feature, where HEAD is, `c` and `d`. */
const forked = () =>
  memoryRepo()
    .commit({ a: '1' })
    .commit({ b: '1' })
    .ref('refs/remotes/origin/develop', 'HEAD')
    .branch('feature')
    .commit({ c: '1' })
    .commit({ d: '1' });

/** As each policy's own word has it. */
const startOf = (story: MemoryRepo) => async (branch: string | null) => ({
  ...{ tip: await baseTip(story.git, branch), notice: null },
});

const pushed = (story: MemoryRepo, branch: string, remote: string | null = null): PushedRef => ({
  ...{ localRef: `refs/heads/${branch}`, local: story.head(branch), remoteRef: `refs/heads/${branch}`, remote },
});

async function pushing(
  story: MemoryRepo,
  refs: PushedRef[],
  { baseBranch = null as string | null, remote = 'origin' as string | null } = {},
) {
  const declarations = { ...examplePolicy, baseBranch };
  const { tasks, notices } = await prePush(story.git, refs, remote, async () => ({ declarations }), startOf(story));
  const told = tasks.map(async ({ subject }) => ({
    ...{ name: subject.name, base: subject.base, tip: await subject.tip(), tags: subject.tags.map(({ name }) => name) },
    ...{ changes: brief(await subject.changes()), history: brief(await subject.history()) },
  }));
  return { tasks: await Promise.all(told), notices };
}

describe('a push', () => {
  it('of a new branch is judged from where it left the base branch', async () => {
    const story = forked();
    expect(await pushing(story, [pushed(story, 'feature')])).toEqual({
      tasks: [
        {
          ...{ name: 'refs/heads/feature', base: story.head('develop'), tip: null, tags: [] },
          ...{ changes: ['A c', 'A d'], history: ['A c', 'A d'] },
        },
      ],
      notices: [],
    });
  });

  it('of what a later commit takes back still tells of it', async () => {
    const story = forked().commit({ c: null });
    expect((await pushing(story, [pushed(story, 'feature')])).tasks).toMatchObject([
      { changes: ['A d'], history: ['A c', 'A d', 'D c'] },
    ]);
  });

  it('of a branch that the remote has tells what it does not have yet, and judges all of the branch', async () => {
    const story = forked();
    const before = story.head('HEAD~');
    expect((await pushing(story, [pushed(story, 'feature', before)])).tasks).toMatchObject([
      { changes: ['A c', 'A d'], history: ['A d'] },
    ]);
    story.ref('refs/remotes/origin/feature', before);
    expect((await pushing(story, [pushed(story, 'feature')])).tasks).toMatchObject([{ history: ['A d'] }]);
    const elsewhere = { remote: 'https://example.com/x.git' };
    expect((await pushing(story, [pushed(story, 'feature')], elsewhere)).tasks).toMatchObject([
      { history: ['A a', 'A b', 'A c', 'A d'] },
    ]);
    expect((await pushing(story, [pushed(story, 'feature')], { remote: null })).tasks).toMatchObject([
      { history: ['A a', 'A b', 'A c', 'A d'] },
    ]);
  });

  it('of the base branch is judged from what the remote has of it', async () => {
    const story = memoryRepo().commit({ a: '1' }).commit({ b: '1' }).commit({ c: '1' });
    const before = story.head('HEAD~');
    expect((await pushing(story, [pushed(story, 'develop', before)])).tasks).toMatchObject([
      { base: before, changes: ['A c'], history: ['A c'] },
    ]);
    expect((await pushing(story, [pushed(story, 'develop')])).tasks).toMatchObject([
      { base: null, changes: ['A a', 'A b', 'A c'] },
    ]);
  });

  it('that rewrites what the remote has is judged from where the two part', async () => {
    const story = memoryRepo().commit({ a: '1' }).commit({ b: '1' });
    const before = story.head();
    story.branch('develop', before).ref('refs/heads/old', 'HEAD').branch('again', story.head('HEAD~'));
    story.commit({ z: '1' }).ref('refs/heads/develop', 'again');
    expect((await pushing(story, [{ ...pushed(story, 'develop', before) }])).tasks).toMatchObject([
      { changes: ['A z'], history: ['A z'] },
    ]);
  });

  it('of a branch beside which the base branch went on may collide with it', async () => {
    const story = forked()
      .branch('develop')
      .commit({ e: '1' })
      .ref('refs/remotes/origin/develop', 'HEAD')
      .branch('feature');
    expect((await pushing(story, [pushed(story, 'feature')])).tasks).toMatchObject([
      { base: story.head('feature~~'), tip: story.head('develop') },
    ]);
  });

  it('of what the base branch has already brings nothing', async () => {
    const story = forked().branch('old', 'develop~');
    expect((await pushing(story, [pushed(story, 'old')])).tasks).toMatchObject([
      { base: story.head('old'), tip: null, changes: [], history: [] },
    ]);
  });

  it('of a merge tells each commit of it once', async () => {
    const story = forked().branch('side', 'feature~').commit({ s: '1' }).branch('feature').merge('side', { m: '1' });
    const [task] = (await pushing(story, [pushed(story, 'feature')])).tasks;
    expect(task?.changes).toEqual(['A c', 'A d', 'A m', 'A s']);
    expect([...(task?.history ?? [])].sort()).toEqual(['A c', 'A d', 'A m', 'A s']);
  });
});

describe('a push of several refs', () => {
  it('judges a commit once, under all its names', async () => {
    const story = forked().ref('refs/heads/same', 'HEAD');
    const { tasks } = await pushing(story, [pushed(story, 'feature'), pushed(story, 'same')]);
    expect(tasks.map(({ name }) => name)).toEqual(['refs/heads/feature, refs/heads/same']);
  });

  it('tells what two of them share in the first', async () => {
    const story = forked().branch('more').commit({ e: '1' });
    const { tasks } = await pushing(story, [pushed(story, 'feature'), pushed(story, 'more')]);
    expect(tasks).toMatchObject([
      { name: 'refs/heads/feature', changes: ['A c', 'A d'], history: ['A c', 'A d'] },
      { name: 'refs/heads/more', changes: ['A c', 'A d', 'A e'], history: ['A e'] },
    ]);
  });

  it('tells it in each where their baselines differ', async () => {
    const story = forked().branch('more').commit({ '.layerpolicy-baseline.json': '{}' });
    const { tasks } = await pushing(story, [pushed(story, 'feature'), pushed(story, 'more')]);
    expect(tasks.map(({ history }) => history)).toEqual([
      ['A c', 'A d'],
      ['A c', 'A d', 'A .layerpolicy-baseline.json'],
    ]);
  });

  it('that leave the base branch at one point or at several', async () => {
    const story = forked().branch('early', 'develop~').commit({ x: '1' });
    const { tasks } = await pushing(story, [pushed(story, 'feature'), pushed(story, 'early')]);
    expect(tasks.map(({ base, changes }) => [base, changes])).toEqual([
      [story.head('develop'), ['A c', 'A d']],
      [story.head('develop~'), ['A x']],
    ]);
  });

  it('of which one has brought the base branch in again is judged from the nearest', async () => {
    const story = forked().branch('develop').commit({ e: '1' }).ref('refs/remotes/origin/develop', 'HEAD');
    story.branch('merged', 'feature').merge('develop').branch('feature');
    const { tasks } = await pushing(story, [pushed(story, 'feature'), pushed(story, 'merged')]);
    expect(tasks.map(({ base }) => base)).toEqual([story.head('feature~~'), story.head('develop')]);
  });

  it('each of which the remote has in part', async () => {
    const story = memoryRepo().commit({ a: '1' });
    for (const name of ['x', 'y'])
      story
        .branch(name, 'develop')
        .commit({ [`${name}1`]: '1' })
        .commit({ [`${name}2`]: '1' });
    story.ref('refs/heads/develop', null);
    const { tasks } = await pushing(
      story,
      ['x', 'y'].map((name) => pushed(story, name, story.head(`${name}~`))),
    );
    expect(tasks).toMatchObject([
      { base: story.head('x~'), changes: ['A x2'], history: ['A x2'] },
      { base: story.head('y~'), changes: ['A y2'], history: ['A y2'] },
    ]);
  });
});

describe('what a push brings besides branches', () => {
  const tagged = (name: string, local: string | null, remote: string | null = null): PushedRef => ({
    ...{ localRef: local === null ? '(delete)' : `refs/tags/${name}`, local, remoteRef: `refs/tags/${name}`, remote },
  });

  it('a deleted branch brings nothing', async () => {
    const story = forked();
    const gone = { localRef: '(delete)', local: null, remoteRef: 'refs/heads/old', remote: story.head() };
    expect(await pushing(story, [gone])).toEqual({ tasks: [], notices: [] });
  });

  it('a ref that leads to no commit is told of', async () => {
    const story = forked();
    const blob = { localRef: 'refs/heads/blob', local: story.oid('a'), remoteRef: 'refs/heads/blob', remote: null };
    expect(await pushing(story, [blob])).toEqual({
      tasks: [],
      notices: ['refs/heads/blob leads to no commit, so there is nothing to judge in it.'],
    });
  });

  it('a tag is judged on its commit', async () => {
    const story = forked().tag('v1');
    const { oid = '' } = (await story.git.object('refs/tags/v1')) ?? {};
    expect((await pushing(story, [tagged('v1', oid)])).tasks).toMatchObject([
      { name: 'refs/tags/v1', changes: ['A c', 'A d'], tags: ['v1'] },
    ]);
  });

  it('tags that are taken away are judged on the base branch, together', async () => {
    const story = forked();
    const refs = [tagged('v1', null, story.head()), tagged('v2', null, story.head())];
    const { tasks } = await prePush(
      story.git,
      refs,
      'origin',
      async () => ({ declarations: examplePolicy }),
      startOf(story),
    );
    expect(tasks.map(({ subject }) => subject)).toMatchObject([
      {
        ...{
          name: 'refs/tags/v1, refs/tags/v2',
          head: story.head('develop'),
          base: story.head('develop'),
          whole: false,
        },
        tags: [
          { name: 'v1', oid: null, was: story.head(), isGuess: false },
          { name: 'v2', oid: null },
        ],
      },
    ]);
    expect(await tasks[0]?.subject.changes()).toEqual([]);
    expect(await tasks[0]?.subject.tip()).toBeNull();
  });

  it('a tag that is taken away where there is no base branch is judged on HEAD; without a commit, not at all', async () => {
    const story = memoryRepo().commit({ a: '1' }).branch('x').ref('refs/heads/develop', null);
    const refs = [tagged('v1', null, story.head())];
    expect((await pushing(story, refs)).tasks).toMatchObject([{ base: story.head() }]);
    expect((await pushing(memoryRepo(), refs)).tasks).toEqual([]);
  });
});

describe('what a push is judged by', () => {
  const subjectsOf = async (story: MemoryRepo, refs: PushedRef[], notice: string | null = null) => {
    const policies = new Map([['a', examplePolicy]]);
    const configOf = async (tree: Tree) => {
      const oid = (await tree.entry('policy'))?.oid ?? 'a';
      const declarations = policies.get(oid) ?? { ...examplePolicy };
      policies.set(oid, declarations);
      return { declarations };
    };
    const start = async () => ({ tip: await baseTip(story.git, null), notice });
    const { tasks, notices } = await prePush(story.git, refs, 'origin', configOf, start);
    return { subjects: tasks.map(({ subject }) => subject), notices };
  };

  it('is where it begins, and the tip of the base branch', async () => {
    const story = forked().branch('develop').commit({ e: '1' }).ref('refs/remotes/origin/develop', 'HEAD');
    const { subjects } = await subjectsOf(story.branch('feature'), [pushed(story, 'feature')]);
    const begun = [story.head('feature~~'), story.head('develop')];
    expect(subjects).toMatchObject([{ begun, whole: false, stage: 'pre-push', head: story.head() }]);
  });

  it('is what the remote has of it, under any of its names, where there is no base branch', async () => {
    const story = forked().ref('refs/remotes/origin/develop', null).ref('refs/heads/develop', null);
    const before = story.head('HEAD~');
    const names = [pushed(story, 'feature'), { ...pushed(story, 'feature', before), remoteRef: 'refs/heads/other' }];
    expect((await subjectsOf(story, names)).subjects).toMatchObject([{ base: before, begun: [before] }]);
    const alone = (await subjectsOf(story, [pushed(story, 'feature')])).subjects;
    expect(alone).toMatchObject([{ base: null, begun: [] }]);
  });

  it('is the base branch, for a tag that is taken away', async () => {
    const story = forked();
    const gone = { localRef: '(delete)', local: null, remoteRef: 'refs/tags/v1', remote: story.head() };
    const at = story.head('develop');
    expect((await subjectsOf(story, [gone])).subjects).toMatchObject([{ stage: 'pre-push', base: at, begun: [at] }]);
  });

  it('is said once, however many refs there are', async () => {
    const story = forked().branch('more').commit({ e: '1' });
    const { notices } = await subjectsOf(story, [pushed(story, 'feature'), pushed(story, 'more')], 'said');
    expect(notices).toEqual(['said']);
  });

  it('is the policy of each, so what two of them share is told in both where these differ', async () => {
    const story = forked().branch('more').commit({ policy: 'other' });
    const { subjects } = await subjectsOf(story, [pushed(story, 'feature'), pushed(story, 'more')]);
    const told = await Promise.all(subjects.map(async ({ history }) => brief(await history())));
    expect(told).toEqual([
      ['A c', 'A d'],
      ['A c', 'A d', 'A policy'],
    ]);
  });
});

it('git is asked once for each choice between places where branches left the base branch', async () => {
  const story = forked().branch('develop').commit({ e: '1' }).ref('refs/remotes/origin/develop', 'HEAD');
  for (const name of ['x', 'y', 'z']) story.branch(name, 'feature').merge('develop', { [name]: '1' });
  let asked = 0;
  const mergeBase: typeof story.git.mergeBase = (...commits) => {
    asked++;
    return story.git.mergeBase(...commits);
  };
  const bases = async (...names: string[]) => {
    asked = 0;
    const tips = names.map((name) => story.head(name));
    return [...(await forkPoints({ ...story.git, mergeBase }, story.head('develop'), tips)).values(), asked];
  };
  const [early, late] = [story.head('feature~~'), story.head('develop')];
  expect(await bases('feature')).toEqual([early, 1]);
  expect(await bases('feature', 'feature~')).toEqual([early, early, 0]);
  expect(await bases('x', 'y', 'feature', 'z')).toEqual([late, late, early, late, 1]);
});

it('git is asked where a branch and what the remote has of it part, only where that is not one place', async () => {
  const story = memoryRepo().commit({ a: '1' }).branch('x').commit({ b: '1' }).ref('refs/heads/was', 'HEAD');
  story.branch('again', 'develop').commit({ c: '1' }).branch('y', 'develop').commit({ d: '1' });
  let asked = 0;
  const mergeBase: typeof story.git.mergeBase = (...commits) => {
    asked++;
    return story.git.mergeBase(...commits);
  };
  const at = (name: string) => story.head(name);
  const of = async (...pairs: [tip: string, before: string][]) => {
    asked = 0;
    const before = new Map(pairs.map(([tip, was]) => [at(tip), at(was)]));
    return [...(await ownForkPoints({ ...story.git, mergeBase }, before)).values(), asked];
  };
  expect(await of(['x', 'x~'], ['y', 'y~'])).toEqual([at('develop'), at('develop'), 0]);
  expect(await of(['again', 'was'])).toEqual([at('develop'), 0]);
  expect(await of()).toEqual([0]);
  story.branch('both', 'again').merge('was', { m: '1' }).commit({ n: '1' });
  story.branch('was2', 'was').commit({ e: '1' }).ref('refs/heads/other', 'again');
  expect(await of(['both', 'was2'], ['y', 'again'])).toEqual([at('was'), at('develop'), 1]);
});

describe('a push from a shallow clone', () => {
  it('is refused where nothing leads to what it is compared with, and told from where', async () => {
    const story = forked().branch('develop').commit({ e: '1' }).ref('refs/remotes/origin/develop', 'HEAD');
    story.branch('feature').cut('develop');
    await expect(pushing(story, [pushed(story, 'feature'), pushed(story, 'feature')])).rejects.toMatchObject({
      code: 'shallow',
      message: expect.stringMatching(
        new RegExp(`lead from ${story.head().slice(0, 7)} back to what it is compared with`),
      ),
    });
  });

  it('is refused where history does not lead back', async () => {
    const story = forked().cut('feature');
    await expect(pushing(story, [pushed(story, 'feature')])).rejects.toMatchObject({ code: 'shallow' });
  });

  it('passes where what the remote has is written as the parent', async () => {
    const story = memoryRepo().commit({ a: '1' }).commit({ b: '1' }).commit({ c: '1' });
    const before = story.head('HEAD~');
    story.cut('HEAD~');
    expect((await pushing(story, [pushed(story, 'develop', before)])).tasks).toMatchObject([
      { base: before, history: ['A c'] },
    ]);
  });

  it('is judged whole where all of it is here', async () => {
    const story = forked().cut('develop');
    expect((await pushing(story, [pushed(story, 'feature')])).tasks).toMatchObject([{ history: ['A c', 'A d'] }]);
  });
});

describe('the lines that git gives a push hook', () => {
  const oid = 'a'.repeat(40);
  it.each<[line: string, ref: Partial<PushedRef>]>([
    [
      `refs/heads/x ${oid} refs/heads/y ${zeros}`,
      { localRef: 'refs/heads/x', local: oid, remoteRef: 'refs/heads/y', remote: null },
    ],
    [`(delete) ${zeros} refs/heads/y ${oid}`, { localRef: '(delete)', local: null, remote: oid }],
    [`main@{1 day ago} ${oid} refs/heads/y ${oid}`, { localRef: 'main@{1 day ago}' }],
    [`refs/heads/x ${'b'.repeat(64)} refs/heads/y ${'0'.repeat(64)}`, { local: 'b'.repeat(64), remote: null }],
    [
      `refs/heads/a\u00a0b ${oid} refs/heads/a\u2028b ${zeros}`,
      { localRef: 'refs/heads/a\u00a0b', remoteRef: 'refs/heads/a\u2028b' },
    ],
  ])('%s', (line, ref) => {
    expect(parsePushedRefs(`${line}\n`)).toMatchObject([ref]);
    expect(parsePushedRefs(`${line}\r\n${line}\r\n`)).toHaveLength(2);
    expect(parsePushedRefs(line)).toMatchObject([ref]);
  });

  it.each([
    'nonsense',
    `refs/heads/x ${oid} refs/heads/y`,
    `refs/heads/x ${oid} y ${oid} z`,
    `x ${oid.slice(1)} y ${oid}`,
    `x ${oid}a y ${oid}0g`,
  ])('are refused where one cannot be read: %s', (line) => {
    expect(() => parsePushedRefs(line)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('may be none', () => expect(parsePushedRefs('\n')).toEqual([]));
});
