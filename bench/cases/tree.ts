import { cliPath } from '../../test/kit/cli.js';
import { withPeers } from '../../test/kit/peers.js';
import { configure } from '../peers.js';
import type { Case } from './case.js';

export const tree: Case = {
  id: 'tree',
  title: 'layer-policy check --stage all, the whole tree',
  variants(fixture) {
    fixture.stage('layer');
    configure(fixture.repo);
    const place = { cwd: fixture.repo.dir, env: withPeers(fixture.repo) };
    return [
      { name: 'git ls-files -s -z', command: ['git', 'ls-files', '-s', '-z'], ...place },
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], ...place },
      { name: 'check', command: [process.execPath, cliPath(), 'check', '--stage', 'all'], ...place },
      { name: 'ls-lint, names of zips', command: ['ls-lint'], ...place },
      { name: 'lefthook, nothing below .build/', command: ['lefthook', 'run', 'tree'], ...place },
      {
        name: 'pre-commit, nothing below .build/',
        command: ['pre-commit', 'run', '--all-files'],
        ...place,
      },
    ];
  },
};
