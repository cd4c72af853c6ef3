/** What every writing command takes. */
export const writingFlags = {
  record: { type: 'boolean', help: 'with local: write manifest, archive, commit and tag as a real environment would' },
  'dry-run': { type: 'boolean', help: 'print the plan and stop' },
  'plan-out': { type: 'string', value: 'FILE', help: 'save the plan and stop' },
  plan: { type: 'string', value: 'FILE', help: 'run a saved plan; refused if the world moved' },
  yes: { type: 'boolean', short: 'y', help: 'do not ask (local never asks)' },
  'no-attach': { type: 'boolean', help: 'leave functions as they are' },
  'no-commit': { type: 'boolean', help: 'leave the record in the work tree instead of committing it' },
  'no-tag': { type: 'boolean', help: 'make no tag (release alone makes any)' },
  push: { type: 'boolean', help: 'push the branch and the new tags when all is done, together or not at all' },
  emergency: { type: 'string', value: 'REASON', help: 'go past the gate; the manifest keeps the reason' },
} as const;

/** Their values, as they were given. */
export interface WritingGiven {
  config?: string;
  env?: string;
  from?: string;
  to?: string;
  all?: boolean;
  record?: boolean;
  'dry-run'?: boolean;
  'plan-out'?: string;
  plan?: string;
  yes?: boolean;
  'no-attach'?: boolean;
  'no-commit'?: boolean;
  'no-tag'?: boolean;
  push?: boolean;
  emergency?: string;
  sign?: string;
  'signed-by'?: string;
}
