import { afterLiteral, classEnd, expandBraces, mostAlternatives } from './braces.js';

const mostBytes = 256;
const mostStars = 8;

/** Whether a text would be read as more than a plain path. */
export function isGlob(text: string): boolean {
  return /[*?[{\\]/.test(text);
}

/**
 * What is wrong with a glob of the policy, to follow its name; null where nothing is. Globs are paths from the root with
 * `*`, `?`, `[…]`, `**` for any number of folders, and `{a,b}`. What other tools take beyond that is refused, not read
 * as something else; and so is what could never match a path.
 */
export function globProblem(glob: string): string | null {
  if (glob === '') return 'is empty';
  // Characters first: a text of 70 kB is not worth encoding.
  if (glob.length > mostBytes || new TextEncoder().encode(glob).length > mostBytes) {
    return `is longer than ${mostBytes} bytes`;
  }
  const broken = brokenPart(glob);
  if (broken !== null) return broken;
  if ((glob.match(/\*+/g)?.length ?? 0) > mostStars) return `has more than ${mostStars} stars`;
  if (expandBraces(glob) === null) return `stands for more than ${mostAlternatives} globs`;
  return unreachable(glob);
}

function brokenPart(glob: string): string | null {
  if (/[\u0000-\u001f\u007f]/.test(glob)) return 'holds a control character';
  if (glob.startsWith('!')) return 'begins with "!"; nothing is taken out of a list here';
  if (/[@+!?*]\(/.test(glob)) return 'has a pattern in parentheses, which is not taken; write {a,b}, or several globs';
  if (/\\([A-Za-z0-9]|$)/.test(glob)) return 'has "\\" where "/" belongs';
  if (/\{[^{},/]*\.\.[^{},/]*\}/.test(glob)) return 'has a range in braces, which is not taken; write {1,2,3} or [1-3]';
  return unclosed(glob);
}

function unclosed(glob: string): string | null {
  let depth = 0;
  for (let at = afterLiteral(glob, 0); at < glob.length; at = afterLiteral(glob, at + 1)) {
    if (glob[at] === '[' && classEnd(glob, at) === -1) return 'has a "[" without "]"; write \\[ for the character';
    if (glob[at] === '{') depth += 1;
    else if (glob[at] === '}' && depth > 0) depth -= 1;
  }
  return depth > 0 ? 'has a "{" without "}"; write \\{ for the character' : null;
}

function unreachable(glob: string): string | null {
  if (glob.startsWith('/')) return `begins with "/"; paths begin at the root without it: ${glob.replace(/^\/+/, '')}`;
  if (glob.endsWith('/')) return `ends with "/"; all that is in a folder is ${glob}**`;
  const parts = glob.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'has an empty, "." or ".." part';
  return null;
}
