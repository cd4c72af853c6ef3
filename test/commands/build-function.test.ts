import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../src/commands/build.js';
import { validate } from '../../src/commands/validate.js';
import { zip } from '../../src/io/zip/index.js';
import { exampleRepo } from '../kit/example.js';
import { exec, type Repo, repo, type Story, symlink } from '../kit/repo.js';
import { failureOf, runCommand } from './in-process.js';

const declared = (more: object = {}) => ({
  '.layerpolicyrc.json': JSON.stringify({
    layers: { core: { build: 'source', source: 'src/core', versionKey: 'CORE', layerName: 'core-{env}' } },
    functions: {
      fn: { source: 'src/fn', versionKey: 'FN', functionName: 'fn-{env}', layers: ['core'], ...more },
      other: { source: 'src/other', versionKey: 'FN', functionName: 'other-{env}', tag: 'other/{version}' },
    },
  }),
});
const story = (files: Story = {}, more: object = {}) =>
  repo().commit('init', {
    ...declared(more),
    VERSION: 'CORE=1.0.0\nFN=0.3.0\n',
    'src/core/__init__.py': 'x = 1\n',
    'src/other/handler.py': 'def handler(event, context): ...\n',
    'src/fn/handler.py': 'import core\n',
    ...files,
  });
const entriesOf = (in_: Repo, file: string) => zip.read(readFileSync(join(in_.dir, '.build/functions', file)));

describe('build of a function', () => {
  it('zips its folder as committed, at the root of the zip', async () => {
    const in_ = story({
      'src/fn/sub/rows.sql': 'select 1',
      'src/fn/run.sh': exec('#!/bin/sh\n'),
      'src/fn/a.py.bak': '',
    });
    in_.write({ 'src/fn/handler.py': 'changed', 'src/fn/untracked.py': '' });
    const { exit, document, said } = await runCommand(build, in_, ['fn']);
    expect(exit).toBe(0);
    expect((await entriesOf(in_, 'fn-0.3.0.zip')).map(({ path, mode }) => [path, mode])).toEqual([
      ['handler.py', 0o644],
      ['run.sh', 0o755],
      ['sub/rows.sql', 0o644],
    ]);
    expect(document).toMatchObject({
      layers: {},
      functions: { fn: { version: '0.3.0', file: 'fn-0.3.0.zip', git_sha: in_.head() } },
    });
    expect(JSON.parse(in_.read('.build/layers/manifest.json'))).toMatchObject({
      functions: { fn: { version: '0.3.0' } },
    });
    expect(said).toContain('✔ fn 0.3.0 → .build/functions/fn-0.3.0.zip');
    expect(said).toContain('left out: src/fn/a.py.bak');
  });

  it('goes with that of everything else, and what is built is what validate takes for a function', {
    timeout: 240_000,
  }, async () => {
    const in_ = exampleRepo();
    const { document } = await runCommand(build, in_);
    expect(document).toMatchObject({ functions: { ingest: {}, 'normalize-score': {} }, layers: { 'inbox-core': {} } });
    const { ingest } = JSON.parse(in_.read('.build/layers/manifest.json')).functions;
    const file = `.build/functions/${ingest.file}`;
    expect(await runCommand(validate, in_, [file])).toMatchObject({ exit: 0 });
    // Under a name that says nothing it is told what it is; taken for a layer it would be refused.
    in_.write({ 'renamed.zip': readFileSync(join(in_.dir, file)) });
    expect(await runCommand(validate, in_, ['renamed.zip'])).toMatchObject({ exit: 3 });
    expect(await runCommand(validate, in_, ['renamed.zip'], { layer: 'ingest' })).toMatchObject({ exit: 0 });
  });

  it('names the tag of a function that is on the commit', async () => {
    const in_ = story();
    in_.git('tag', '-a', '-m', 'x', 'other/0.3.0');
    expect((await runCommand(build, in_, ['other'])).document).toMatchObject({ git_tag: 'other/0.3.0' });
  });

  it('is the same bytes whatever else the commit changed', async () => {
    const in_ = story();
    const first = (await runCommand(build, in_, ['fn'])).document;
    in_.commit('elsewhere', { 'docs/a.md': 'a', 'src/core/new.py': '' });
    const { functions } = (await runCommand(build, in_, ['fn'])).document as { functions: object };
    expect(first).toMatchObject({ functions });
  });
});

describe('build refuses a function', () => {
  it('that carries a module of its layers, by the rule that says so', async () => {
    const in_ = story({ 'src/fn/core/__init__.py': '' });
    const { exit, said, document } = await runCommand(build, in_, ['fn']);
    expect(exit).toBe(1);
    expect(document).toMatchObject({ ok: false, gate: { findings: [{ rule: 'handler-shadow', layer: 'fn' }] } });
    expect(said).toContain('src/fn/core');
    expect(in_.exists('.build')).toBe(false);
    // It is not the others' fault.
    expect(await runCommand(build, in_, ['other', 'core'])).toMatchObject({ exit: 0 });
    expect(await runCommand(build, in_, [])).toMatchObject({ exit: 1 });
  });

  it('no more than the policy does', async () => {
    const policy = JSON.parse(declared()['.layerpolicyrc.json']);
    const shadowed = { 'src/fn/core/__init__.py': '' };
    const off = { ...policy, rules: { 'handler-shadow': 'off' } };
    expect(
      await runCommand(build, story({ ...shadowed, '.layerpolicyrc.json': JSON.stringify(off) }), ['fn']),
    ).toMatchObject({ exit: 0, document: { notices: [] } });
    const warning = { ...policy, rules: { 'handler-shadow': 'warning' } };
    expect(
      await runCommand(build, story({ ...shadowed, '.layerpolicyrc.json': JSON.stringify(warning) }), ['fn']),
    ).toMatchObject({
      exit: 0,
      document: { notices: [expect.stringContaining('handler-shadow: src/fn/core: fn carries its own "core"')] },
    });
  });

  it.each<[string, Story, object, RegExp]>([
    ['larger than a megabyte', { 'src/fn/model.bin': randomBytes(1_100_000) }, {}, /more than the 1 MB.*model\.bin/],
    ['larger than its policy allows', { 'src/fn/m.bin': randomBytes(6_000) }, { maxZipMB: 0.005 }, /the 0\.005 MB/],
    ['without a handler', { 'src/lib/sub/a.py': '' }, { source: 'src/lib' }, /no handler/],
  ])('%s', async (_, files, more, message) => {
    const in_ = story(files, more);
    expect(await failureOf(runCommand(build, in_, ['fn']))).toMatchObject({
      code: 'function-unfit',
      exit: 3,
      message: expect.stringMatching(message),
    });
    expect(in_.exists('.build')).toBe(false);
  });

  it('with a link in it', async () => {
    const in_ = story({ 'src/fn/link.py': symlink('../core') });
    expect(await failureOf(runCommand(build, in_, ['fn']))).toMatchObject({ code: 'source-unbuildable', exit: 3 });
  });
});
