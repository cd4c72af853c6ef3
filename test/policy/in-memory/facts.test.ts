import { describe, expect, it } from 'vitest';
import { facts } from '../../../src/policy/facts/index.js';
import { whole } from '../../../src/policy/range/whole.js';
import type { Look } from '../../../src/policy/subject.js';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { memoryRepo, type Story, submodule, symlink } from '../../kit/memory-repo.js';

const started = (files: Story = {}) => memoryRepo().commit({ ...wellKept, ...files });

/** What one rule says of a whole tree. */
async function says(rule: string, files: Story, policy?: Record<string, unknown>) {
  const story = started(files);
  if (policy !== undefined) story.commit(policyFile(policy));
  return (await checked(story, { stage: 'all', rule: [rule] })).says;
}

/** What one rule says of a change, at the hook and, once it is committed, in CI. */
async function saysOfChange(rule: string, before: Story, change: Story) {
  const story = started(before).branch('feature').stage(change);
  const atHook = await checked(story, { stage: 'pre-commit', rule: [rule] });
  const inCi = await checked(story.commit(), { stage: 'ci', rule: [rule] });
  expect(inCi.says).toEqual(atHook.says);
  return atHook.says;
}

describe('the layout of layer_management', () => {
  const active = 'layer_management/active';
  const files: [what: string, files: Story, says: string[]][] = [
    [
      'a layer with manifest and readme',
      { [`${active}/core/manifest.json`]: '{}', [`${active}/core/README.md`]: '', [`${active}/core/.gitkeep`]: '' },
      [],
    ],
    ['no readme', { [`${active}/core/manifest.json`]: '{}' }, [`${active}/core: has a manifest.json but no README.md`]],
    ['a readme alone', { [`${active}/core/README.md`]: '' }, []],
    [
      'a layer that nobody declares',
      { [`${active}/gone/README.md`]: '' },
      [`${active}/gone: "gone" is not a declared layer`],
    ],
    [
      'other files in it',
      { [`${active}/core/a.zip`]: '', [`${active}/core/b/c.txt`]: '' },
      [`${active}/core: holds 2 files that do not belong there: a.zip, b/c.txt`],
    ],
    ['a file beside the layers', { [`${active}/notes.txt`]: '' }, [`${active}: holds 1 file that`]],
    ['a readme beside the layers', { [`${active}/README.md`]: '', [`${active}/.gitkeep`]: '' }, []],
    ['a link for a readme', { [`${active}/README.md`]: symlink('x') }, [`${active}: holds 1 file that`]],
    ['experiments', { 'layer_management/experimental/x': '' }, ['layer_management/experimental: experiments']],
    ['a file in their place', { 'layer_management/experimental': 'x' }, ['layer_management/experimental: experiments']],
    ['a link for a folder', { [active]: symlink('x') }, [`${active}: is a symbolic link`]],
    ['a submodule for a folder', { layer_management: submodule }, ['layer_management: is a submodule']],
    ['a file for a folder', { 'layer_management/archive': 'x' }, ['layer_management/archive: is a file']],
  ];
  it.each(files)('%s', async (_, change, said) => {
    const found = await saysOfChange('layer-layout', {}, change);
    expect(found.map((one, i) => one.slice(0, said[i]?.length))).toEqual(said);
  });
  it('that a change does not touch is not looked at', async () => {
    expect(await saysOfChange('layer-layout', { [`${active}/gone/README.md`]: '' }, { 'README.md': '' })).toEqual([]);
  });
});

describe('ignore lines', () => {
  it.each<[text: string | null, says: string[]]>([
    ['/.build/\n', []],
    ['/.build/*\n!/.build/README.md\n', []],
    ['*.zip\n', ['.gitignore: ']],
    [null, ['.gitignore: ']],
  ])('%j', async (text, said) => {
    const found = await says('no-build-commits', { '.gitignore': text });
    expect(found.map((one, i) => one.slice(0, said[i]?.length))).toEqual(said);
  });
  it('of the folder itself count, those of others and links do not', async () => {
    expect(await says('no-build-commits', { '.gitignore': '/x\n', '.build/.gitignore': '*\n' })).not.toContain(
      expect.stringContaining('.gitignore: '),
    );
    expect(await says('no-build-commits', { '.gitignore': '/x\n', 'src/.gitignore': '*\n' })).toHaveLength(1);
    expect(await says('no-build-commits', { '.gitignore': symlink('/.build/') })).toHaveLength(1);
    expect(await says('no-build-commits', { '.gitignore': `/.build/\n${'#'.repeat(1024 * 1024)}` })).toHaveLength(1);
  });
  it('are asked for where one of these files changes', async () => {
    expect(await saysOfChange('no-build-commits', { '.gitignore': null }, { 'README.md': '' })).toEqual([]);
    expect(await saysOfChange('no-build-commits', {}, { '.gitignore': '*.zip\n' })).toHaveLength(1);
    expect(await saysOfChange('no-build-commits', {}, { '.gitignore': null })).toHaveLength(1);
  });
  const archive = 'layer_management/archive';
  it.each<[lines: string, hidden: string[]]>([
    ['/x', []],
    ['*.zip', [`${archive}/2026-01/inbox-core-1.2.3.zip`]],
    ['/layer_management/*/.gitkeep', [`${archive}/.gitkeep`]],
    ['manifest.json', [`${archive}/2026-01/manifest.json`]],
    [
      'archive/',
      [`${archive}/2026-01/inbox-core-1.2.3.zip`, `${archive}/2026-01/manifest.json`, `${archive}/.gitkeep`],
    ],
  ])('%j hides of the archive: %j', async (lines, hidden) => {
    const story = started({ '.gitignore': `${lines}\n` });
    const look = { git: story.git, subject: whole(story.git, story.head()) } as Look;
    expect(await facts.hidden.learn(look)).toEqual(hidden);
  });
});

describe('VERSION', () => {
  it.each<[what: string, text: Story[string], says: string[]]>([
    ['as it should be', 'CORE_VERSION=1.2.3\nDEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n', []],
    ['without a key', 'CORE_VERSION=1.2.3\nINGEST_VERSION=0.1.0\n', ['VERSION: ']],
    ['with a value that is no version', 'CORE_VERSION=1.2\nDEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n', ['VERSION: ']],
    ['gone', null, ['VERSION: ']],
    ['a link', symlink('x'), ['VERSION: ']],
  ])('%s', async (_, text, said) => {
    const found = await says('version-file', { VERSION: text });
    expect(found.slice(0, 1).map((one) => one.slice(0, 9))).toEqual(said);
    expect((await saysOfChange('version-file', { VERSION: 'CORE_VERSION=0.0.1\n' }, { VERSION: text })).length).toBe(
      found.length,
    );
  });
  it('has the line that is wrong, and the key', async () => {
    const { findings } = await checked(
      started({ VERSION: '# v\nCORE_VERSION=1.2\nDEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n' }),
      { stage: 'all', rule: ['version-file'] },
    );
    expect(findings).toMatchObject([{ line: 2, layer: 'core' }]);
  });
  it('must have the keys of `versioned`, whatever their values', async () => {
    const versioned = { versioned: { CANON: ['canon/**'] } };
    expect(await says('version-file', {}, versioned)).toEqual([expect.stringContaining('CANON')]);
    expect(await says('version-file', { VERSION: `${wellKept.VERSION}CANON=x\n` }, versioned)).toEqual([]);
  });
});

describe('the archive', () => {
  const old = 'layer_management/archive/2025-01/core-1.0.0.zip';
  it('ages by itself', async () => {
    const story = started({ [old]: 'PK' });
    expect((await checked(story, { stage: 'all', rule: ['archive-age'] })).says).toHaveLength(1);
    story.branch('feature').commit({ 'README.md': '' });
    expect((await checked(story, { stage: 'ci', rule: ['archive-age'] })).says).toHaveLength(1);
    expect(
      (await checked(story.stage({ [old]: 'PK2', b: '' }), { stage: 'pre-commit', rule: ['archive-age'] })).says,
    ).toEqual([]);
    expect(
      (await checked(story.stage({ [`${old}x`]: 'PK2' }), { stage: 'pre-commit', rule: ['archive-age'] })).says,
    ).toHaveLength(1);
    expect(
      (
        await checked(story.stage({ [`${old}x`]: null, 'layer_management/archive2/2020-01/x': '' }), {
          stage: 'pre-commit',
          rule: ['archive-age'],
        })
      ).says,
    ).toEqual([]);
    expect((await checked(story.stage({ [old]: null }), { stage: 'pre-commit', rule: ['archive-age'] })).says).toEqual(
      [],
    );
  });
});

describe('texts of the root folder', () => {
  const rules = { rules: { 'no-root-arn': ['error', { contents: true }] } };
  const arn = 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:4';
  it.each<[what: string, files: Story, count: number]>([
    ['a text with an ARN', { 'notes.md': arn }, 1],
    ['in a folder', { 'docs/notes.md': arn }, 0],
    ['a link', { 'notes.md': symlink(arn) }, 0],
    ['no text', { 'notes.md': `${arn}\0` }, 0],
    ['too long for a note', { 'notes.md': `${arn}\n${'#'.repeat(256 * 1024)}` }, 0],
    ['nothing', { 'notes.md': '' }, 0],
  ])('%s', async (_, files, count) => {
    expect(await says('no-root-arn', files, rules)).toHaveLength(count);
    expect(await saysOfChange('no-root-arn', policyFile(rules), files)).toHaveLength(count);
  });
  it('that are taken out, or not touched, are not read', async () => {
    expect(await saysOfChange('no-root-arn', { ...policyFile(rules), 'notes.md': arn }, { 'notes.md': null })).toEqual(
      [],
    );
    expect(await saysOfChange('no-root-arn', { ...policyFile(rules), 'notes.md': arn }, { 'other.md': 'x' })).toEqual(
      [],
    );
  });
});

describe('sizes of files', () => {
  const limit = (options: object) => ({ rules: { 'file-size': ['error', { maxKiB: 1, ...options }] } });
  const big = 'x'.repeat(1025);
  it.each<[what: string, options: object, files: Story, says: string[]]>([
    ['at the limit', {}, { a: big.slice(1) }, []],
    ['beyond it', {}, { a: big }, ['a: 1.1 KiB; the limit is 1 KiB']],
    ['a link', {}, { a: symlink(big) }, []],
    ['what is meant', { paths: ['docs/**'] }, { 'docs/a': big, b: big }, ['docs/a: 1.1 KiB; the limit is 1 KiB']],
    ['what is not', { except: ['docs/**'] }, { 'docs/a': big, b: big }, ['b: 1.1 KiB; the limit is 1 KiB']],
  ])('%s', async (_, options, files, said) => {
    expect(await says('file-size', files, limit(options))).toEqual(said);
    expect(await saysOfChange('file-size', policyFile(limit(options)), files)).toEqual(said);
  });
  it('what is taken out or was there is not weighed; history is where it is asked for', async () => {
    expect(await saysOfChange('file-size', { ...policyFile(limit({})), a: big }, { a: null, b: '' })).toEqual([]);
    const inHistory = async (history: boolean) => {
      const story = started(policyFile(limit({ history })))
        .branch('feature')
        .commit({ a: big })
        .commit({ a: null });
      const { findings } = await checked(story, { stage: 'ci', rule: ['file-size'] });
      return findings.map(({ file, commit }) => [file, commit === story.head('HEAD~')]);
    };
    expect(await inHistory(false)).toEqual([]);
    expect(await inHistory(true)).toEqual([['a', true]]);
  });
});
