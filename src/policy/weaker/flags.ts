import { type Weakening, weakening } from './weakening.js';

/** Without these it judges less strictly. */
const strict = ['--base', '--max-warnings'];
/** With these it judges less, or by something else. */
const narrow = ['--rule', '--config', '--now', '--stage', '--from', '--to'];

/** What a call of this tool demands less than another by its flags. */
export function weakerFlags(was: string, is: string): Weakening[] {
  const [before, after] = [flagsOf(was), flagsOf(is)];
  const name = (flag: string) => `${words(was).slice(0, 2).join(' ')} ${flag}`;
  return [
    ...strict.flatMap((flag) => {
      const [old, now] = [before.get(flag), after.get(flag)];
      if (old === undefined || old === now) return [];
      return isLower(flag, now, old)
        ? []
        : [weakening(name(flag), old, now, now !== undefined && flag === '--base' ? 'unclear' : 'weaker')];
    }),
    ...narrow.flatMap((flag) => {
      const [old, now] = [before.get(flag), after.get(flag)];
      return now === undefined || old === now ? [] : [weakening(name(flag), old, now)];
    }),
  ];
}

function isLower(flag: string, is: string | undefined, was: string): boolean {
  return flag === '--max-warnings' && is !== undefined && Number(is) <= Number(was);
}

/** Values by flag; one that stands twice has both. */
function flagsOf(command: string): Map<string, string> {
  const found = new Map<string, string>();
  const rest = words(command);
  for (const [i, word] of rest.entries()) {
    const [flag = '', ...value] = word.split('=');
    if (!strict.includes(flag) && !narrow.includes(flag)) continue;
    const own = word.includes('=') ? value.join('=') : (rest[i + 1] ?? '');
    found.set(flag, [...(found.get(flag)?.split(', ') ?? []), own].join(', '));
  }
  return found;
}

function words(command: string): string[] {
  return command.split(' ');
}
