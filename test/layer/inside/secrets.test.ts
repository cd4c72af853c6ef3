import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findSecrets, isSecretFile } from '../../../src/layer/inside/secrets.js';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
/** Put together here, so that no scanner takes this file for a leak. */
const key = `AK${'IA'}Q3EGRTW5SZ7HJ2LM`;
const temporary = `AS${'IA'}Q3EGRTW5SZ7HJ2LM`;
const documented = `AK${'IA'}IOSFODNN7EXAMPLE`;
const dashes = '-'.repeat(5);
const pem = (kind: string, body = 'MIIEpAIBAAKCAQEA7bq+x/0') =>
  `${dashes}BEGIN ${kind}${dashes}\n${body}\n${dashes}END ${kind}${dashes}\n`;
const github = (kind: string) => `gh${kind}_${'aB3dE6gH9j'.repeat(4).slice(0, 36)}`;

const found = (text: string, path = 'python/core/a.py') => findSecrets(path, text, sha256).map(({ what }) => what);

describe('a secret is found', () => {
  it.each<[string, string, string]>([
    ['a key of AWS', `KEY = "${key}"`, 'an AWS access key id'],
    ['one for an hour', `KEY=${temporary}\n`, 'an AWS access key id'],
    ["the documentation's", documented, 'an AWS access key id'],
    ['an RSA key', pem('RSA PRIVATE KEY'), 'a private key'],
    ['a key in PKCS #8', pem('PRIVATE KEY'), 'a private key'],
    ['an encrypted one', pem('ENCRYPTED PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED'), 'a private key'],
    ['an OpenSSH key', pem('OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEA'), 'a private key'],
    ['a PGP key', pem('PGP PRIVATE KEY BLOCK', '\nlQOYBF'), 'a private key'],
    ['a key with Windows line ends', pem('EC PRIVATE KEY').replaceAll('\n', '\r\n'), 'a private key'],
    ['a key in a JSON text', JSON.stringify({ private_key: pem('PRIVATE KEY') }), 'a private key'],
    ...['p', 'o', 'u', 's', 'r'].map((kind): [string, string, string] => [
      `gh${kind}_`,
      `token: ${github(kind)}`,
      'a GitHub token',
    ]),
    ['a fine-grained one', `github_${'pat'}_11ABCDEFG0123456789_abcdefghij`, 'a GitHub token'],
  ])('%s', (_, text, what) => {
    expect(found(text)).toEqual([what]);
  });

  it('in .npmrc, where a token is none elsewhere', () => {
    const line = '//registry.example/:_authToken=0f9e8d7c-1234';
    expect([found(line, 'python/.npmrc'), found(line, 'docs/npm.md')]).toEqual([['an npm token'], []]);
    expect(found(['//registry.example/:_authToken=$', '{NPM_TOKEN}'].join(''), '.npmrc')).toEqual([]);
  });

  it('is told by its hash alone', () => {
    const [secret] = findSecrets('a.py', `x = "${key}"`, sha256);
    expect(secret).toEqual({ what: 'an AWS access key id', hash: sha256(key).slice(0, 12), isExample: false });
    expect(findSecrets('a.py', documented, sha256)[0]?.isExample).toBe(true);
  });

  it('no more than twenty of them in a file', () => {
    expect(
      found(Array.from({ length: 100 }, (_, index) => `${key.slice(0, 18)}${10 + (index % 90)}`).join('\n')),
    ).toHaveLength(20);
  });
});

describe('no secret is', () => {
  it.each([
    ['a part of a longer word', `x${key}`],
    ['an id of another kind', 'AROAQ3EGRTW5SZ7HJ2LM'],
    ['a place for one', 'AKIAXXXXXXXXXXXXXXXX'],
    ['lower case', key.toLowerCase()],
    ['the name of a kind of key', `${dashes}BEGIN RSA PRIVATE KEY${dashes}"`],
    ['the name of a kind of key in bytes', `_START = b"${dashes}BEGIN OPENSSH PRIVATE KEY${dashes}"\n_END = b"x"`],
    ['a certificate', pem('CERTIFICATE')],
    ['a public key', pem('PUBLIC KEY')],
    ['a short gh_', 'ghp_abc'],
    ['a row of zeros', `ghp_${'0'.repeat(36)}`],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

it('is looked for in time, whatever the text', () => {
  const started = performance.now();
  for (const text of [
    `${dashes}BEGIN ${'A '.repeat(1_000_000)}`,
    `${dashes}BEGIN PRIVATE KEY${dashes}${'\\n'.repeat(1_000_000)}`,
    'AKIA'.repeat(500_000),
    `ghp_${'a'.repeat(2_000_000)}`,
    `_authToken=${' '.repeat(2_000_000)}`,
  ]) {
    findSecrets('.npmrc', text, sha256);
  }
  expect(performance.now() - started).toBeLessThan(2000);
});

it.each([
  ['.env', true],
  ['python/app/.env.production', true],
  ['python/.ENV', true],
  ['.env.example', false],
  ['.env.local.sample', false],
  ['.env/bin/activate', false],
  ['.envrc.py', false],
  ['python/env.py', false],
  ['python/.netrc', true],
  ['python/.pypirc', true],
  ['.ssh/id_ed25519', true],
  ['.ssh/id_ed25519.pub', false],
  ['.aws/credentials', true],
  ['python/credentials', false],
])('a file made to hold secrets: %s %s', (path, expected) => {
  expect(isSecretFile(path)).toBe(expected);
});

it('a key of few characters is a placeholder, one of four may be a key', () => {
  const keys = (end: string) => findSecrets('a.py', `AK${'IA'}${end}`, sha256).length;
  expect(['A'.repeat(16), 'ABC'.repeat(6).slice(0, 16), 'ABCD'.repeat(4)].map(keys)).toEqual([0, 0, 1]);
});
