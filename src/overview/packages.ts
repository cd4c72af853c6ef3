/**
 * Unpacked bytes of each top-level package or module of an artefact, largest first. A distribution's `.dist-info` counts
 * as itself: what it costs is part of what it is, but it is no code.
 */
export function packageSizes(files: readonly { path: string; size: number }[]): { name: string; bytes: number }[] {
  const sizes = new Map<string, number>();
  for (const { path, size } of files) {
    const inside = path.replace(/^python\/(?:lib\/python3\.\d+\/site-packages\/)?/, '');
    const name = inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : inside;
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  return [...sizes]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}
