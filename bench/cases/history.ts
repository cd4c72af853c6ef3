import { cliPath } from '../../test/kit/cli.js';
import type { Case } from './case.js';

const commits = 10_000;

export const history: Case = {
  id: 'history',
  title: `layer-policy check --stage pre-push, ${commits.toLocaleString('en')} commits`,
  variants({ repo }) {
    const base = repo.head('develop');
    repo.feed(stream(base), 'fast-import', '--quiet', '--force');
    const tip = repo.head('refs/heads/long');
    repo.git('update-ref', 'refs/remotes/origin/develop', base);
    repo.git('config', 'remote.origin.url', 'https://example.com/bench.git');
    const place = { cwd: repo.dir, env: repo.env };
    const hook = ['check', '--stage', 'pre-push', 'origin', 'https://example.com/bench.git'];
    return [
      {
        name: 'git log --raw',
        command: ['git', 'log', '--raw', '--no-abbrev', '-z', '--format=%H', '--no-renames', `${base}..${tip}`],
        ...place,
      },
      {
        name: 'check',
        command: [process.execPath, cliPath(), ...hook],
        ...place,
        stdin: `refs/heads/long ${tip} refs/heads/long ${'0'.repeat(40)}\n`,
      },
    ];
  },
};

/** Each changes one file among a hundred. */
function stream(base: string): string {
  const start = Date.parse('2026-01-16T12:00:00Z') / 1000;
  return Array.from({ length: commits }, (_, i) => {
    const text = `commit ${i}\n`;
    return `commit refs/heads/long
committer Kit <kit@example.com> ${start + i} +0000
data 1
x${i === 0 ? `\nfrom ${base}` : ''}
M 100644 inline notes/n${i % 100}.txt
data ${text.length}
${text}`;
  }).join('');
}
