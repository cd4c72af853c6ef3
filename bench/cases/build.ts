import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliPath } from '../../test/kit/cli.js';
import type { Case } from './case.js';

const script = fileURLToPath(new URL('original-build.py', import.meta.url));

export const build: Case = {
  id: 'build',
  title: 'build of a source layer, 23 files, 0.3 MB',
  variants({ repo }) {
    const place = { cwd: repo.dir, env: repo.env };
    // The interpreter itself: a version manager's `python3` is a shell script that takes longer than the build.
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
    const run = [process.execPath, cliPath(), 'build', 'core'] as const;
    const forget = () => {
      for (const folder of ['.build', '.git/layer-policy'])
        rmSync(join(repo.dir, folder), { recursive: true, force: true });
    };
    return [
      { name: "the original scripts' way, python3 zipfile", command: [python, script], ...place, prepare: forget },
      { name: 'layer-policy build, the first', command: run, ...place, prepare: forget },
      { name: 'layer-policy build, once more', command: run, ...place },
    ];
  },
};
