import { parseCommandLine } from '../../src/args.js';
import type { Command } from '../../src/commands/command.js';
import { commands } from '../../src/commands/index.js';
import { isFailure } from '../../src/errors.js';

const loaded = new Map<string, Command>();
for (const [name, { load }] of Object.entries(commands)) loaded.set(name, await load());

/** Words of a command line as a shell would part them, as far as documents go. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** Why nobody can run it as it stands; null when one can. */
export function problemOf(line: string): string | null {
  const [, name = '', ...rest] = words(line.replace(/ *(#|&&|\||;|>|2>).*$/, ''));
  if (name.startsWith('-') || name === 'help') return null;
  const command = loaded.get(name);
  if (command === undefined) return 'there is no such command';
  try {
    parseCommandLine(command, rest);
    return null;
  } catch (error) {
    if (isFailure(error)) return error.message;
    throw error;
  }
}

/** In blocks of shell: what follows a prompt, or begins a line. In prose: what stands between backquotes. */
export function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```(?:sh|console|bash|yaml)\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const inBlocks = blocks.flatMap((block) => [
    ...block.matchAll(/(?:^|[\s(])(?:npx (?:--yes |--no )?)?(layer-policy(?:@\S+)? [a-z-][^\n)]*)/gm),
  ]);
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const inProse = [...prose.matchAll(/`(?:npx )?(layer-policy [^`]+)`/g)];
  return [...inBlocks, ...inProse].map(([, line = '']) => line.trim()).filter((line) => !/[<…]|\[|: /.test(line));
}
