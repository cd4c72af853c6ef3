import { parseArgs } from 'node:util';
import type { Command, FlagSpec } from './commands/command.js';
import { failure } from './errors.js';
import { nearest } from './layer/names.js';

/** Flags that every command takes. */
export const globalFlags = {
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  cwd: { type: 'string', value: 'DIR', help: 'run as if started in DIR' },
  config: { type: 'string', value: 'FILE', help: 'read the policy from this file instead of the judged tree' },
  json: { type: 'boolean', help: 'print one JSON document on stdout' },
  'no-color': { type: 'boolean', help: 'no colours (NO_COLOR does the same)' },
  quiet: { type: 'boolean', short: 'q', help: 'print nothing when all is well' },
  verbose: { type: 'boolean', help: 'show stack traces and what is run' },
} as const satisfies Record<string, FlagSpec>;

export interface Parsed {
  flags: Record<string, string | boolean | string[] | undefined>;
  args: string[];
}

/** Reads a command's arguments; a flag it does not have is a usage error with the nearest one named. */
export function parseCommandLine(command: Command, argv: string[]): Parsed {
  const specs: Record<string, FlagSpec> = { ...globalFlags, ...command.flags };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple, short }]) => [
      name,
      { type, ...(multiple && { multiple }), ...(short !== undefined && { short }) },
    ]),
  );
  const wrong = (problem: string) => failure('usage', { problem, command: command.name });
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: true });
    for (const [name, value] of Object.entries(values)) {
      const allowed = specs[name]?.values;
      for (const one of Array.isArray(value) ? value : [value]) {
        if (allowed && typeof one === 'string' && !allowed.includes(one)) {
          throw wrong(`--${name} takes ${allowed.join(', ')}, not '${one}'.`);
        }
      }
    }
    const [unwanted] = positionals;
    if (command.args === '' && unwanted !== undefined) throw wrong(`'${command.name}' takes no '${unwanted}'.`);
    return { flags: values as Parsed['flags'], args: positionals };
  } catch (error) {
    const unknown = error instanceof Error ? /Unknown option '(-[^' ]*)/.exec(error.message)?.[1] : undefined;
    if (unknown !== undefined) {
      const near = nearest(unknown.replace(/^-+/, ''), Object.keys(specs));
      throw wrong(`'${command.name}' has no flag ${unknown}.${near === null ? '' : ` Did you mean --${near}?`}`);
    }
    if (error instanceof TypeError && 'code' in error) throw wrong(error.message.split('\n')[0] ?? error.message);
    throw error;
  }
}
