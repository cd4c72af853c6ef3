import type { ExitCode } from '../errors.js';
import type { Env, Style } from '../ports.js';

export interface FlagSpec {
  type: 'string' | 'boolean';
  help: string;
  /** What stands for the value in the help (`REV`); strings only. */
  value?: string;
  multiple?: boolean;
  short?: string;
  /** The only values allowed. */
  values?: readonly string[];
}

type ValueOf<Spec extends FlagSpec> = Spec['type'] extends 'boolean'
  ? boolean
  : Spec['multiple'] extends true
    ? string[]
    : string;

export type Flags<Specs extends Record<string, FlagSpec>> = {
  [Name in keyof Specs]?: ValueOf<Specs[Name]>;
} & GlobalFlags;

export interface GlobalFlags {
  config?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

/** What a command has to say. `main` prints it and turns it into an exit code. */
export interface Outcome {
  exit: ExitCode;
  /** The `--json` document. */
  document: unknown;
  /** The same for people. */
  text(style: Style): string;
  /** Printed as it is to stdout when present, and `text` goes to stderr: a report in a named format. */
  report?: string;
}

export interface Command<Specs extends Record<string, FlagSpec> = Record<string, FlagSpec>> {
  name: string;
  summary: string;
  /** Positional arguments, for the usage line: `<name> <major|minor|patch|X.Y.Z>`. */
  args: string;
  flags: Specs;
  /** Command lines worth trying, with what they do. */
  examples: readonly (readonly [line: string, does: string])[];
  run(env: Env, flags: Flags<Specs>, args: string[]): Promise<Outcome>;
}

/** Gives a command its types; the declaration is the command. */
export function defineCommand<const Specs extends Record<string, FlagSpec>>(command: Command<Specs>): Command<Specs> {
  return command;
}

/** A command as the index has it: its file is loaded when it runs. */
export interface Listed {
  /** The heading below which the help has it. */
  group: string;
  summary: string;
  load(): Promise<Command>;
}

/** Commands below their headings, both in the order in which they are listed. */
export function grouped<Of extends Pick<Listed, 'group'>>(
  commands: Record<string, Of>,
): [group: string, [name: string, Of][]][] {
  const groups = new Map<string, [string, Of][]>();
  for (const entry of Object.entries(commands)) {
    const { group } = entry[1];
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups];
}
