/** What a rule threw, in words. A rule may throw anything, even what refuses to become a text. */
export function problemOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return 'it threw something that has no text';
  }
}
