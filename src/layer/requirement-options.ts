import type { RequirementsProblem } from './requirement.js';

type Refused = Pick<RequirementsProblem, 'kind' | 'what'>;

/** pip's options for requirements files that choose where packages come from, or what else is read. */
const refused: [kind: RequirementsProblem['kind'], short: string, ...long: string[]][] = [
  ['index', '-i', '--index-url', '--pypi-url'],
  ['index', '-f', '--find-links'],
  ['index', '', '--extra-index-url', '--no-index', '--trusted-host'],
  ['include', '-r', '--requirement'],
  ['include', '-c', '--constraint'],
  ['editable', '-e', '--editable'],
];

/** Those that choose among what the index has, and leave a pinned version what it is. */
const harmless = ['--pre', '--prefer-binary', '--require-hashes'];
const harmlessWithNames = ['--only-binary', '--no-binary'];

const hashForm = /^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
const namesForm = /^(:all:|:none:|[A-Za-z0-9][A-Za-z0-9._,-]*)$/;

export function readOptions(text: string): { hashes: string[]; requireHashes: boolean } | Refused {
  const unreadable = (what: string): Refused => ({ kind: 'unreadable', what });
  const words = text.split(/[ \t]+/).filter((word) => word !== '');
  const hashes: string[] = [];
  let requireHashes = false;
  for (let at = 0; at < words.length; at++) {
    const [flag, glued] = parted(words[at] ?? '');
    const value = () => glued ?? words[++at] ?? '';
    if (!flag.startsWith('-')) return unreadable('a word stands where an option belongs');
    if (flag === '--hash') {
      const hash = value().toLowerCase();
      if (!hashForm.test(hash)) return unreadable('a --hash is not sha256:, sha384: or sha512: and its hex digits');
      hashes.push(hash);
    } else if (harmlessWithNames.includes(flag)) {
      if (!namesForm.test(value())) return unreadable(`${flag} takes :all:, :none: or names`);
    } else if (harmless.includes(flag)) {
      if (glued !== undefined) return unreadable(`${flag} takes no value`);
      requireHashes ||= flag === '--require-hashes';
    } else return { kind: kindOf(flag), what: shown(flag) };
  }
  return { hashes, requireHashes };
}

function parted(word: string): [flag: string, value: string | undefined] {
  const sign = word.indexOf('=');
  return sign === -1 ? [word, undefined] : [word.slice(0, sign), word.slice(sign + 1)];
}

/** A short option may have a URL glued to it. */
function shown(flag: string): string {
  return flag.startsWith('--') ? flag.slice(0, 40) : flag.slice(0, 2);
}

/** pip takes the beginning of a long option for the whole, and a short one with its value glued to it. */
function kindOf(flag: string): RequirementsProblem['kind'] {
  const isMeant = flag.startsWith('--')
    ? (option: string) => option.startsWith(flag)
    : (option: string) => option === flag.slice(0, 2);
  return refused.find(([, ...options]) => options.some(isMeant))?.[0] ?? 'option';
}
