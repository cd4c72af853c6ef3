import { relative, resolve } from 'node:path';
import { isFailure } from '../errors.js';
import type { Env } from '../ports.js';

/** Absolute paths, each with the name that findings and waivers have for it: from the root where it lies below it. */
export async function shownAs(env: Pick<Env, 'cwd' | 'git'>, args: readonly string[]): Promise<Map<string, string>> {
  const root = await env.git.root().catch((error) => {
    if (isFailure(error)) return null;
    throw error;
  });
  return new Map(
    args.map((arg) => {
      const path = resolve(env.cwd, arg);
      const inside = root === null ? null : relative(root, path).replaceAll('\\', '/');
      const isBelow = inside !== null && !/^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(inside);
      return [path, isBelow ? inside : arg];
    }),
  );
}
