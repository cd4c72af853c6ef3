import { spawn } from 'node:child_process';
import { kill } from 'node:process';

export interface Child {
  program: string;
  args: readonly string[];
  /** It works here, and everything it writes lies here. */
  folder: string;
  variables: Record<string, string>;
  /** Seconds. */
  limit?: number;
  /** How to end each child that runs now. */
  running: Set<() => void>;
}

export interface Ended {
  /** Null: it was ended, or never began. */
  code: number | null;
  stdout: string;
  /** The last of it. */
  stderr: string;
  isMissing: boolean;
}

/** Characters that are kept of what it says; a build may print without end. */
const kept = 1 << 20;

/** Runs a program to its end, or ends it with all that it started. */
export function runChild({ program, args, folder, variables, limit = 600, running }: Child): Promise<Ended> {
  return new Promise((resolve) => {
    // Files are as anybody may read them, whatever the umask of who builds.
    const child = spawn('sh', ['-c', 'umask 022 && exec "$0" "$@"', program, ...args], {
      cwd: folder,
      env: variables,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = () => {
      try {
        if (child.pid !== undefined) kill(-child.pid, 'SIGKILL');
      } catch {
        // All of it has ended.
      }
    };
    running.add(end);
    const timer = setTimeout(end, limit * 1000);
    let [stdout, stderr] = ['', ''];
    let isMissing = false;
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (stdout.length < 16 * kept) stdout += piece;
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr = (stderr + piece).slice(-kept);
    });
    child.once('error', (error) => {
      isMissing = 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
      stderr += error.message;
    });
    child.once('exit', () => {
      setTimeout(end, 100).unref();
      // Whoever left the group may hold our pipes open for as long as he likes.
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => void stream.destroy()), 1000).unref();
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      end();
      running.delete(end);
      resolve({ code, stdout, stderr, isMissing });
    });
  });
}
