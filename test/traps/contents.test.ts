import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { check, governed, pastHooks, refused } from './governed.js';
import { trap } from './trap.js';

const versions: [what: string, version: string | Uint8Array][] = [
  ['CR LF', 'INBOX_CORE_VERSION=1.2.3\r\n'],
  ['a byte order mark', '\ufeffINBOX_CORE_VERSION=1.2.3\n'],
  ['a v', 'INBOX_CORE_VERSION=v1.2.3\n'],
  ['a blank before', 'INBOX_CORE_VERSION= 1.2.3\n'],
  ['a blank after', 'INBOX_CORE_VERSION=1.2.3 \n'],
  ['a blank that does not break', 'INBOX_CORE_VERSION=1.2.3\u00a0\n'],
  ['CR alone', 'INBOX_CORE_VERSION=1.2.3\rINGEST_VERSION=1.0.0\r'],
  ['NUL', 'INBOX_CORE_VERSION=1.2.3\0\n'],
  ['no newline at the end', 'INBOX_CORE_VERSION=1.2.3'],
  ['a key twice', 'INBOX_CORE_VERSION=1.2.3\nINBOX_CORE_VERSION=1.2.4\n'],
  ['export', 'export INBOX_CORE_VERSION=1.2.3\n'],
  ['quotes', 'INBOX_CORE_VERSION="1.2.3"\n'],
  ['digits of another script', 'INBOX_CORE_VERSION=1.2.\u0663\n'],
  ['zeros in front', 'INBOX_CORE_VERSION=01.2.3\n'],
  ['a build', 'INBOX_CORE_VERSION=1.2.3+5\n'],
  ['a number too long to count', `INBOX_CORE_VERSION=1.2.${'9'.repeat(40)}\n`],
  ['UTF-16', Buffer.from('INBOX_CORE_VERSION=1.2.3\n', 'utf16le')],
  ['nothing', ''],
];

trap('V1', () => {
  const r = governed();
  const rest = r.read('VERSION').replace(/^INBOX_CORE.*\n/m, '');
  for (const [what, version] of versions) {
    const file = Buffer.concat([Buffer.from(version), Buffer.from(what.includes('newline') ? '' : rest)]);
    const first =
      typeof version === 'string' && version.endsWith('3') ? Buffer.concat([Buffer.from(rest), file]) : file;
    const { code, found } = check(r.stage({ VERSION: first }), ['--stage', 'pre-commit', '--rule', 'version-file']);
    expect([what, code, ...new Set(found)]).toEqual([what, 1, 'version-file VERSION']);
  }
});

trap('V5', () => {
  const r = governed();
  r.stage({ VERSION: r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.2.3-rc.1') });
  refused(r.tryGit('commit', '-m', 'x'), 'version-file', 'INBOX_CORE_VERSION=1.2.3-rc.1 is not MAJOR.MINOR.PATCH');
  pastHooks(r, 'x');
  expect(check(r, ['--from', 'HEAD^']).found).toContain('version-file VERSION');
});

const whole = {
  layer_name: 'inbox-core-dev',
  version: '1.0.0',
  git_sha: '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10',
  build_date: '2026-01-31T10:30:00Z',
  size_mb: 0.08,
  aws_arn_dev: 'arn:aws:lambda:eu-west-3:123456789012:layer:inbox-core-dev:42',
};

trap('M1', () => {
  const text = JSON.stringify(whole, null, 2);
  const halves = Array.from({ length: text.length - 1 }, (_, i) => text.slice(0, i + 1));
  const manifests: Record<string, string | Uint8Array> = {
    ...Object.fromEntries(halves.filter((_, i) => i % 7 === 0).map((half, i) => [`half-${i}`, half])),
    empty: '',
    twice: text.replace('"version"', '"version": "0.9.0", "version"'),
    'twice-deep': text.replace('{', '{"environments": {"dev": {}, "dev": {}},'),
    proto: text.replace('{', '{"__proto__": {"version": "9.9.9"},'),
    constructor: text.replace('{', '{"constructor": {"prototype": {}},'),
    unknown: text.replace('{', '{"layername": "x",'),
    'two-documents': `${text}${text}`,
    'not-json': text.replaceAll('"', "'"),
    'a-list': `[${text}]`,
    mark: `\ufeff${text}`,
    latin: Buffer.from(text.replace('inbox', 'inb\xf6x'), 'latin1'),
    deep: `${'['.repeat(5000)}${']'.repeat(5000)}`,
    infinite: text.replace('0.08', '1e400'),
    placeholder: text.replace(whole.git_sha, 'TO_BE_UPDATED'),
    upper: text.replace(whole.git_sha, whole.git_sha.toUpperCase()),
    short: text.replace(whole.git_sha, whole.git_sha.slice(1)),
  };
  const path = (name: string) => `layer_management/active/${name}/manifest.json`;
  const r = governed().stage(Object.fromEntries(Object.entries(manifests).map(([name, json]) => [path(name), json])));
  const args = ['--stage', 'pre-commit', '--rule', 'manifest-schema'];
  const found = new Set(check(r, args).found);
  expect(Object.keys(manifests).filter((name) => !found.has(`manifest-schema ${path(name)}`))).toEqual([]);
  const told = (json: string) =>
    check(r.stage({ [path('inbox-core')]: json }), args).found.includes(`manifest-schema ${path('inbox-core')}`);
  expect(told(text)).toBe(false);
  expect(told(text.replace('layer:inbox-core-dev', 'layer:inbox-other-dev'))).toBe(true);
  expect(told(text.replace('123456789012', '999999999999'))).toBe(true);
});

trap('G21', () => {
  // Whoever reads through a link to a pipe waits for ever.
  const pipe = join(tempFolder('pipe'), 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const places = [
    'VERSION',
    '.gitignore',
    'src_v2/inbox_core',
    'src_v2/lambdas/ingest/handler.py',
    'src_v2/requirements.txt',
    'layer_management/active/inbox-core/manifest.json',
    'layer_management/archive',
    '.build',
  ];
  for (const place of places) {
    for (const target of [pipe, '/etc/passwd']) {
      const r = governed();
      r.git('rm', '-rfq', '--ignore-unmatch', place);
      r.remove(place).stage({ [place]: symlink(target) });
      const { code, findings } = check(r, ['--stage', 'pre-commit']);
      expect([place, code, findings.map(({ file }) => file)]).toEqual([place, 1, expect.arrayContaining([place])]);
      expect(JSON.stringify(findings)).not.toContain('root:');
    }
  }
});
