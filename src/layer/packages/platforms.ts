import { minorOf } from '../inside/runtime.js';

/** The machine as manylinux names it. */
function machineOf(architecture: string): string {
  return architecture === 'arm64' ? 'aarch64' : architecture;
}

/**
 * The newest glibc that wheels of a layer may need: 17 of 2.17. One zip serves all its runtimes, and where one of them is
 * Python 3.11 or older, which runs on Amazon Linux 2, all take what suits that: manylinux2014.
 */
export function glibcFor(runtimes: readonly string[]): number {
  return runtimes.some((runtime) => minorOf(runtime) <= 11) ? 17 : 34;
}

const aliases: [glibc: number, name: string][] = [
  [17, 'manylinux2014'],
  [12, 'manylinux2010'],
  [5, 'manylinux1'],
];

/** Every platform tag that suits, best first, as pip orders them for a machine of its own. */
export function platformTags(glibc: number, architecture: string): string[] {
  const machine = machineOf(architecture);
  const tags: string[] = [];
  for (let minor = glibc; minor >= 5; minor--) {
    tags.push(`manylinux_2_${minor}_${machine}`);
    const alias = aliases.find(([of]) => of === minor);
    if (alias !== undefined) tags.push(`${alias[1]}_${machine}`);
  }
  return [...tags, `linux_${machine}`];
}

/** The same in the word of uv, which has one for all. */
export function uvPlatform(glibc: number, architecture: string): string {
  return `${machineOf(architecture)}-${glibc === 17 ? 'manylinux2014' : `manylinux_2_${glibc}`}`;
}

/** A wheel's tags against the best that suits: lower is better; null: none suits. */
export function rankOf(
  tags: readonly string[],
  { runtime, platforms }: { runtime: string; platforms: readonly string[] },
): number | null {
  const supported = supportedTags(minorOf(runtime), platforms);
  const ranks = tags.map((tag) => supported.indexOf(tag)).filter((rank) => rank !== -1);
  return ranks.length === 0 ? null : Math.min(...ranks);
}

/** As `packaging.tags` has them for CPython, which pip and uv both follow. No platforms: wheels without compiled code. */
function supportedTags(minor: number, platforms: readonly string[]): string[] {
  const on = (python: string, abi: string) => platforms.map((platform) => `${python}-${abi}-${platform}`);
  const older = Array.from({ length: minor }, (_, at) => minor - 1 - at);
  const cp = `cp3${minor}`;
  const generic = [`py3${minor}`, 'py3', ...older.map((one) => `py3${one}`)];
  return [
    ...on(cp, cp),
    ...on(cp, 'abi3'),
    ...on(cp, 'none'),
    ...older.filter((one) => one >= 2).flatMap((one) => on(`cp3${one}`, 'abi3')),
    ...generic.flatMap((python) => on(python, 'none')),
    `${cp}-none-any`,
    ...generic.map((python) => `${python}-none-any`),
  ];
}
