import { expect, it } from 'vitest';
import { visible } from '../../src/layer/printable.js';
import type { Verdict } from '../../src/policy/verdict.js';
import { github } from '../../src/report/github.js';
import { type Command, readLine } from './runner.js';
import { clean, finding, hostileNames, many, ordinary, verdict, waived } from './verdicts.js';

function commands(given: Verdict): Command[] {
  return github(given)
    .trimEnd()
    .split('\n')
    .map(readLine)
    .filter((command) => command !== null);
}

/** What a reader may expect of a text that a terminal could obey. */
const safe = (text: string) => visible(text, 4096).replaceAll('##[', '##\\x5B');

it('the runner reads back every file, title and message', () => {
  for (const name of hostileNames.filter((text) => text !== '')) {
    const [read, ...others] = commands(
      verdict({
        findings: [finding({ file: name, rule: `rule ${name}.`, line: 7, message: `this ${name}!`, hint: name })],
      }),
    );
    const lines = (text: string) => text.split(/([\r\n])/).map((part) => (/[\r\n]/.test(part) ? part : safe(part)));
    expect(others).toEqual([]);
    expect(read).toEqual({
      name: 'error',
      properties: {
        file: lines(name).join(''),
        line: '7',
        title: visible(`rule ${name}.`, 255).replaceAll('##[', '##\\x5B'),
      },
      message: [safe(`this ${name}!`), safe(name)].join('\n'),
    });
  }
});

it('a name with a line break finds its file', () => {
  const [read] = commands(verdict({ findings: [finding({ file: 'a\nb,c:d%0Ae' })] }));
  expect(read?.properties.file).toBe('a\nb,c:d%0Ae');
  expect(github(verdict({ findings: [finding({ file: 'a%0Ab' })] }))).toContain('file=a%250Ab');
});

it('names level, line and commit, and leaves out a line that is not known', () => {
  const read = commands(ordinary);
  expect(read.map(({ name }) => name)).toEqual(['error', 'error', 'warning', 'notice', 'notice']);
  expect(read[0]?.properties).toEqual({ file: 'VERSION', line: '3', title: 'version-file' });
  expect(read[1]?.properties).not.toHaveProperty('line');
  expect(read[1]?.message).toContain('In commit 85bbcf06d2a4');
});

it('makes no annotation where all is well, and no empty log either', () => {
  expect(commands(clean)).toEqual([]);
  expect(github(clean)).toBe(
    'layer-policy: passed; judged commit 85bbcf0; uncommitted changes not seen (17 rules at all)\n',
  );
});

it('shows ten of a level, and says at the end how many there are', () => {
  const read = commands({ ...many, notices: ['a', 'b'], broken: [{ rule: 'own', error: new Error('oh') }] });
  const levels = read.map(({ name }) => name);
  const times = (level: string) => levels.filter((name) => name === level).length;
  expect([times('error'), times('warning'), times('notice') <= 10]).toEqual([10, 10, true]);
  expect(read[0]?.message).toContain('own failed itself: oh');
  expect(read.at(-1)?.name).toBe('notice');
  expect(read.at(-1)?.message).toContain('20000 errors, 10000 warnings');
  expect(read.at(-1)?.message).toContain('19991 more errors, 9990 more warnings');
});

it('with exactly ten says nothing of more', () => {
  const findings = many.findings.filter(({ severity }) => severity === 'error').slice(0, 10);
  expect(commands(verdict({ findings })).map(({ name }) => name)).toEqual(Array(10).fill('error'));
});

it('no text from outside begins a line, or a command of the old form', () => {
  const attack = '\n::stop-commands::x\n##[error]y';
  const report = github(
    verdict({
      judged: attack,
      notices: [attack],
      findings: [finding({ file: attack, rule: attack, message: attack, hint: attack })],
      waived: [waived(attack, { rule: attack })],
      broken: [{ rule: attack, error: attack }],
    }),
  );
  expect(report.split('\n').filter((line) => !/^(::(error|notice) |layer-policy: |$)/.test(line))).toEqual([]);
  expect(report).not.toContain('##[');
});
