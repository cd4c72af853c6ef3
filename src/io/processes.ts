import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import type { Holder, Processes } from '../ports.js';

/** Processes as the system knows them. */
export const processes: Processes = {
  async self() {
    return { host: hostname(), boot: await boot(), pid, started: await startOf(pid) };
  },
  async isAlive(holder: Holder) {
    if (holder.host !== hostname()) return true;
    if (holder.boot !== (await boot())) return false;
    return isRunning(holder.pid) && holder.started === (await startOf(holder.pid));
  },
};

async function boot(): Promise<string | null> {
  return (await read('/proc/sys/kernel/random/boot_id'))?.trim() ?? null;
}

/** Linux only: a number given anew belongs to a process that started later. */
async function startOf(number: number): Promise<string | null> {
  const stat = await read(`/proc/${number}/stat`);
  // The program's name, in parentheses, may hold blanks and parentheses itself; what follows it does not.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended: it waits for its parent to look, and does nothing more.
  return fields?.[0] === 'Z' ? 'ended' : (fields?.[19] ?? null);
}

function isRunning(number: number): boolean {
  try {
    kill(number, 0);
    return true;
  } catch (error) {
    // Another user's process is alive, it only does not take our signals.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
