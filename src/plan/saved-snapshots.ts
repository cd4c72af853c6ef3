import { join } from 'node:path';
import type { Env } from '../ports.js';

type Ports = Pick<Env, 'git' | 'files'>;

const pathOf = async ({ git }: Ports) => join(await git.commonDir(), 'layer-policy', 'snapshots.jsonl');

/** Where this clone saved snapshots that are still there; one that was deleted keeps nothing any more. */
export async function savedSnapshots(ports: Ports): Promise<string[]> {
  const known = await remembered(ports);
  const there = await Promise.all(known.map((path) => ports.files.exists(path)));
  return known.filter((_, at) => there[at]);
}

/** `path` is absolute. */
export async function rememberSnapshot(ports: Ports, path: string): Promise<void> {
  const all = [...new Set([...(await savedSnapshots(ports)), path])];
  const text = all.map((one) => `${JSON.stringify(one)}\n`).join('');
  await ports.files.write(await pathOf(ports), new TextEncoder().encode(text));
}

async function remembered(ports: Ports): Promise<string[]> {
  const text = new TextDecoder().decode((await ports.files.read(await pathOf(ports))) ?? new Uint8Array());
  return text.split('\n').flatMap((line) => {
    try {
      return [String(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
