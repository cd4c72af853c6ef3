import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';

export interface Said {
  rule: string;
  severity: string;
  file: string;
  line: number | null;
  commit: string | null;
  layer: string | null;
  message: string;
  hint: string;
}

/** What one rule says of a repository, through the program itself. Throws when the program could not judge. */
export function judging(r: Repo, rule: string, ...args: string[]): Said[] {
  const done = run(r.dir, ['check', '--json', '--rule', rule, ...args], { env: r.env });
  const document = done.json() as { findings?: Said[] };
  if (document.findings === undefined || done.code > 1) throw new Error(done.stdout + done.stderr);
  return document.findings;
}

/** Adds keys to a repository's policy and stages it. */
export function policy(r: Repo, more: Record<string, unknown>): Repo {
  const file = '.layerpolicyrc.json';
  return r.stage({ [file]: JSON.stringify({ ...JSON.parse(r.read(file)), ...more }) });
}
