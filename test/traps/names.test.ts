import { expect } from 'vitest';
import { repo } from '../kit/repo.js';
import { allowed, check, governed, hookedByHand, pastHooks, pushed, refused, screen } from './governed.js';
import { trap } from './trap.js';

/** Name to how the screen shows it. */
const odd: [what: string, name: string, shown: string][] = [
  ['a newline', 'inbox-core-\n.zip', 'inbox-core-\\x0A.zip'],
  ['a line of a workflow command', 'a\n::stop-commands::x/inbox-core-.zip', 'a\\x0A::stop-commands::x'],
  ['blanks', ' inbox-core a  b .zip/inbox-core-.zip', ' inbox-core a  b .zip/inbox-core-.zip'],
  ['letters of the world', 'été/日本/inbox-core-ß.zip', 'été/日本/inbox-core-ß.zip'],
  ['letters in two parts', 'e\u0301te\u0301/inbox-core-.zip', 'e\u0301te\u0301/inbox-core-.zip'],
  ['beyond the first plane', 'inbox-core-🦀.zip', 'inbox-core-🦀.zip'],
  ['a leading dash', '-rf/inbox-core-.zip', '-rf/inbox-core-.zip'],
  ['an option', '--output=pwned/inbox-core-.zip', '--output=pwned/inbox-core-.zip'],
  ['commands', 'inbox-core-$(touch pwned)`touch pwned`\'".zip', 'inbox-core-$(touch pwned)`touch pwned`'],
  ['a pathspec', ':(top)/inbox-core-*.zip', ':(top)/inbox-core-*.zip'],
  ['another pathspec', ':!inbox-core/inbox-core-[a].zip', ':!inbox-core/inbox-core-[a].zip'],
  ['a tab', 'inbox-core\t.zip', 'inbox-core\\x09.zip'],
  ['an escape that sets the title', 'inbox-core-\x1b]0;x\x07.zip', 'inbox-core-\\x1B]0;x\\x07.zip'],
  ['a carriage return', 'inbox-core-\r✔ the policy holds.zip', 'inbox-core-\\x0D✔ the policy holds.zip'],
  ['a mark that turns text around', 'inbox-core-\u202epiz.zip', 'inbox-core-\\u{202e}piz.zip'],
  ['a quote', '"inbox-core".zip/inbox-core-".zip', '"inbox-core".zip/inbox-core-".zip'],
  ['a backslash', 'a\\inbox-core/inbox-core-\\n.zip', 'inbox-core-\\n.zip'],
  ['a percent', '%0A/inbox-core-%s.zip', '%0A/inbox-core-%s.zip'],
  ['markup', '"><script>alert(1)<\\script>/inbox-core-.zip', '<script>alert(1)'],
  ['the length of a name', `${'n'.repeat(200)}/inbox-core-.zip`, `${'n'.repeat(200)}/inbox-core-.zip`],
  ['many folders', `${'d/'.repeat(200)}inbox-core-.zip`, 'd/d/d/d/'],
];

const notText = Buffer.from(".build/caf\xe9'\xff%.zip", 'latin1');
const shown = ".build/caf\\xE9'\\xFF%.zip";
const addToIndex = ['update-index', '-z', '--index-info'];

trap('9', 'to a program', () => {
  const r = governed().stage(Object.fromEntries(odd.map(([, name]) => [name, 'PK'])));
  const args = ['--stage', 'pre-commit', '--rule', 'semver-naming'];
  const { findings, stdout } = check(r, args);
  expect(findings.map(({ file }) => file).sort()).toEqual(odd.map(([, name]) => name).sort());
  expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  expect(r.exists('pwned')).toBe(false);
});

trap('9', 'to a person, at commit and push', () => {
  const { r, push } = pushed();
  r.stage(Object.fromEntries(odd.map(([, name]) => [name, 'PK'])));
  const shown = odd.map(([, , words]) => words);
  refused(r.tryGit('commit', '-m', 'x'), ...shown);
  pastHooks(r, 'x');
  const result = push('develop');
  refused(result, ...shown);
  expect(screen(result)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
  expect(r.exists('pwned')).toBe(false);
});

trap('9', 'and the fix, copied off the screen, is the fix', () => {
  const r = governed().stage(Object.fromEntries(odd.map(([, name]) => [`.build/${name}`, 'PK'])));
  r.feed(
    Buffer.concat([Buffer.from(`100644 ${r.git('rev-parse', 'HEAD:VERSION')}\t`), notText, Buffer.from('\0')]),
    ...addToIndex,
  );
  const words = screen(r.tryGit('commit', '-m', 'x'));
  const fixes = [...words.matchAll(/→ Take it out of the commit, keeping the file: (git rm .*)$/gm)].map(
    ([, fix]) => fix,
  );
  expect(fixes).toHaveLength(1);
  r.write({ '.git/fix': `set -e\n${fixes.join('\n')}\n` }).git('-c', 'alias.fix=!bash .git/fix', 'fix');
  expect(r.git('diff', '--cached', '--name-only')).toBe('');
  expect(r.exists('pwned')).toBe(false);
});

trap('9', 'bytes that are no text', () => {
  const r = governed();
  const blob = r.feed('x\n', 'hash-object', '-w', '--stdin');
  r.feed(Buffer.concat([Buffer.from(`100644 ${blob}\t`), notText, Buffer.from('\0')]), ...addToIndex);
  const { findings } = check(r, ['--stage', 'pre-commit', '--rule', 'no-build-commits']);
  expect(findings).toMatchObject([{ file: shown, pathBytes: notText.toString('base64') }]);
  refused(r.tryGit('commit', '-m', 'x'), 'no-build-commits', 'safe-paths', shown);
});

trap('G11', () => {
  const r = governed();
  const blob = r.feed('x\n', 'hash-object', '-w', '--stdin');
  const folder = (name: string, mode: string, oid: string) =>
    r.feed(`${mode} ${mode === '040000' ? 'tree' : 'blob'} ${oid}\t${name}\0`, 'mktree', '-z');
  const names = ['..', '.', '.git', '.GIT', 'git~1', '.g\u200cit', '.git ', '.git...', '.git::$INDEX_ALLOCATION'];
  for (const name of names) {
    const inside = folder('evil', '100644', blob);
    const evil = folder(name, '040000', inside);
    const lines = `${r.git('ls-tree', '-z', 'HEAD')}040000 tree ${evil}\tzz\0`;
    const tree = r.feed(lines, 'mktree', '-z');
    const commit = r.git('commit-tree', '-p', 'HEAD', '-m', 'x', tree);
    const { code, findings } = check(r, ['--from', 'HEAD', '--to', commit]);
    expect([name, code, findings.map(({ rule }) => rule)]).toEqual([name, 1, ['safe-paths']]);
  }
  expect(r.git('status', '--porcelain')).toBe('');
});

trap('G12', () => {
  const r = governed();
  const blob = r.feed('x\n', 'hash-object', '-w', '--stdin');
  const entry = (name: string) => `100644 blob ${blob}\t${name}\0`;
  const of = (names: string[]) => {
    const tree = r.feed(names.map(entry).join(''), 'mktree', '-z');
    const top = r.feed(`${r.git('ls-tree', '-z', 'HEAD')}040000 tree ${tree}\tzz\0`, 'mktree', '-z');
    return r.git('commit-tree', '-p', 'HEAD', '-m', 'x', top);
  };
  const found = (...names: string[]) => check(r, ['--from', 'HEAD', '--to', of(names)]).found;
  expect(found('a', 'b')).toEqual([]);
  expect(found('README', 'readme').length).toBeGreaterThan(0);
  expect(found('\u00e9', 'e\u0301').length).toBeGreaterThan(0);
  const rows = Buffer.concat([1, 2].map(() => Buffer.concat([Buffer.from('100644 same\0'), Buffer.from(blob, 'hex')])));
  const twice = r.feed(rows, 'hash-object', '-t', 'tree', '-w', '--stdin', '--literally');
  const top = r.feed(`${r.git('ls-tree', '-z', 'HEAD')}040000 tree ${twice}\tzz\0`, 'mktree', '-z');
  const commit = r.git('commit-tree', '-p', 'HEAD', '-m', 'x', top);
  expect(check(r, ['--from', 'HEAD', '--to', commit]).found).toEqual(['safe-paths zz/same']);
});

trap('G12', 'at commit and push', () => {
  const { r, push } = pushed();
  r.commit('fine', { 'docs/a.md': 'a' }).stage({ 'docs/A.md': 'A' });
  refused(r.tryGit('commit', '-m', 'x'), 'safe-paths', 'docs/A.md', 'docs/a.md');
  pastHooks(r, 'x');
  refused(push('develop'), 'safe-paths', 'docs/A.md');
  r.git('rm', '-q', '--cached', 'docs/a.md');
  allowed(r.tryGit('commit', '--amend', '-m', 'x'));
});

trap('G12', 'a file where the base has a folder', () => {
  const r = hookedByHand(repo());
  r.stage({ '.layerpolicyrc.json': '{"layers":{}}', '.gitignore': '/.build/\n', 'docs/a': 'a' });
  allowed(r.tryGit('commit', '-m', 'x'));
  r.git('rm', '-q', '-r', 'docs');
  allowed(r.stage({ docs: 'now a file' }).tryGit('commit', '-m', 'x'));
  r.git('rm', '-q', 'docs');
  allowed(r.stage({ 'DOCS/b': 'b' }).tryGit('commit', '-m', 'x'));
  refused(r.stage({ docs: 'a file beside DOCS' }).tryGit('commit', '-m', 'x'), 'safe-paths');
});
