import { cliPath } from '../../test/kit/cli.js';
import type { Case } from './case.js';

export const tree: Case = {
  id: 'tree',
  title: 'layer-policy check --stage all, the whole tree',
  variants(fixture) {
    fixture.stage('layer');
    const place = { cwd: fixture.repo.dir, env: fixture.repo.env };
    return [
      { name: 'git ls-files -s -z', command: ['git', 'ls-files', '-s', '-z'], ...place },
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], ...place },
      { name: 'check', command: [process.execPath, cliPath(), 'check', '--stage', 'all'], ...place },
    ];
  },
};
