import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a test needs that more than this process takes part in, or that only vitest has. */
const apart = /from '(node:child_process|node:worker_threads|vitest\/node)'/;

/** The tests that run the source itself, and run it in this process: those that reach no import of what is apart. */
export function pureTests(within: string): string[] {
  const known = new Map<string, boolean>();
  function isPure(file: string): boolean {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, true); // A circle adds nothing.
    const text = readFileSync(file, 'utf8');
    const imports = [...text.matchAll(/^(?:import|export)\s(?!type )[^;]*?from '(\.[^']+)'/gm)].map(([, path]) =>
      join(dirname(file), String(path).replace(/\.js$/, '.ts')),
    );
    const pure = !apart.test(text) && imports.filter((path) => existsSync(path)).every(isPure);
    known.set(file, pure);
    return pure;
  }
  return ['layer', 'policy', 'rule', 'rules', 'config']
    .flatMap((folder) => readdirSync(`test/${folder}`, { recursive: true }).map((file) => `test/${folder}/${file}`))
    .filter((file) => file.startsWith(within) && file.endsWith('.test.ts'))
    .sort()
    .filter(isPure);
}
