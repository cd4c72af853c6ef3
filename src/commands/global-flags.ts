import type { FlagSpec } from './command.js';

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
