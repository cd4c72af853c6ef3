import { join } from 'node:path';
import { failure } from '../errors.js';
import type { Claim, Env, Files, Lease, Processes, Registry } from '../ports.js';

/** Held by at most one run of one repository, all worktrees together. */
export interface Lock {
  /** Fails with `locked` when it is not ours any more: called before every act. */
  check(): Promise<void>;
  release(): Promise<void>;
}

type Ports = Pick<Env, 'git' | 'files' | 'processes' | 'now'>;

/**
 * Takes the lock or fails with `locked`. A holder that has died is found out by process, its start and the machine's, never
 * by age: a run that was only stopped still holds it.
 */
export async function takeLock({ git, files, processes, now }: Ports, command: string): Promise<Lock> {
  const path = join(await git.commonDir(), 'layer-policy', 'lock');
  const claim = await claimOf({ processes, now }, command);
  const text = `${JSON.stringify(claim)}\n`;
  await acquire(files, processes, path, text, 0);
  const holds = async () => (await read(files, path)) === text;
  return {
    async check() {
      if (!(await holds())) throw failure('locked', { holder: await holderOf(files, path) });
    },
    async release() {
      if (await holds()) await files.remove(path);
    },
  };
}

/** The lock and those of all targets, which hold against runs of other machines, as one. */
export async function withLeases(
  ports: Ports,
  lock: Lock,
  targets: readonly { registry: Registry }[],
  command: string,
): Promise<Lock> {
  const { processes } = ports;
  const here = { isAlive: processes.isAlive, clone: () => cloneOf(ports) };
  const leases: Lease[] = [];
  const release = async () => void (await Promise.all(leases.map((lease) => lease.release())));
  try {
    // Nobody waits for a lease, so none can wait for each other.
    for (const { registry } of targets) leases.push(await registry.lease(await claimOf(ports, command), here));
  } catch (error) {
    await release();
    throw error;
  }
  return {
    async check() {
      await lock.check();
      for (const lease of leases) await lease.check();
    },
    release,
  };
}

/** A name of this clone, made up at its first use. */
async function cloneOf({ git, files }: Pick<Ports, 'git' | 'files'>): Promise<string> {
  const path = join(await git.commonDir(), 'layer-policy', 'clone');
  await files.create(path, new TextEncoder().encode(`${crypto.randomUUID()}\n`));
  return (await read(files, path))?.trim() ?? '';
}

async function claimOf({ processes, now }: Pick<Ports, 'processes' | 'now'>, command: string): Promise<Claim> {
  return { ...(await processes.self()), command, since: new Date(now()).toISOString() };
}

/**
 * Of many who find the same dead holder one may replace it: whoever holds the lock of the takeover. A run that died in
 * there is found dead in turn.
 */
async function acquire(files: Files, processes: Processes, path: string, text: string, depth: number): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  if (await files.create(path, bytes)) return;
  const there = await read(files, path);
  if (there === null) {
    // Released a moment ago; one more try, and a lock that comes and goes is somebody's who is at work.
    if (await files.create(path, bytes)) return;
  } else if (depth < 8 && (await isDead(processes, there))) {
    const takeover = `${path}.takeover`;
    await acquire(files, processes, takeover, text, depth + 1);
    try {
      if ((await read(files, path)) === there) {
        await files.write(path, bytes);
        return;
      }
    } finally {
      await files.remove(takeover);
    }
  }
  throw failure('locked', { holder: await holderOf(files, path) });
}

async function isDead(processes: Processes, text: string): Promise<boolean> {
  const claim = parse(text);
  // Locks appear whole or not at all; one that cannot be read is nobody's.
  return claim === null || !(await processes.isAlive(claim));
}

async function holderOf(files: Files, path: string): Promise<string> {
  const claim = parse((await read(files, path)) ?? '');
  return claim === null
    ? 'a run that has just ended'
    : `process ${claim.pid} on ${claim.host}, since ${claim.since} (${claim.command})`;
}

function parse(text: string): Claim | null {
  try {
    const claim = JSON.parse(text);
    return typeof claim?.pid === 'number' && typeof claim.host === 'string' ? claim : null;
  } catch {
    return null;
  }
}

async function read(files: Files, path: string): Promise<string | null> {
  const bytes = await files.read(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
