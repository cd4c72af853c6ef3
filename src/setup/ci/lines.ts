import type { CiEnvironment, CiFacts } from './facts.js';

/** How CI comes to the program, and calls it. */
export function program({ isDependency, version }: CiFacts): { prepare: string[]; call: string } {
  return isDependency
    ? { prepare: ['npm ci'], call: 'npx layer-policy' }
    : { prepare: [], call: `npx --yes layer-policy@${version}` };
}

/** What people may have done to an environment: it is released or promoted to, and brought back. */
export function linesFor({ name, promoteFrom }: CiEnvironment): string[] {
  const brings = promoteFrom === undefined ? `release --env ${name}` : `promote --from ${promoteFrom} --to ${name}`;
  return [brings, `rollback --env ${name}`];
}

/** Older than what `archive-age` lets be. */
export const archiveLine = 'archive --older-than 90';

/** Who signs records. */
export const [userName, userMail] = ['layer-policy', 'layer-policy@users.noreply.invalid'];

/** A text as YAML and JSON both have it. */
export const quoted = (text: string) => JSON.stringify(text);
