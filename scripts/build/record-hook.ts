import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { exampleRepo } from '../../test/kit/example.js';

/** Runs the built hook on a change of the example as people make it, and keeps what V8 compiled for it. */
export function recordHook(bin: string): void {
  const story = exampleRepo();
  story.stage({
    VERSION: story.read('VERSION').replace(/^(INBOX_CORE_VERSION)=.*$/m, '$1=1.9.0'),
    'src_v2/inbox_core/added.py': 'ADDED = True\n',
  });
  const hook = ['--require', resolve('scripts/build/record.cjs'), resolve(bin), 'check', '--stage', 'pre-commit'];
  execFileSync(process.execPath, hook, { cwd: story.dir, env: story.env });
}
