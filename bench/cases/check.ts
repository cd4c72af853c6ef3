import { cliPath } from '../../test/kit/cli.js';
import type { Case } from './case.js';

export const check: Case = {
  id: 'check',
  title: 'layer-policy check --stage pre-commit, 20 files staged',
  variants(fixture) {
    const place = { cwd: fixture.repo.dir, env: fixture.repo.env };
    const run = [process.execPath, cliPath(), 'check', '--stage', 'pre-commit'] as const;
    return [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], ...place },
      { name: "check, 10 of the layer's source", command: run, ...place, prepare: () => fixture.stage('layer') },
      { name: 'check, none the policy is about', command: run, ...place, prepare: () => fixture.stage('other') },
    ];
  },
};
