import { expect, it } from 'vitest';
import type { Finding } from '../../src/policy/finding.js';
import type { Frames } from '../../src/report/frame.js';
import { masked } from '../../src/report/masked.js';
import { pretty } from '../../src/report/pretty.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { broken, clean, finding, many, ordinary, verdict } from './verdicts.js';

const same = (text: string) => text;
const plain = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

it('tells each rule and its reason once, errors last, then what was let pass, notices and the verdict', () => {
  expect(pretty(ordinary, plain)).toBe(`⚠ no-stray-zips
  a zip is committed
    tools/old.zip
  → Rename it: git mv

✖ semver-naming  Zips are named by version
  A name tells which release it is.
  it is not named like a release
    layer_management/archive/2026-01/layer_v6.zip in commit 85bbcf0
  → Rename it: git mv

✖ version-file
  the key CORE_VERSION stands twice
    VERSION:3
  → Rename it: git mv

○ 4 let pass
  2 × semver-naming: Agreed with the data team (waiver until 2026-12-31)
  1 × semver-naming: baseline
  1 × no-root-arn: LAYER_POLICY_SKIP

ℹ LAYER_POLICY_SKIP: not enforced here: no-root-arn. CI and release enforce them.

✖ 2 errors, 1 warning; judged commit 85bbcf0; uncommitted changes not seen (17 rules at all)
`);
});

it('is a line where all is well', () => {
  expect(pretty(clean, plain)).toBe(
    '✔ the policy holds; judged commit 85bbcf0; uncommitted changes not seen (17 rules at all)\n',
  );
  expect(pretty({ ...clean, head: null, judged: 'the index' }, plain)).toBe(
    '✔ the policy holds; judged the index (17 rules at all)\n',
  );
});

it('gives no verdict where a rule failed', () => {
  expect(pretty(broken, plain).split('\n').slice(-3)).toEqual([
    '',
    '✖ no verdict: 5 rules failed; judged commit 85bbcf0; uncommitted changes not seen (17 rules at all)',
    '',
  ]);
});

it('says what is said of many once, and what to do as one command', () => {
  const one = (i: number) => {
    const spec = `:/.build/${i}`;
    return finding({
      file: `.build/${i}`,
      message: 'under .build/',
      hint: `Run: git rm -- ${spec}; done`,
      data: { spec },
    });
  };
  const all = Array.from({ length: 33 }, (_, i) => one(i));
  const lines = pretty(
    verdict({ findings: [...all, finding({ message: 'else', hint: 'Run: git rm -- :/.build/1; done' })] }),
    plain,
  ).split('\n');
  expect(lines.filter((line) => line.includes('under .build/'))).toHaveLength(1);
  expect(lines.filter((line) => /^ {4}\.build\/\d+$/.test(line))).toHaveLength(30);
  expect(lines).toContain('  … and 4 more (--json lists all)');
  const names = all.slice(0, 30).map(({ data }) => data.spec);
  expect(lines.filter((line) => line.startsWith('  →'))).toEqual([`  → Run: git rm -- ${names.join(' ')}; done`]);
});

it('gives each other hint once', () => {
  const hints = ['Run: a', 'Run: b', 'Run: a', ''];
  const findings = hints.map((hint, i) => finding({ file: `${i}`, hint, data: i === 1 ? { spec: 'other' } : {} }));
  const lines = pretty(verdict({ findings }), plain).split('\n');
  expect(lines.filter((line) => line.startsWith('  →'))).toEqual(['  → Run: a', '  → Run: b']);
});

it('fits a screen or two, however much there is', () => {
  const findings = many.findings.map((one, i) => ({ ...one, rule: `rule-${i % 2}`, message: `m ${i % 500}` }));
  expect(pretty(verdict({ findings }), plain).split('\n').length).toBeLessThan(1000);
});

it('shows the lines around the one that is meant', () => {
  const found = finding({ rule: 'version-file', file: 'VERSION', line: 10, message: 'twice' });
  const lines = ['A=1', 'B=2\tand\u001b[31m\u202e more', `C=${'x'.repeat(200)}`].map((text, i) => ({
    number: 9 + i,
    text,
  }));
  const frames: Frames = new Map<Finding, { lines: typeof lines; at: number }>([[found, { lines, at: 10 }]]);
  expect(
    pretty(verdict({ findings: [found] }), plain, frames)
      .split('\n')
      .slice(1, 6),
  ).toEqual([
    '  twice',
    '    VERSION:10',
    '         9 │ A=1',
    '      ❯ 10 │ B=2    and\\x1B[31m\\u{202e} more',
    `        11 │ C=${'x'.repeat(97)}…`,
  ]);
});

it('takes those lines from what is judged, not from what lies on disk', () => {
  const r = exampleRepo();
  const text = (first: string) => `${first}\nINBOX_CORE_VERSION=1.0\nCOMMON_DEPS_VERSION=1.0.0\n`;
  const shown = (...args: string[]) =>
    run(r.dir, ['check', '--rule', 'version-file', ...args], { env: r.env })
      .stdout.split('\n')
      .filter((line) => line.includes('│'));
  r.commit('bad', { VERSION: text('# committed') })
    .stage({ VERSION: text('# staged') })
    .write({ VERSION: text('# on disk') });
  const rest = ['      ❯ 2 │ INBOX_CORE_VERSION=1.0', '        3 │ COMMON_DEPS_VERSION=1.0.0'];
  expect(shown()).toEqual(['        1 │ # committed', ...rest]);
  expect(shown('--stage', 'pre-commit')).toEqual(['        1 │ # staged', ...rest]);
});

it.each([
  ['--index-url https://user:hunter2@host/simple', '--index-url https://…@host/simple'],
  ['key AKIAABCDEFGHIJKLMNOP ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'key … …'],
  ['MY_SECRET=hunter2', 'MY_SECRET=…'],
  ['  "password": "hunter2",', '  "password": "…",'],
  ['//registry/:_authToken=abcd', '//registry/:_authToken=…'],
  ['MIIEpAIBAAKCAQEA7bq3yqLr0hM9qT1XoKcQm4k1a2VxvPZ5yJw', '…'],
  ['TOKEN_VERSION=1.2.3', 'TOKEN_VERSION=1.2.3'],
  ['"git_sha": "85bbcf09793daafdd75b487590626088f62e8bdc"', '"git_sha": "85bbcf09793daafdd75b487590626088f62e8bdc"'],
])('shows no secret in a line: %s', (line, shown) => {
  expect(masked(line)).toBe(shown);
});

it('is plain where nobody looks, and coloured where somebody does', () => {
  const r = exampleRepo().stage({ '.build/x': 'x', VERSION: 'x' });
  const check = (env: Record<string, string>, ...args: string[]) =>
    run(r.dir, ['check', '--stage', 'pre-commit', ...args], { env: { ...r.env, ...env } }).stdout;
  const text = check({});
  expect(text).not.toContain('\u001b');
  const coloured = check({ FORCE_COLOR: '1' });
  expect(coloured).toContain('\u001b[31m✖\u001b[39m \u001b[1mno-build-commits\u001b[22m');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(text);
  for (const without of [check({ FORCE_COLOR: '1', NO_COLOR: '1' }), check({ FORCE_COLOR: '1' }, '--no-color')])
    expect(without).toBe(text);
});

it('says how much check --fix would mend, until it was asked to', () => {
  const r = exampleRepo().stage({ '.build/x': 'x', '.build/y': 'y', 'x_arn.txt': 'x' });
  const last = (...args: string[]) =>
    run(r.dir, ['check', ...args], { env: r.env })
      .stdout.trimEnd()
      .split('\n')
      .at(-1);
  expect(last('--stage', 'pre-commit')).toBe(
    '  → 2 of them can be mended for you: layer-policy check --stage pre-commit --fix',
  );
  expect(last('--stage', 'pre-commit', '--fix')).toMatch(/^✖ 1 error; judged the index/);
});
