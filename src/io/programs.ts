import { execFile } from 'node:child_process';
import { delimiter, isAbsolute } from 'node:path';
import type { Programs } from '../ports.js';

/** Asks them in a folder of nobody, for three seconds. */
export function programsOn(vars: Record<string, string | undefined>, folder: string): Programs {
  // A relative folder on PATH would run what lies in the repository.
  const path = (vars.PATH ?? '').split(delimiter).filter(isAbsolute).join(delimiter);
  return {
    version: (name) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: { ...vars, PATH: path }, timeout: 3000, maxBuffer: 1 << 16 };
        execFile(name, ['--version'], options, (error, stdout, stderr) => {
          const [line = ''] = `${stdout.trim()}\n${stderr.trim()}`.trim().split('\n');
          resolve(error === null && line !== '' ? line.slice(0, 200) : null);
        });
      }),
  };
}
