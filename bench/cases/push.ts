import { cliPath } from '../../test/kit/cli.js';
import type { Case } from './case.js';

export const push: Case = {
  id: 'push',
  title: 'layer-policy check --stage pre-push, one commit of 20 files',
  variants(fixture) {
    const { repo } = fixture;
    fixture.stage('layer');
    const base = repo.head();
    const tip = repo.git('commit-tree', '-p', base, '-m', 'bench', repo.git('write-tree'));
    repo.git('update-ref', 'refs/remotes/origin/develop', base);
    repo.git('config', 'remote.origin.url', 'https://example.com/bench.git');
    const place = { cwd: repo.dir, env: repo.env };
    const hook = [
      process.execPath,
      cliPath(),
      'check',
      '--stage',
      'pre-push',
      'origin',
      'https://example.com/bench.git',
    ] as const;
    return [
      { name: 'git diff-tree -r', command: ['git', 'diff-tree', '-r', '--raw', '-z', base, tip], ...place },
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], ...place },
      { name: 'check', command: hook, ...place, stdin: `refs/heads/work ${tip} refs/heads/work ${base}\n` },
    ];
  },
};
