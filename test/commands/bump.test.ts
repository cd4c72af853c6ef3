import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bump } from '../../src/commands/bump.js';
import { type Repo, repo, symlink } from '../kit/repo.js';
import { failureOf, runCommand } from './in-process.js';

const policy = JSON.stringify({
  layers: {
    'inbox-core': { build: 'source', source: 'src/inbox_core', versionKey: 'CORE', layerName: 'inbox-core-{env}' },
    'common-deps': { build: 'requirements', source: 'requirements.txt', versionKey: 'DEPS', layerName: 'deps-{env}' },
  },
  functions: { ingest: { source: 'src/ingest', versionKey: 'INGEST', functionName: 'ingest-{env}' } },
  versioned: { CANONICAL: ['canonical/**'], SCHEMAS: ['schemas/**'] },
});
const VERSION = '# versions\nCORE=1.2.3\nDEPS=1.0.5\n\nCANONICAL=1.1\n# end\n';
const story = (version: string = VERSION) => repo().commit('init', { '.layerpolicyrc.json': policy, VERSION: version });
const run = (in_: Repo, ...args: string[]) => runCommand(bump, in_, args);

describe('bump', () => {
  it.each([
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
    ['7.0.1', '7.0.1'],
  ])('raises by %s to %s and changes nothing else', async (to, expected) => {
    const in_ = story();
    const { exit, said, document } = await run(in_, 'inbox-core', to);
    expect(exit).toBe(0);
    expect(said).toBe(
      `inbox-core 1.2.3 → ${expected}\nnext: git add -- :/VERSION && git commit -m "inbox-core ${expected}"\n`,
    );
    expect(document).toMatchObject({
      schema: 1,
      ok: true,
      name: 'inbox-core',
      key: 'CORE',
      from: '1.2.3',
      to: expected,
    });
    expect(in_.read('VERSION')).toBe(VERSION.replace('1.2.3', expected));
  });

  it.each([
    ['1.1', 'minor', '1.2'],
    ['1.1', 'major', '2.0'],
    ['1.1', 'patch', '1.1.1'],
    ['1.1', '1.2.5', '1.2.5'],
    ['7', 'major', '8'],
    ['7', 'minor', '7.1'],
    ['1.2.3', 'minor', '1.3.0'],
    ['draft', '2.0', '2.0'],
  ])('a versioned key from %s by %s to %s, which keeps its form', async (from, to, expected) => {
    const in_ = story(VERSION.replace('1.1', from));
    expect(await run(in_, 'CANONICAL', to)).toMatchObject({
      exit: 0,
      document: { name: 'CANONICAL', key: 'CANONICAL', from, to: expected },
    });
    expect(in_.read('VERSION')).toBe(VERSION.replace('1.1', expected));
  });

  it('adds a versioned key that is not there yet', async () => {
    const in_ = story();
    expect((await run(in_, 'SCHEMAS', 'minor')).said).toContain('SCHEMAS (new) → 0.1');
    expect(in_.read('VERSION')).toBe(`${VERSION}SCHEMAS=0.1\n`);
  });

  it('touches the work tree alone, and leaves nothing behind', async () => {
    const in_ = story();
    const [head, staged] = [in_.head(), in_.git('ls-files', '-s')];
    await run(in_, 'common-deps', 'patch');
    expect([in_.head(), in_.git('ls-files', '-s')]).toEqual([head, staged]);
    expect(in_.git('status', '--porcelain')).toBe(' M VERSION');
    expect(readdirSync(in_.dir).sort()).toEqual(['.git', '.layerpolicyrc.json', 'VERSION']);
  });

  it('goes on from the work tree, not from the commit', async () => {
    const in_ = story();
    await run(in_, 'inbox-core', 'patch');
    await run(in_, 'inbox-core', 'patch');
    expect(in_.read('VERSION')).toContain('CORE=1.2.5\n');
  });

  it('works before the first commit', async () => {
    const in_ = repo().stage({ '.layerpolicyrc.json': policy, VERSION });
    await run(in_, 'inbox-core', 'patch');
    expect(in_.read('VERSION')).toContain('CORE=1.2.4\n');
  });

  it('adds a key that is not there yet, and the file', async () => {
    const in_ = story();
    expect((await run(in_, 'ingest', 'minor')).said).toContain('ingest (new) → 0.1.0');
    expect(in_.read('VERSION')).toBe(`${VERSION}INGEST=0.1.0\n`);
    in_.remove('VERSION');
    await run(in_, 'ingest', '1.0.0');
    expect(in_.read('VERSION')).toBe('INGEST=1.0.0\n');
  });

  it('mends a missing final newline', async () => {
    const in_ = story('CORE=1.2.3');
    await run(in_, 'common-deps', '1.0.0');
    expect(in_.read('VERSION')).toBe('CORE=1.2.3\nDEPS=1.0.0\n');
  });

  it('replaces what is no version when told by what', async () => {
    const in_ = story('CORE=v1.2\n');
    expect(await failureOf(run(in_, 'inbox-core', 'patch'))).toMatchObject({ code: 'version-unreadable', exit: 3 });
    await run(in_, 'inbox-core', '1.2.0');
    expect(in_.read('VERSION')).toBe('CORE=1.2.0\n');
  });
});

describe('bump refuses', () => {
  async function refused(in_: Repo, ...args: string[]) {
    const before = in_.exists('VERSION') ? in_.read('VERSION') : null;
    const failure = await failureOf(run(in_, ...args));
    expect(in_.exists('VERSION') ? in_.read('VERSION') : null).toBe(before);
    return failure;
  }

  it('an undeclared name, and knows the nearest', async () => {
    const failure = await refused(story(), 'inbox-cor', 'patch');
    expect(failure).toMatchObject({ code: 'unknown-name', exit: 2 });
    expect(failure.message).toContain("Did you mean 'inbox-core'?");
    expect(failure.hint).toContain('common-deps');
  });

  it.each(['constructor', '__proto__', 'toString'])('the name %s', async (name) => {
    expect(await refused(story(), name, 'patch')).toMatchObject({ code: 'unknown-name' });
  });

  it.each(['1.2.3', '1.2.2', '0.9.9', '1.1.99'])('to go from 1.2.3 to %s', async (to) => {
    expect(await refused(story(), 'inbox-core', to)).toMatchObject({ code: 'version-backwards', exit: 2 });
  });

  it.each([
    '',
    'Patch',
    'v2.0.0',
    '2.0',
    '2.0.0-rc.1',
    '2.0.0+1',
    '02.0.0',
    ' 2.0.0',
    '２.0.0',
  ])('the target %j', async (to) =>
    expect(await refused(story(), 'inbox-core', to)).toMatchObject({ code: 'usage', exit: 2 }));

  it.each([[[]], [['inbox-core']], [['inbox-core', 'patch', 'more']]])('the arguments %j', async (args) => {
    expect(await refused(story(), ...args)).toMatchObject({ code: 'usage' });
  });

  it.each([
    ['1.1', '1.1', 'version-backwards'],
    ['1.1', '1.1.0', 'version-backwards'],
    ['1.1', '1.0.9', 'version-backwards'],
    ['1.1', '1.1.1.1', 'usage'],
    ['1.1', '01', 'usage'],
    ['draft', 'minor', 'version-unreadable'],
    ['1.999999999', 'minor', 'usage'],
  ])('a versioned key to go from %s to %s', async (from, to, code) => {
    expect(await refused(story(VERSION.replace('1.1', from)), 'CANONICAL', to)).toMatchObject({ code });
  });

  it('to pass nine digits', async () => {
    expect(await refused(story('CORE=1.2.999999999\n'), 'inbox-core', 'patch')).toMatchObject({ code: 'usage' });
  });

  it.each([
    ['a duplicate key', 'CORE=1.2.3\nCORE=1.2.4\n'],
    ['Windows line ends', 'CORE=1.2.3\r\n'],
    ['a byte order mark', '\ufeffCORE=1.2.3\n'],
    ['blanks around the sign', 'CORE = 1.2.3\n'],
    ['an export', 'export CORE=1.2.3\n'],
  ])('to edit a file with %s', async (_, version) => {
    expect(await refused(story(version), 'inbox-core', 'patch')).toMatchObject({
      code: 'version-file-broken',
      exit: 3,
    });
  });

  it('to replace a link', async () => {
    const in_ = repo().commit('init', {
      '.layerpolicyrc.json': policy,
      'real.txt': VERSION,
      VERSION: symlink('real.txt'),
    });
    expect(await refused(in_, 'inbox-core', 'patch')).toMatchObject({ code: 'version-file-broken' });
    expect(lstatSync(join(in_.dir, 'VERSION')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(join(in_.dir, 'VERSION'))).toBe('real.txt');
  });

  it('without a policy', async () => {
    expect(await refused(repo().commit('init', { VERSION }), 'inbox-core', 'patch')).toMatchObject({
      code: 'config-missing',
    });
  });
});
