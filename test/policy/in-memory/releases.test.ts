import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { type MemoryRepo, memoryRepo, type Story } from '../../kit/memory-repo.js';

const zeros = '0'.repeat(40);
const versions = (core: string) => ({ VERSION: `CORE_VERSION=${core}\nDEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n` });
const readme = 'layer_management/active/core/README.md';
const manifest = (version: string, commit: string): Story => ({
  'layer_management/active/core/manifest.json': JSON.stringify({ version, git_sha: commit }),
});
const started = (files: Story = {}) => memoryRepo().commit({ ...wellKept, [readme]: 'core\n', ...files });

describe('a layer that rises by a major version', () => {
  const said = async (story: MemoryRepo, stage: 'all' | 'ci' | 'pre-commit' = 'ci') =>
    (await checked(story, { stage, rule: ['readme-on-major'] })).says;
  const unchanged = (story: MemoryRepo) =>
    `${readme}: core rises from 1.2.3 to 2.0.0, and its README.md is as it was in ${story.head('develop').slice(0, 7)}`;

  it.each<[what: string, change: Story, says: 'unchanged' | 'missing' | 'nothing']>([
    ['without a word', versions('2.0.0'), 'unchanged'],
    ['with a word', { ...versions('2.0.0'), [readme]: 'core 2\n' }, 'nothing'],
    ['without a README.md', { ...versions('2.0.0'), [readme]: null }, 'missing'],
    ['by less', versions('1.3.0'), 'nothing'],
    ['to no version', versions('two'), 'nothing'],
    ['to nothing', { VERSION: '' }, 'nothing'],
    ['not at all', { [readme]: null }, 'nothing'],
  ])('%s', async (_, change, says) => {
    const story = started().branch('feature').stage(change);
    const missing = `${readme}: core rises from 1.2.3 to 2.0.0, and has no README.md`;
    const expected = { unchanged: [unchanged(story)], missing: [missing], nothing: [] }[says];
    expect(await said(story, 'pre-commit')).toEqual(expected);
    expect(await said(story.commit())).toEqual(expected);
  });

  it('is compared with its base, and at the first commit with nothing', async () => {
    expect(await said(memoryRepo().stage({ ...wellKept, ...versions('2.0.0') }), 'pre-commit')).toEqual([]);
    const from0 = started({ VERSION: 'CORE_VERSION=none\n' }).branch('feature').commit(versions('2.0.0'));
    expect(await said(from0)).toEqual([]);
  });

  it('keeps its history where its key is renamed', async () => {
    const core = { build: 'source', source: 'src/core', versionKey: 'KERNEL', layerName: 'core-{env}' };
    const story = started().branch('feature');
    expect(
      await said(story.commit({ ...policyFile({ layers: { core }, functions: {} }), VERSION: 'KERNEL=2.0.0\n' })),
    ).toEqual([unchanged(story)]);
  });

  it('in a whole tree is compared with what is released', async () => {
    const story = started();
    const first = story.head();
    story.commit(versions('2.0.0'));
    expect(await said(story, 'all')).toEqual([]);
    story.commit(manifest('1.2.3', first));
    expect(await said(story, 'all')).toEqual([
      `${readme}: core rises from 1.2.3 to 2.0.0, and its README.md is as it was at release 1.2.3`,
    ]);
    expect(await said(story.commit({ [readme]: 'core 2\n' }), 'all')).toEqual([]);
  });

  it('from a release that is not in this clone is not judged, and that is said', async () => {
    const story = started(versions('2.0.0')).commit(manifest('1.2.3', 'e'.repeat(40)));
    const { says, notices } = await checked(story, { stage: 'all', rule: ['readme-on-major'] });
    expect([...says, ...notices]).toEqual([
      'Whether core 2.0.0 changed its README.md is not judged: commit eeeeeeeeeeee, from which 1.2.3 was released, is not in this clone (is it shallow? git fetch --unshallow).',
    ]);
  });

  it('passes with a README.md that is new', async () => {
    const story = started({ [readme]: null })
      .branch('feature')
      .stage({ ...versions('2.0.0'), [readme]: 'core 2\n' });
    expect(await said(story, 'pre-commit')).toEqual([]);
    expect(await said(story.commit())).toEqual([]);
  });

  it('is not asked for where neither VERSION nor a README.md changes', async () => {
    const story = started()
      .branch('feature')
      .commit(versions('2.0.0'))
      .commit({ [readme]: 'new\n' });
    expect(await said(story)).toEqual([]);
    const other = started().branch('feature').commit({ 'docs/README.md': '' });
    expect(await said(other)).toEqual([]);
  });
});

describe('a tag that says that something is released', () => {
  /** A push of a tag; `was`: what the remote has under its name. */
  async function pushed(
    story: MemoryRepo,
    name: string,
    { local, was = zeros }: { local?: string; was?: string } = {},
  ) {
    const oid = local ?? (await story.git.object(`refs/tags/${name}`))?.oid ?? '';
    const stdin = `refs/tags/${name} ${oid} refs/tags/${name} ${was}\n`;
    const { says, notices } = await checked(story, { stage: 'pre-push', rule: ['tag-version'] }, { stdin });
    return [...says, ...notices];
  }

  it('of the version that is there passes', async () => {
    expect(await pushed(started().tag('core-v1.2.3'), 'core-v1.2.3')).toEqual([]);
    expect(await pushed(started().tag('ingest-v0.1.0'), 'ingest-v0.1.0')).toEqual([]);
    expect(await pushed(started().tag('nightly'), 'nightly')).toEqual([]);
  });

  it('of another version is refused', async () => {
    const story = started().tag('core-v1.2.4').tag('ingest-v1.0.0');
    const at = story.head().slice(0, 12);
    expect(await pushed(story, 'core-v1.2.4')).toEqual([
      `VERSION: core-v1.2.4 says 1.2.4, but CORE_VERSION is 1.2.3 at ${at}`,
    ]);
    expect(await pushed(story, 'ingest-v1.0.0')).toEqual([
      `VERSION: ingest-v1.0.0 says 1.0.0, but INGEST_VERSION is 0.1.0 at ${at}`,
    ]);
    story.commit({ VERSION: 'X=1\n' }).tag('core-v1.2.3');
    expect(await pushed(story, 'core-v1.2.3')).toEqual([
      `VERSION: core-v1.2.3 says 1.2.3, but CORE_VERSION is not there at ${story.head().slice(0, 12)}`,
    ]);
  });

  it('that is plain is refused', async () => {
    expect(await pushed(started().tag('core-v1.2.3', { plain: true }), 'core-v1.2.3')).toEqual([
      'VERSION: core-v1.2.3 is no annotated tag: it does not say who released core 1.2.3, and when',
    ]);
  });

  it('that leads to no commit is refused', async () => {
    const story = started();
    expect(await pushed(story, 'core-v1.2.3', { local: story.oid('VERSION') })).toEqual([
      'VERSION: core-v1.2.3 leads to a blob, and core 1.2.3 is released from a commit',
      'refs/tags/core-v1.2.3 leads to no commit, so there is nothing to judge in it.',
    ]);
  });

  it('that the remote has as something else is refused', async () => {
    const story = started().tag('core-v1.2.3');
    const { oid = '' } = (await story.git.object('refs/tags/core-v1.2.3')) ?? {};
    expect(await pushed(story, 'core-v1.2.3', { was: 'e'.repeat(40) })).toEqual([
      `VERSION: core-v1.2.3 is released already as eeeeeeeeeeee, and would become ${story.head().slice(0, 12)}`,
    ]);
    expect(await pushed(story, 'core-v1.2.3', { was: oid })).toEqual([]);
  });

  it('that is taken away is refused', async () => {
    const story = started().tag('core-v1.2.3');
    expect(await pushed(story, 'core-v1.2.3', { local: zeros, was: story.head() })).toEqual([
      'VERSION: core-v1.2.3 would be taken away, and core 1.2.3 is released',
    ]);
    expect(await pushed(story, 'nightly', { local: zeros, was: story.head() })).toEqual([]);
  });

  it('is judged by the policy of its own commit', async () => {
    const story = started().tag('core-v1.2.3');
    const core = { build: 'source', source: 'src/core', versionKey: 'KERNEL', layerName: 'core-{env}' };
    story.commit({
      ...policyFile({ versionFile: 'VERSIONS', layers: { core }, functions: {} }),
      VERSIONS: 'KERNEL=2.0.0\n',
      VERSION: null,
    });
    expect(await pushed(story, 'core-v1.2.3')).toEqual([]);
    expect(await pushed(story.tag('core-v2.0.1'), 'core-v2.0.1')).toEqual([
      `VERSIONS: core-v2.0.1 says 2.0.1, but KERNEL is 2.0.0 at ${story.head().slice(0, 12)}`,
    ]);
  });

  it('that CI may have fetched in another form is not judged for its form', async () => {
    const story = started().branch('feature').commit({ 'README.md': '' }).tag('core-v1.2.3', { plain: true });
    const github = { GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/tags/core-v1.2.3', CI: 'true' };
    const { says, notices } = await checked(story, { rule: ['tag-version'] }, { vars: github });
    expect([...says, ...notices]).toEqual([
      'Whether core-v1.2.3 is annotated is not judged: CI may have fetched its commit in its place. Run before: git fetch --force origin refs/tags/core-v1.2.3:refs/tags/core-v1.2.3',
    ]);
    const gitlab = { GITLAB_CI: 'true', CI_COMMIT_TAG: 'core-v1.2.3', CI: 'true' };
    expect((await checked(story, { rule: ['tag-version'] }, { vars: gitlab })).says).toEqual([
      'VERSION: core-v1.2.3 is no annotated tag: it does not say who released core 1.2.3, and when',
    ]);
  });
});
