import { printable } from '../layer/printable.js';
import type { FunctionState, Style } from '../ports.js';

export interface SnapshotReport {
  environment: string;
  /** When it was looked at, ISO 8601 UTC. */
  at: string;
  functions: {
    target: string;
    name: string;
    state: FunctionState;
    /** What its callers get; null: it has none. */
    alias: { name: string; state: FunctionState } | null;
    configuration: Record<string, unknown>;
  }[];
  notices: string[];
}

/** The `--json` document of `snapshot`; its schema is `schemas/snapshot.schema.json`. */
export function snapshotDocument({ environment, at, functions, notices }: SnapshotReport): object {
  return {
    schema: 1,
    ok: true,
    command: 'snapshot',
    environment,
    at,
    functions: functions.map(({ target, name, state, alias, configuration }) => {
      const { functionName, arn, runtime, architectures, layers, codeSha256, status } = state;
      const led = alias && {
        name: alias.name,
        version: alias.state.version,
        layers: alias.state.layers,
        codeSha256: alias.state.codeSha256,
      };
      const where = target !== environment && { target };
      return {
        ...where,
        name,
        functionName,
        arn,
        runtime,
        architectures,
        layers,
        codeSha256,
        status,
        alias: led,
        configuration,
      };
    }),
    notices,
  };
}

export function snapshotText({ environment, functions, notices }: SnapshotReport, style: Style): string {
  return [
    ...notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
    ...functions.flatMap(({ target, state: { functionName, runtime, architectures, layers, codeSha256, status } }) => {
      const where = target === environment ? '' : `${target}, `;
      return [
        `${style.bold(printable(functionName))}  ${style.dim(printable(`${where}${runtime} ${architectures.join(' ')}, ${status}`))}`,
        `  code   sha256 ${codeSha256.slice(0, 16)}…`,
        ...layers.map((arn) => `  layer  ${printable(arn)}`),
      ];
    }),
    style.dim(`${functions.length} functions of ${environment}; all of it: --json`),
    '',
  ].join('\n');
}
