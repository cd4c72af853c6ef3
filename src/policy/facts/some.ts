/** `a, b, c and 4 more`, each once. */
export function some(names: readonly string[]): string {
  const unique = [...new Set(names)].sort();
  const rest = unique.length - 3;
  return unique.slice(0, 3).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
