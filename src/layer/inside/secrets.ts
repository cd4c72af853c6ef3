import type { Sha256 } from '../../ports.js';
import { baseName } from '../names.js';

/** A secret that was found; never the secret itself. */
export interface Secret {
  what: string;
  /** The first twelve digits of its sha256, to know it again by. */
  hash: string;
  /** The key that documentations show: none, but it stands where a real one will. */
  isExample: boolean;
}

interface Kind {
  what: string;
  pattern: RegExp;
  /** Only in files of these names. */
  files?: RegExp;
}

const kinds: readonly Kind[] = [
  { what: 'an AWS access key id', pattern: /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  {
    what: 'a private key',
    // A name of a kind of key alone, as parsers have it, is none: something of the key must follow.
    pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]){1,64}[A-Za-z0-9+/=]{4,64}/g,
  },
  {
    what: 'a GitHub token',
    pattern: /(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/g,
  },
  {
    what: 'an npm token',
    pattern: /_(?:authToken|auth|password)\s*=\s*(?!\$\{)[^\s"']{4,}/g,
    files: /^\.?npmrc$/i,
  },
];

/** More in one file say no more. */
const perFile = 20;

/** `text` has a character for each byte of the file at `path`, or of a part of it. */
export function findSecrets(path: string, text: string, sha256: Sha256): Secret[] {
  const found: Secret[] = [];
  for (const { what, pattern, files } of kinds) {
    if (files !== undefined && !files.test(baseName(path))) continue;
    // matchAll makes a copy of the pattern, which costs more than to find nothing.
    if (text.search(pattern) === -1) continue;
    for (const [value] of text.matchAll(pattern)) {
      if (found.length === perFile) return found;
      if (!isPlaceholder(value)) {
        found.push({ what, hash: sha256(value).slice(0, 12), isExample: value.endsWith('EXAMPLE') });
      }
    }
  }
  return found;
}

/** Of one character over and over: `AKIA0000…`, `ghp_0000…`. */
function isPlaceholder(value: string): boolean {
  return new Set(value.slice(4)).size < 4;
}

const secretFile =
  /(?:^|\/)(?:\.env(?:\.[^/]+)?|\.netrc|\.pypirc|id_(?:rsa|dsa|ecdsa|ed25519)|\.git-credentials|\.aws\/credentials)$/i;
const template = /\.(?:example|sample|template|dist)$/i;

/** Files that are there to hold secrets, whatever is in them now. */
export function isSecretFile(path: string): boolean {
  return secretFile.test(path) && !template.test(path);
}
