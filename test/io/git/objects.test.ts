import { delimiter } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openObjects } from '../../../src/io/git/objects.js';
import { readGit } from '../../../src/io/git/read.js';
import { exampleRepo } from '../../kit/example.js';
import { exec, writeFiles } from '../../kit/files.js';
import { tempFolder } from '../../kit/temp.js';

it('a cat-file that ended while nobody waited is a failure to whoever asks next, not silence', async () => {
  const r = exampleRepo();
  const bin = tempFolder('bin');
  const once = `IFS= read -r name; printf "%s\\n" "$name" | PATH=\${PATH#*:} git "$@"`;
  writeFiles(bin, { git: exec(`#!/bin/sh\n${once}\n`) });
  const vars = { ...r.env, PATH: [bin, r.env.PATH].join(delimiter) };
  const objects = openObjects({ cwd: r.dir, vars, started() {} });
  expect(await objects.get('HEAD^{commit}', 0)).toMatchObject({ oid: r.head() });
  await setTimeout(300);
  await expect(objects.get('HEAD^{tree}', 0)).rejects.toMatchObject({ code: 'git-failed', exit: 4 });
  objects.close();
});

it('a git before 2.36, which takes no commands, is asked as it can be', async () => {
  const r = exampleRepo();
  const bin = tempFolder('bin');
  const old = `case "$*" in *--batch-command*) echo "error: unknown option" >&2; exit 129;; esac; PATH=\${PATH#*:} exec git "$@"`;
  writeFiles(bin, { git: exec(`#!/bin/sh\n${old}\n`) });
  const vars = { ...r.env, PATH: [bin, r.env.PATH].join(delimiter) };
  const git = readGit({ cwd: r.dir, vars });
  const [head, entry] = await Promise.all([git.commit('HEAD'), git.index().entry('VERSION')]);
  const oid = entry?.oid ?? '';
  expect([head, (await git.sizes([oid])).get(oid), (await git.blob(oid)).length]).toEqual([
    r.head(),
    r.read('VERSION').length,
    r.read('VERSION').length,
  ]);
  git.close();
});

it('the sizes of blobs are told between contents, and none is missing without a word', async () => {
  const r = exampleRepo();
  const git = readGit({ cwd: r.dir, vars: r.env });
  const texts = ['', 'a', 'b\nc\n', 'x'.repeat(3_000_000)];
  const oids = texts.map((text) => r.feed(text, 'hash-object', '-w', '--stdin'));
  const [sizes, contents, again] = await Promise.all([git.sizes(oids), git.blob(oids[2] ?? ''), git.sizes(oids)]);
  expect(oids.map((oid) => sizes.get(oid))).toEqual(texts.map(({ length }) => length));
  expect([again, new TextDecoder().decode(contents), git.spawned()]).toEqual([sizes, texts[2], 1]);
  await expect(git.sizes(['0'.repeat(40)])).rejects.toMatchObject({ code: 'object-missing', exit: 4 });
  git.close();
});

it('what is too large to be wanted is not waited for, and all else is answered', async () => {
  const r = exampleRepo();
  const git = readGit({ cwd: r.dir, vars: r.env });
  const [small = '', large = '', other = ''] = ['a', 'x'.repeat(30_000_000), 'b'].map((text) =>
    r.feed(text, 'hash-object', '-w', '--stdin'),
  );
  const asked = [small, large, other, large, small].map((oid) => git.blob(oid, 1000).then(String, ({ code }) => code));
  expect(await Promise.all(asked)).toEqual(['a', 'blob-too-large', 'b', 'blob-too-large', 'a']);
  // One for each time, since the other one was left talking.
  expect(git.spawned()).toBe(3);
  git.close();
});
