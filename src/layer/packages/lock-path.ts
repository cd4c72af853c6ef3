/** Where the lock of a requirements file lies: beside it, `src/requirements.txt` → `src/requirements.lock`. */
export function lockPath(source: string): string {
  return `${source.replace(/\.(?:txt|in)$/, '')}.lock`;
}
