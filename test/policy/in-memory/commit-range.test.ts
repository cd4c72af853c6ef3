import { expect, it } from 'vitest';
import { preCommit } from '../../../src/policy/range/pre-commit.js';
import { brief, type MemoryRepo, memoryRepo } from '../../kit/memory-repo.js';

const forked = () => memoryRepo().commit({ a: '1' }).branch('feature').commit({ b: '1' });

async function committing(story: MemoryRepo, baseBranch: string | null = null) {
  const subject = await preCommit(story.git, baseBranch);
  return { ...subject, tip: await subject.tip(), changes: brief(await subject.changes()) };
}

it('a commit is judged by what is staged, from where its branch began', async () => {
  const story = forked().branch('develop').commit({ e: '1' }).branch('feature').stage({ c: '1' });
  expect(await committing(story)).toMatchObject({
    ...{ stage: 'pre-commit', name: 'the index', head: null, whole: false, begun: [], tags: [] },
    ...{ base: story.head('feature~'), tip: story.head('develop'), changes: ['A c'] },
  });
  expect(brief(await (await preCommit(story.git, null)).history())).toEqual(['A c']);
});

it('a commit on the base branch begins there, and collides with nothing of it', async () => {
  const story = memoryRepo().commit({ a: '1' }).stage({ b: '1' });
  expect(await committing(story)).toMatchObject({ base: story.head(), tip: null });
});

it('a commit where there is no base branch, or nothing is shared with it, begins at HEAD', async () => {
  expect(await committing(forked(), 'release')).toMatchObject({ base: forked().head(), tip: null });
  const beside = forked().orphan('other').commit({ z: '1' });
  expect(await committing(beside)).toMatchObject({ base: beside.head(), tip: beside.head('develop') });
});

it('the first commit of all begins at nothing', async () => {
  expect(await committing(memoryRepo().stage({ a: '1' }))).toMatchObject({ base: null, tip: null, changes: ['A a'] });
  const first = memoryRepo()
    .commit({ a: '1' })
    .ref('refs/remotes/origin/develop', 'HEAD')
    .orphan('new')
    .stage({ b: '1' });
  expect(await committing(first)).toMatchObject({ base: null, tip: first.head('develop') });
});

it('a merge of the base branch begins at its tip, and a merge of another at where the branch began', async () => {
  const story = forked()
    .branch('develop')
    .commit({ e: '1' })
    .branch('side', 'feature')
    .commit({ s: '1' })
    .branch('feature');
  expect(await committing(story.merging('develop'))).toMatchObject({ base: story.head('develop'), tip: null });
  const other = forked().branch('side').commit({ s: '1' }).branch('feature').merging('side');
  expect(await committing(other)).toMatchObject({ base: other.head('develop'), changes: ['A s'] });
});
