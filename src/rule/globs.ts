/** The schema of an option that takes globs: `*` and `?` within a part of the path, `[…]`, `**` for any number of parts. */
export function globList(description: string) {
  return {
    description,
    type: 'array',
    maxItems: 100,
    items: { description: 'a glob such as docs/**/*.zip', type: 'string', minLength: 1, maxLength: 256 },
  } as const;
}
