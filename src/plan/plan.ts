import { shellWord } from '../layer/shell.js';
import type { Oid } from '../ports.js';
import type { StepData } from './steps/index.js';

export type WritingCommand = 'release' | 'deploy' | 'promote' | 'rollback' | 'archive' | 'adopt';

/** The words that call it. */
export const wordsOf = (command: WritingCommand): string => (command === 'adopt' ? 'init --adopt' : command);

/** What a writing command was asked to do. Two runs of a command with the same request are the same run. */
export interface Request {
  environment: string;
  /** Where `promote` takes from. */
  from: string | null;
  /** As given, `name` or `name@version`; empty: what the command does without. */
  names: string[];
  /** Everything that can be built, not only what changed. */
  all: boolean;
  /** Write manifest, archive and tag as a real environment does. */
  record: boolean;
  /** Make the record a commit; else it is left in the work tree. */
  commit: boolean;
  tag: boolean;
  /** Bring the functions of the environment to it, and try them. */
  attach: boolean;
  /** Why the gate was passed by; null: it was not. */
  emergency: string | null;
  /** Bring branch and tags to the remote when all else is done. */
  push?: true;
  /** Of `release` alone: the private key that signs what is built, for whoever releases the same elsewhere. Absolute. */
  sign?: string;
  /** And the public key of whom it takes what he built, instead of building it. Absolute. */
  signedBy?: string;
  /** Of `archive` alone. */
  archive?: {
    /** Days after the last day of a month. */
    olderThan: number;
    /** A folder, absolute; null: the bucket of the policy. */
    to: string | null;
  };
}

/**
 * The ordered steps of a writing command, as data: printed, saved, journaled and run. A pure function of the state, the
 * request and the date, so a saved one holds as long as making it again gives the same.
 */
export interface Plan {
  schema: 1;
  command: WritingCommand;
  request: Request;
  /** When it was made, ISO 8601 UTC. Months and commit dates follow it, however late it runs. */
  date: string;
  /** HEAD it was made for. */
  commit: Oid;
  branch: string | null;
  /** Who made it: the manifests name them. */
  user: string;
  steps: StepData[];
}

/** What was asked, without what follows from it. */
export type Asked = Pick<Plan, 'command' | 'request'>;

export function sameAsked(a: Asked, b: Asked): boolean {
  const key = ({ command, request: { names, ...rest } }: Asked) =>
    JSON.stringify([command, [...names].sort(), Object.entries(rest).sort()]);
  return key(a) === key(b);
}

/** `release inbox-core --env local --record`: the command line that asks for this. */
export function commandLine({ command, request }: Asked): string {
  const { environment, from, names, all, record, commit, tag, attach, emergency, push, archive, sign, signedBy } =
    request;
  const pushed = push === true ? ['--push'] : [];
  if (archive !== undefined) {
    const to = archive.to === null ? [] : [`--to ${shellWord(archive.to)}`];
    return [command, `--older-than ${archive.olderThan}`, ...to, ...(commit ? [] : ['--no-commit']), ...pushed].join(
      ' ',
    );
  }
  return [
    wordsOf(command),
    ...names,
    from === null ? `--env ${environment}` : `--from ${from} --to ${environment}`,
    ...(record && environment === 'local' && command !== 'adopt' ? ['--record'] : []),
    ...(all ? ['--all'] : []),
    ...(attach ? [] : ['--no-attach']),
    ...(commit ? [] : ['--no-commit']),
    ...(tag || command !== 'release' ? [] : ['--no-tag']),
    ...(sign === undefined ? [] : [`--sign ${shellWord(sign)}`]),
    ...(signedBy === undefined ? [] : [`--signed-by ${shellWord(signedBy)}`]),
    ...pushed,
    ...(emergency === null ? [] : [`--emergency ${JSON.stringify(emergency)}`]),
  ].join(' ');
}
