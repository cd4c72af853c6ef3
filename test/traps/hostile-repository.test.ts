import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { writeFiles } from '../kit/files.js';
import { exec, type Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { bad, check, governed, pastHooks, pushed, refused } from './governed.js';
import { traps } from './index.js';
import { trap } from './trap.js';

const stages = (r: Repo, head = r.head(), from = r.head('HEAD^')) => [
  check(r, ['--stage', 'pre-commit']),
  check(r, ['--from', from]),
  check(r, ['--stage', 'all']),
  check(r, ['--stage', 'pre-push', '--', 'origin', 'url'], {
    stdin: `refs/heads/x ${head} refs/heads/x ${from}\n`,
  }),
];
const told = (all: ReturnType<typeof stages>) => all.map(({ code, found }) => [code, ...found]);

trap('G5', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', bad);
  r.stage({ 'inbox-core-v6.zip': 'PK', VERSION: 'A=1\n', '.gitattributes': '* filter=evil diff=evil merge=evil\n' });
  const before = told(stages(r));
  const mark = join(tempFolder('mark'), 'pwned');
  const program = `touch ${mark} #`;
  const settings = {
    ...Object.fromEntries(
      ['fsmonitor', 'pager', 'editor', 'sshCommand', 'askPass', 'gitProxy', 'alternateRefsCommand'].map((key) => [
        `core.${key}`,
        program,
      ]),
    ),
    'core.hooksPath': '.evil',
    'diff.external': program,
    'diff.evil.command': program,
    'diff.evil.textconv': program,
    'filter.evil.clean': program,
    'filter.evil.smudge': program,
    'filter.evil.process': program,
    'filter.evil.required': 'true',
    'merge.evil.driver': program,
    'pager.diff': program,
    'pager.rev-list': program,
    'alias.diff': `!${program}`,
    'alias.cat-file': `!${program}`,
    'credential.helper': `!${program}`,
    'gpg.program': mark,
    'log.showSignature': 'true',
    'uploadpack.packObjectsHook': program,
    'interactive.diffFilter': program,
    'sequence.editor': program,
    'trace2.eventTarget': mark,
    'include.path': '/no/such/file',
  };
  for (const [key, value] of Object.entries(settings)) r.git('config', key, value);
  for (const hook of ['post-index-change', 'reference-transaction', 'pre-commit', 'pre-push', 'post-checkout']) {
    r.write({ [`.evil/${hook}`]: exec(`#!/bin/sh\n${program}\n`) });
  }
  expect(told(stages(r))).toEqual(before);
  expect(existsSync(mark)).toBe(false);
});

trap('G5', 'nor fetched with, for an object that is missing', () => {
  const r = governed();
  const mark = join(tempFolder('mark'), 'pwned');
  const commit = pastHooks(r, 'lost', { 'src_v2/inbox_core/new.py': 'x = 1\n' });
  const blob = r.git('rev-parse', 'HEAD:VERSION');
  const settings = {
    'remote.evil.url': `ext::sh -c touch% ${mark}`,
    'remote.evil.promisor': 'true',
    'remote.evil.partialclonefilter': 'blob:none',
    'core.repositoryFormatVersion': '1',
    'extensions.partialClone': 'evil',
    'protocol.allow': 'always',
    'protocol.ext.allow': 'always',
  };
  for (const [key, value] of Object.entries(settings)) r.git('config', key, value);
  r.remove(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
  const { code, error } = check(r, ['--stage', 'ci', '--from', `${commit}^`]);
  expect([code, error, existsSync(mark)]).toEqual([4, 'object-missing', false]);
});

trap('G5', 'nor are commits swapped by replacements and grafts', () => {
  const { r, push } = pushed();
  const good = r.head();
  const culprit = pastHooks(r, 'past the hooks', bad);
  pastHooks(r, 'gone again', { '.build/x': null });
  const clean = r.git('commit-tree', '-p', good, '-m', 'nothing here', `${good}^{tree}`);
  r.git('replace', culprit, clean);
  expect(r.git('log', '--format=%s', `${good}..`)).toBe('gone again\nnothing here');
  refused(push('develop'), 'no-build-commits', '.build/x');
  r.git('replace', '-d', culprit);
  r.write({ '.git/info/grafts': `${r.head()} ${good}\n` });
  expect(r.git('log', '--format=%s', `${good}..`)).toBe('gone again');
  refused(push('develop'), 'no-build-commits', '.build/x');
});

trap('C2', () => {
  const r = governed();
  r.stage({ '.layerpolicyrc.json': null, '.layerpolicyrc.yaml': r.read('.layerpolicyrc.json') });
  r.stage({ ...bad, 'weak.json': '{"layers": {}, "rules": {"no-build-commits": "off"}}' });
  const places = { searchPlaces: ['weak.json'], metaConfigFilePath: 'weak.json' };
  r.stage({ '.config/config.json': JSON.stringify({ cosmiconfig: places }) });
  r.stage({ 'package.json': JSON.stringify({ cosmiconfig: places, 'layer-policy': { layers: {} } }) });
  expect(check(r, ['--stage', 'pre-commit']).found).toContain('no-build-commits .build/x');
  pastHooks(r, 'x');
  expect(check(r, ['--stage', 'all']).found).toContain('no-build-commits .build/x');
});

trap('G7', () => {
  const r = governed();
  const bare = r.clone('--bare');
  bare.git('config', 'core.fsmonitor', `touch ${r.dir}/pwned #`);
  r.git('-c', 'core.autocrlf=false', 'clone', '-q', '--bare', '--template=', bare.dir, 'docs/evil.git');
  r.write({ 'docs/evil.git/config': bare.read('config'), 'docs/evil.git/.build/x': 'x' });
  r.git('add', '-A', 'docs');
  expect(r.git('diff', '--cached', '--name-only')).toContain('docs/evil.git/HEAD');
  expect(check(r, ['--stage', 'pre-commit'])).toMatchObject({ code: 0, found: [] });
  r.stage({ 'docs/evil.git/inbox-core-v6.zip': 'PK' });
  expect(check(r, ['--stage', 'pre-commit']).found).toContain('semver-naming docs/evil.git/inbox-core-v6.zip');
  expect(r.exists('pwned')).toBe(false);
});

// Only root can give a folder away.
it.skipIf(process.getuid?.() !== 0)(`G8: ${traps.G8}`, () => {
  const r = governed().stage(bad);
  r.git('-c', `alias.give=!chown -R 12345 '${r.dir}'`, 'give');
  for (const args of [
    ['--stage', 'pre-commit'],
    ['--stage', 'all'],
    ['--from', 'HEAD'],
  ]) {
    const { code, error, stderr } = check(r, args);
    expect([code, error]).toEqual([4, 'git-failed']);
    expect(stderr).toContain(`git config --global --add safe.directory ${r.dir}`);
  }
  expect(check(r.with({ SUDO_UID: '12345' }), ['--stage', 'pre-commit']).code).not.toBe(0);
});

/** What stands in PATH for git; `real` is git itself. */
const faults: [what: string, script: string][] = [
  ['is killed', 'kill -9 $$'],
  ['says nothing', 'exit 0'],
  ['says nothing and fails', 'exit 1'],
  ['fails with words', 'echo "fatal: no" >&2; exit 128'],
  ['dies in the differences', 'case "$*" in *--raw*) printf ":100644 100644 abc"; kill -9 $$;; *) real "$@";; esac'],
  ['ends in the differences', 'case "$*" in *--raw*) printf ":100644 100644 abc";; *) real "$@";; esac'],
  ['fails at the differences', 'case "$*" in *--raw*) exit 1;; *) real "$@";; esac'],
  ['has no objects', 'case "$*" in *cat-file*) exit 0;; *) real "$@";; esac'],
  ['dies in an object', 'case "$*" in *cat-file*) printf "%040d commit 300\\ntree" 1;; *) real "$@";; esac'],
  ['fails at the commits', 'case "$*" in *rev-list*) exit 128;; *) real "$@";; esac'],
  ['lists half a commit', 'case "$*" in *rev-list*) printf 12345;; *) real "$@";; esac'],
  ['lists half a tree', 'case "$*" in *ls-tree*) real "$@" | head -c 100;; *) real "$@";; esac'],
];

trap('G20', 'missing', () => {
  const { code, stderr } = run(governed().dir, ['check'], { env: { PATH: tempFolder('empty') } });
  expect([code, stderr]).toEqual([4, expect.stringContaining('Install git')]);
});

for (const [what, script] of faults) {
  trap('G20', `one that ${what}`, () => {
    const r = governed();
    pastHooks(r, 'past the hooks', bad);
    const [head, from] = [r.head(), r.head('HEAD^')];
    r.stage({ 'inbox-core-v6.zip': 'PK' });
    // An index that is not read here, so that git is asked for a tree.
    r.git('update-index', '--index-version', '4');
    const folder = tempFolder('strange');
    const real = `real() { '${r.git('--exec-path')}/git' "$@"; }`;
    writeFiles(folder, { git: exec(`#!/bin/sh\n${real}\n${script}\n`) });
    const codes = stages(r.with({ PATH: `${folder}:${r.env.PATH}` }), head, from).map(({ code }) => code);
    expect(codes).toContain(4);
    expect(codes.filter((code) => code !== 4 && code !== 1)).toEqual([]);
  });
}
