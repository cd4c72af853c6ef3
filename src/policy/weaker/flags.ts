import { weakerRequires } from './requires.js';
import { type Weakening, weakening } from './weakening.js';

/** Without these it judges less strictly. */
const strict = ['--base', '--max-warnings'];
/** How the answer is told. Whatever else is new on a command narrows what it judges, or judges something else. */
const harmless = ['--format', '--output', '--json', '--quiet', '--verbose', '--no-color'];
/** Flags whose value may be the next word. */
const valued = [...strict, '--format', '--output', '--rule', '--config', '--now', '--stage', '--from', '--to', '--cwd'];

/** What a call of this tool demands less than another by its flags and paths. */
export function weakerFlags(was: string, is: string): Weakening[] {
  const [before, after] = [argumentsOf(was), argumentsOf(is)];
  const name = (flag: string) => `${words(was).slice(0, 2).join(' ')} ${flag}`;
  const lost = strict.flatMap((flag) => {
    const [old, now] = [before.get(flag), after.get(flag)];
    if (old === undefined || old === now || isLower(flag, now, old)) return [];
    return [weakening(name(flag), old, now, now !== undefined && flag === '--base' ? 'unclear' : 'weaker')];
  });
  const gained = [...after].flatMap(([flag, now]) => {
    const old = before.get(flag);
    return old === now || strict.includes(flag) || harmless.includes(flag) ? [] : [weakening(name(flag), old, now)];
  });
  return [...weakerVersion(was, is), ...lost, ...gained];
}

/** `layer-policy@1.2.0`. Without one it is the one that is installed. */
function weakerVersion(was: string, is: string): Weakening[] {
  const [before, after] = [was, is].map((command) => /^\S*?@(\S+)/.exec(command)?.[1] ?? null);
  if (before === null && after != null) return [weakening('the version of layer-policy', undefined, after, 'unclear')];
  return weakerRequires('the version of layer-policy', before ?? null, after ?? null);
}

function isLower(flag: string, is: string | undefined, was: string): boolean {
  return flag === '--max-warnings' && Number(is) <= Number(was);
}

/** Values by flag, and under `paths` what is none; one that stands twice has both. */
function argumentsOf(command: string): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, value: string) =>
    found.set(name, [...(found.get(name)?.split(', ') ?? []), value].join(', '));
  const rest = words(command).slice(2);
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    const [flag = '', ...value] = word.split('=');
    // Where the answer goes is no matter of what is judged.
    if (/^\d*[<>]/.test(word)) i += /[<>]$/.test(word) ? 1 : 0;
    else if (!word.startsWith('-')) add('paths', word);
    else if (word.includes('=')) add(flag, value.join('='));
    else add(word, valued.includes(word) ? (rest[++i] ?? '') : 'given');
  }
  return found;
}

/** An expression of a workflow is one word, whatever blanks are in it. */
function words(command: string): string[] {
  return command.replace(/\$\{\{.*?\}\}/g, (expression) => expression.replaceAll(' ', '')).split(' ');
}
