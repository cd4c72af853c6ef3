import type { Command, FlagSpec } from './commands/command.js';
import { globalFlags } from './commands/global-flags.js';
import { failure } from './errors.js';
import { nearest } from './layer/names.js';

export interface Parsed {
  flags: Record<string, string | boolean | string[] | undefined>;
  args: string[];
}

/**
 * Reads a command's arguments; a flag it does not have is a usage error with the nearest one named. Node's own parseArgs
 * would cost a hook as much as reading its policy does.
 */
export function parseCommandLine(command: Command, argv: readonly string[]): Parsed {
  const specs: Record<string, FlagSpec> = { ...globalFlags, ...command.flags };
  const parsed: Parsed = { flags: {}, args: [] };
  const rest = [...argv];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') parsed.args.push(...rest.splice(0));
    else if (arg === '-' || !arg.startsWith('-')) parsed.args.push(arg);
    else readFlag(command.name, specs, arg, rest, parsed.flags);
  }
  const [unwanted] = parsed.args;
  if (command.args === '' && unwanted !== undefined) {
    throw failure('usage', { problem: `'${command.name}' takes no '${unwanted}'.`, command: command.name });
  }
  return parsed;
}

/** `--name`, `--name value`, `--name=value` or `-n`; takes its value from `rest` where it stands there. */
function readFlag(
  command: string,
  specs: Record<string, FlagSpec>,
  arg: string,
  rest: string[],
  flags: Parsed['flags'],
): void {
  const wrong = (problem: string) => failure('usage', { problem, command });
  const equals = arg.indexOf('=');
  const written = equals === -1 ? arg : arg.slice(0, equals);
  const [name, spec] =
    Object.entries(specs).find(([long, { short }]) => written === `--${long}` || written === `-${short}`) ?? [];
  if (name === undefined || spec === undefined) {
    const near = nearest(written.replace(/^-+/, ''), Object.keys(specs));
    throw wrong(`'${command}' has no flag ${written}.${near === null ? '' : ` Did you mean --${near}?`}`);
  }
  if (spec.type === 'boolean') {
    if (equals !== -1) throw wrong(`--${name} takes no value.`);
    flags[name] = true;
    return;
  }
  // A flag that stands where a value belongs is a value forgotten, a number apart; `--name=-x` says that it is meant.
  const isForgotten = rest[0] === undefined || /^-\D/.test(rest[0]);
  const value = equals !== -1 ? arg.slice(equals + 1) : isForgotten ? undefined : rest.shift();
  if (value === undefined) throw wrong(`--${name} needs a value.`);
  if (spec.values && !spec.values.includes(value)) {
    throw wrong(`--${name} takes ${spec.values.join(', ')}, not '${value}'.`);
  }
  const before = flags[name];
  flags[name] = spec.multiple ? [...(Array.isArray(before) ? before : []), value] : value;
}
