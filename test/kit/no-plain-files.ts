import { spawn, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';

/** What may lie where a file is looked for, and never be read to an end. */
export const noPlainFiles: Record<string, (path: string) => void> = {
  'a pipe': (path) => void spawnSync('mkfifo', [path]),
  'a socket': (path) =>
    void spawnSync('python3', ['-c', 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])', path]),
  'a link to a device without an end': (path) => symlinkSync('/dev/zero', path),
  'a link to nothing': (path) => symlinkSync('nothing', path),
};

/** A shell that does this to the file `$0`, again and again, until it is told to stop. */
export function meddle(path: string, script: string): () => Promise<void> {
  const child = spawn('sh', ['-c', `while :; do ${script}; done`, path], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}
