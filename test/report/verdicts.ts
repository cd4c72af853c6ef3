import { Buffer } from 'node:buffer';
import type { Finding, Waived } from '../../src/policy/finding.js';
import { count, type Verdict } from '../../src/policy/verdict.js';

/** Names that git can hold, or that JSON can bring into a message, each meant for one reader's weakness. */
export const hostileNames = [
  'line\nbreak',
  'carriage\r\nreturn',
  '\n::error::pwned',
  '::stop-commands::token',
  ':: ##[error]old form',
  '##[group]x',
  'percent%0Aencoded%25',
  'colon:comma,equals=',
  '\u001b]0;title\u0007',
  '\u001b[31mred\u001b[0m',
  'nul\u0000tab\tdel\u007fcsi\u009b31m',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'onmouseover='alert(1)",
  ']]>',
  '<![CDATA[x',
  '<!-- -->',
  '&amp;&lt;&#10;&undefined;',
  'a|b||c',
  'a\\|b\\\\|c',
  'ends in \\',
  '`tick`',
  '``two`` and ```three',
  '`',
  ' blank at both ends ',
  '   ',
  '| --- |',
  '# heading',
  '- [ ] item',
  '[text](http://evil.example)',
  '![image](javascript:alert(1))',
  '[reference][1]',
  '<http://evil.example>',
  'https://evil.example/x',
  'www.evil.example',
  'someone@evil.example',
  '@team/reviewers @someone',
  '#1 org/repo#2 GH-3 85bbcf0',
  ':tada: *bold* _em_ __init__ ~~gone~~ $x$',
  '{0} {{1}} [{0}](1)',
  'right\u202eto left',
  'zero\u200bwidth\ufeff',
  'arabic\u061cmark line\u2028separator',
  'tag\u{e0041}characters',
  'half \ud83d of a character',
  'other half \ude00',
  'not XML \ufffe \uffff',
  'an honest 😀 and été 日本',
  '../../etc/passwd',
  '..',
  './.',
  '/etc/passwd',
  '//host/share',
  'C:\\Windows\\con',
  'javascript:alert(1)',
  'a?query#fragment',
  '--output=pwn',
  '%SRCROOT%/x',
  `${'long/'.repeat(1000)}end`,
  `${'x'.repeat(4094)}😀${'y'.repeat(10)}`,
  '',
];

const commit = '85bbcf06d2a4b5c3e1f0a9b8c7d6e5f4a3b2c1d0';

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'semver-naming',
    severity: 'error',
    file: 'layer_management/archive/2026-01/layer_v6.zip',
    line: null,
    commit: null,
    layer: null,
    message: 'it is not named like a release',
    hint: 'Rename it: git mv',
    data: {},
    fingerprint: '0123456789abcdef0123456789abcdef',
    ...more,
  };
}

/** Let pass by a waiver of that reason, or by what is known by that name. */
export function waived(by: string, more: Partial<Finding> = {}): Waived {
  const excuse = by === 'baseline' ? 'baseline' : by === 'LAYER_POLICY_SKIP' ? 'skip' : 'waiver';
  return { ...finding(more), excuse, by, until: excuse === 'waiver' ? '2026-12-31' : null };
}

export function verdict(more: Partial<Verdict> = {}): Verdict {
  const findings = more.findings ?? [];
  const counts = count(findings);
  return {
    ok: counts.error === 0 && (more.broken ?? []).length === 0,
    stage: 'all',
    head: commit,
    base: null,
    judged: `commit ${commit.slice(0, 7)}`,
    counts,
    findings,
    waived: [],
    broken: [],
    notices: [],
    rules: {},
    ran: 17,
    ...more,
  };
}

export const clean = verdict();

/** One of everything, of the kind a team meets. */
export const ordinary = verdict({
  findings: [
    finding({ file: 'VERSION', line: 3, rule: 'version-file', message: 'the key CORE_VERSION stands twice' }),
    finding({ commit, layer: 'core' }),
    finding({ rule: 'no-stray-zips', severity: 'warning', file: 'tools/old.zip', message: 'a zip is committed' }),
  ],
  waived: [
    waived('Agreed with the data team', { file: 'a.zip' }),
    waived('Agreed with the data team', { file: 'b.zip' }),
    waived('baseline', { file: 'c.zip' }),
    waived('LAYER_POLICY_SKIP', { rule: 'no-root-arn', file: 'core_arn.txt' }),
  ],
  notices: ['LAYER_POLICY_SKIP: not enforced here: no-root-arn. CI and release enforce them.'],
  rules: { 'semver-naming': { title: 'Zips are named by version', why: 'A name tells which release it is.' } },
});

export const broken = verdict({
  ok: false,
  broken: [
    { rule: 'own-rule', error: new Error('the list is undefined') },
    { rule: 'own-other', error: null },
    { rule: 'own-third', error: Object.create(null) },
    { rule: 'own-fourth', error: Symbol('thrown') },
    {
      rule: 'own-fifth',
      error: {
        toString() {
          throw new Error('no text');
        },
      },
    },
  ],
});

const hex = (number: number) => number.toString(16).padStart(32, '0');

/** Every hostile name in every place that text can come to. */
export const hostile = verdict({
  findings: hostileNames.flatMap((name, i) => [
    finding({ file: name, message: `this path ${name} is unsafe`, hint: `git mv ${name} x`, fingerprint: hex(i) }),
    finding({ rule: name, severity: 'warning', line: 7, layer: name, message: name, hint: name, commit }),
    finding({
      file: `${name}\\xFF`,
      pathBytes: Buffer.concat([Buffer.from(name), Buffer.from([0xff])]).toString('base64'),
    }),
  ]),
  waived: hostileNames.map((name) => waived(name, { file: name, rule: name, message: name })),
  broken: hostileNames.map((name) => ({ rule: name, error: new Error(name) })),
  notices: [...hostileNames],
  judged: hostileNames.join(', '),
  rules: Object.fromEntries(hostileNames.map((name) => [name, { title: name, why: name }])),
});

/** 20,000 errors, 10,000 warnings in 40 rules, errors not first. */
export const many = verdict({
  findings: Array.from({ length: 30_000 }, (_, i) =>
    finding({
      rule: `rule-${i % 40}`,
      severity: i % 3 === 0 ? 'warning' : 'error',
      file: `src/module_${i}/file.py`,
      line: i + 1,
      fingerprint: hex(i),
    }),
  ),
  waived: [waived('Agreed with the data team', { file: 'z.zip' })],
});

/** Findings whose names are nearly as long as git lets them be, and hard to compress. */
export const enormous = verdict({
  findings: Array.from({ length: 8_000 }, (_, i) => {
    const name = Array.from({ length: 250 }, (_, j) => ((i + 1) * (j + 7919) * 2654435761).toString(36)).join('€');
    return finding({ rule: `rule-${i % 3}`, file: name, message: name, hint: name, fingerprint: hex(i) });
  }),
});

export const verdicts = { clean, ordinary, broken, hostile, many };
