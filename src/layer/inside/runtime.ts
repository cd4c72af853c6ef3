/** What is known of Lambda's Python runtimes, `python3.9` and so on. */

/** 12 of `python3.12`. */
export function minorOf(runtime: string): number {
  return Number(runtime.slice('python3.'.length));
}

/** 26 for glibc 2.26: Amazon Linux 2 carries the runtimes up to 3.11, Amazon Linux 2023 the newer ones. */
export function glibcOf(runtime: string): number {
  return minorOf(runtime) <= 11 ? 26 : 34;
}

/** Those that functions can have now; for artefacts of which nothing is declared. */
export const runtimes: readonly string[] = [9, 10, 11, 12, 13, 14].map((minor) => `python3.${minor}`);

export const architectures: readonly string[] = ['x86_64', 'arm64'];
