import { describe, expect, it } from 'vitest';
import { playScenario } from './scenario.js';

const play =
  (steps: string, files = '') =>
  () =>
    playScenario('x.scenario', `# about\n${steps}\n${files}`);

describe('a scenario that is right', () => {
  it('begins with its files, uncommitted, and runs real git', () => {
    expect(
      play(
        `git add -A
git commit -q -m 'it''s the first'
git log --format=%s%n%cI
stdout '^it''s the first$'
stdout ^2026-01-15T12:00:00
! stderr .
! git rev-parse --verify nothing
[exit 128] git rev-parse --verify nothing
stderr 'fatal: Needed'
exists a/b.txt
! exists c
cp a/b.txt c
append c two
grep ^two$ c
! grep ^three$ c
rm c
! exists c
env GIT_AUTHOR_NAME=Else
git commit -q --allow-empty -m two
git clone -q . ../other
cd ../other
git log -1 --format=%an
stdout ^Else$
git commit -q --allow-empty -m three`,
        '-- a/b.txt --\none\n-- empty --\n',
      ),
    ).not.toThrow();
  });

  it('can begin with the example', () => {
    expect(play('example\ngit add -A\ngit ls-files\nstdout ^VERSION$\n! stdout pyc')).not.toThrow();
  });
});

describe('a scenario that is wrong is refused at its line', () => {
  it.each([
    ['a program fails', 'git status\ngit no-such-command', /^x\.scenario:3: git no-such-command\nended with 1/],
    ['a program does not fail', '! git status', /:2: git status\nended with 0/],
    ['another exit code', '[exit 3] git no-such-command', /ended with 1/],
    ['output is missing', 'git version\nstdout nothing', /:3: stdout nothing\nin: git version/],
    ['output is there', 'git version\n! stdout git', /in: git version/],
    ['a file is missing', 'exists nowhere', /nowhere does not exist/],
    ['a file is there', '! exists .git', /\.git exists/],
    ['a file to read is missing', 'grep x nowhere', /:2: grep x nowhere\nENOENT/],
    ['output of nothing', 'stdout x', /no program ran/],
    ['an unknown verb', 'git status\nfrobnicate', /:3: there is no 'frobnicate'/],
    ['an inherited name', 'toString', /there is no 'toString'/],
    ['too few words', 'cp a', /usage: cp FROM TO/],
    ['too many words', 'rm a b', /usage: rm PATH/],
    ['an exit code of an assertion', '[exit 0] exists .git', /is for git and layer-policy/],
    ['a negated act', '! append a b', /cannot be negated/],
    ['an open quote', "git commit -m 'x", /:2: a quote is not closed/],
    ['two marks', '! [exit 1] git status', /cannot read/],
    ['a bad regex', 'git version\nstdout (', /Invalid regular expression/],
    ['a folder that is not there', 'cd nowhere', /nowhere does not exist/],
    ['no steps', '', /no steps/],
  ])('%s', (_, steps, problem) => expect(play(steps)).toThrow(problem));

  it('whatever comes before it: nothing runs when a later line cannot be read', () => {
    expect(play('git no-such-command\nfrobnicate')).toThrow(/:3: there is no/);
  });

  it('a file given twice, a file outside, no comment', () => {
    expect(play('git status', '-- a --\n-- a --')).toThrow(/:4: a is given twice/);
    expect(play('git status', '-- ../a --')).toThrow(/leaves the repository/);
    expect(() => playScenario('x.scenario', 'git status\n')).toThrow(/^x\.scenario:1: a scenario begins/);
  });
});
