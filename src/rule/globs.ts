/**
 * The schema of an option that takes globs: `*` and `?` within a part of the path, `[…]`, `**` for any number of parts,
 * `{a,b}`. What else is wrong with one (`format`) is told when the policy is read, so a rule can rely on them.
 */
export function globList(description: string) {
  return {
    description,
    type: 'array',
    maxItems: 100,
    items: {
      description: 'a glob such as docs/**/*.zip',
      type: 'string',
      format: 'glob',
      minLength: 1,
      maxLength: 256,
    },
  } as const;
}
