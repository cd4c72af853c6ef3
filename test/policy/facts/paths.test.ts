import { expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import { type Repo, symlink } from '../../kit/repo.js';

function files(r: Repo, from: string): string[] {
  const args = ['check', '--json', '--rule', 'no-build-commits', '--from', from, '--to', 'HEAD'];
  const { findings } = run(r.dir, args, { env: r.env }).json() as { findings: { file: string }[] };
  return findings.map(({ file }) => file);
}

it('a file that a later commit of the range makes a link is judged as both', () => {
  const r = exampleRepo();
  const from = r.head();
  r.commit('file', { '.build': 'x' })
    .remove('.build')
    .commit('link', { '.build': symlink('/tmp') });
  expect(files(r, from)).toEqual(['.build']);
});

it('a path that is no UTF-8 cannot be hidden behind a file called like its base64', () => {
  const r = exampleRepo();
  const from = r.head();
  const bytes = Buffer.from('.build/\xe9', 'latin1');
  r.commit('decoy', { [bytes.toString('base64')]: 'x' });
  const blob = r.feed('x', 'hash-object', '-w', '--stdin');
  r.feed(
    Buffer.concat([Buffer.from(`100644 ${blob}\t`), bytes, Buffer.from('\0')]),
    'update-index',
    '-z',
    '--index-info',
  );
  r.git('commit', '-q', '-m', 'bad');
  expect(files(r, from)).toEqual(['.build/\\xE9']);
});
