import type { Oid } from '../ports.js';
import type { StepData } from './steps/index.js';

/** What a release was asked to do. Two runs with the same request are the same release. */
export interface ReleaseRequest {
  environment: string;
  /** As given; empty: what changed, or with `all` everything that can be built. */
  names: string[];
  all: boolean;
  /** Write manifest, archive and tag as a real environment does. */
  record: boolean;
  /** Make the record a commit; else it is left in the work tree. */
  commit: boolean;
  tag: boolean;
}

/**
 * The ordered steps of a writing command, as data: printed, saved, journaled and run. A pure function of the state, the
 * request and the date, so a saved one holds as long as making it again gives the same.
 */
export interface Plan {
  schema: 1;
  command: 'release';
  request: ReleaseRequest;
  /** When it was made, ISO 8601 UTC. Months and commit dates follow it, however late it runs. */
  date: string;
  /** HEAD it was made for. */
  commit: Oid;
  branch: string | null;
  /** Who made it: the manifests name them. */
  user: string;
  steps: StepData[];
}

export function sameRequest(a: ReleaseRequest, b: ReleaseRequest): boolean {
  const key = ({ environment, names, all, record, commit, tag }: ReleaseRequest) =>
    JSON.stringify([environment, [...names].sort(), all, record, commit, tag]);
  return key(a) === key(b);
}

/** `release inbox-core --env local --record`: the command line that asks for this. */
export function commandLine({ environment, names, all, record, commit, tag }: ReleaseRequest): string {
  return [
    'release',
    ...names,
    `--env ${environment}`,
    ...(record && environment === 'local' ? ['--record'] : []),
    ...(all ? ['--all'] : []),
    ...(commit ? [] : ['--no-commit']),
    ...(tag ? [] : ['--no-tag']),
  ].join(' ');
}
