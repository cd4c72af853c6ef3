import { join } from 'node:path';
import type { Env } from '../ports.js';

/** A published layer version that no manifest names: what an aborted release left. */
export interface Orphan {
  name: string;
  version: string;
  environment: string;
  arn: string;
  sha256: string;
  /** When it was given up, ISO 8601 UTC. */
  at: string;
}

type Ports = Pick<Env, 'git' | 'files'>;

const pathOf = async ({ git }: Ports) => join(await git.commonDir(), 'layer-policy', 'orphans.jsonl');

export async function readOrphans(ports: Ports): Promise<Orphan[]> {
  const text = new TextDecoder().decode((await ports.files.read(await pathOf(ports))) ?? new Uint8Array());
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Orphan];
    } catch {
      return [];
    }
  });
}

/** Adds some and drops those that were adopted, by ARN and digest. */
export async function updateOrphans(
  ports: Ports,
  change: { add?: Orphan[]; drop?: { arn: string; sha256: string }[] },
): Promise<void> {
  const before = await readOrphans(ports);
  const is = (a: { arn: string; sha256: string }, b: { arn: string; sha256: string }) =>
    a.arn === b.arn && a.sha256 === b.sha256;
  const kept = before.filter((one) => !change.drop?.some((other) => is(one, other)));
  const added = (change.add ?? []).filter((one) => !kept.some((other) => is(one, other)));
  if (kept.length === before.length && added.length === 0) return;
  const text = [...kept, ...added].map((one) => `${JSON.stringify(one)}\n`).join('');
  await ports.files.write(await pathOf(ports), new TextEncoder().encode(text));
}
