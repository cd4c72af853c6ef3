import { expect, it } from 'vitest';
import { recorded } from '../commands/releasing.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';
import { judging } from './judging.js';

const readme = 'layer_management/active/inbox-core/README.md';
const raised = (r: Repo, version: string) => ({
  VERSION: r.read('VERSION').replace(/^(INBOX_CORE_VERSION)=.*$/m, `$1=${version}`),
});

const check = (r: Repo, ...args: string[]) => judging(r, 'readme-on-major', ...args);
const said = (r: Repo, ...args: string[]) => check(r, ...args).map(({ message }) => message);
/** What people read: notices are there. */
const shown = (r: Repo, ...args: string[]) =>
  run(r.dir, ['check', '--rule', 'readme-on-major', ...args], { env: r.env }).stdout;

it('refuses a major version whose README stays as it was, until it changes', () => {
  const r = exampleRepo();
  const from = r.head();
  const unchanged = `inbox-core rises from 1.0.0 to 2.0.0, and its README.md is as it was in ${from.slice(0, 7)}`;
  r.branch('feature').stage(raised(r, '2.0.0'));
  expect(check(r, '--stage', 'pre-commit')).toMatchObject([
    { file: readme, layer: 'inbox-core', message: unchanged, hint: expect.stringContaining(`git add -- :/${readme}`) },
  ]);
  r.git('commit', '-q', '-m', 'raise');
  expect(said(r, '--from', from)).toEqual([unchanged]);
  expect(said(r.stage({ 'docs/x.md': 'x' }), '--stage', 'pre-commit')).toEqual([]);

  r.stage({ [readme]: `${r.read(readme)}\n2.0.0: renamed.\n` });
  expect(said(r, '--stage', 'pre-commit')).toEqual([]);
  r.git('commit', '-q', '-m', 'say so');
  expect(said(r, '--from', from)).toEqual([]);
  // The branch as a whole is the change: taking it back is refused again.
  r.git('checkout', '-q', from, '--', readme);
  expect(said(r, '--stage', 'pre-commit')).toEqual([unchanged]);
});

it('refuses one without a README', () => {
  const r = exampleRepo();
  const from = r.head();
  r.stage({ ...raised(r, '2.0.0'), [readme]: null });
  const missing = ['inbox-core rises from 1.0.0 to 2.0.0, and has no README.md'];
  expect(said(r, '--stage', 'pre-commit')).toEqual(missing);
  r.git('commit', '-q', '-m', 'raise');
  expect(said(r, '--from', from)).toEqual(missing);
});

it.each(['1.1.0', '1.0.1', '0.9.0', '1.0.0', 'two'])('lets %s be', (version) => {
  const r = exampleRepo();
  expect(said(r.stage(raised(r, version)), '--stage', 'pre-commit')).toEqual([]);
});

it('lets a new layer be, and a function', () => {
  const r = exampleRepo().commit('none', { VERSION: 'INGEST_VERSION=1.0.0\n' });
  r.stage({ VERSION: 'INGEST_VERSION=2.0.0\nINBOX_CORE_VERSION=3.0.0\n' });
  expect(said(r, '--stage', 'pre-commit')).toEqual([]);
});

it('compares a whole tree with the last release, and says what a shallow clone cannot tell', () => {
  const r = exampleRepo();
  expect(recorded(r, 'inbox-core').code).toBe(0);
  r.commit('raise', raised(r, '2.0.0'));
  const unchanged = 'inbox-core rises from 1.0.0 to 2.0.0, and its README.md is as it was at release 1.0.0';
  for (const stage of ['all', 'release']) expect(said(r, '--stage', stage)).toEqual([unchanged]);

  const shallow = r.clone('--depth', '1');
  expect(said(shallow, '--stage', 'all')).toEqual([]);
  expect(shown(shallow, '--stage', 'all')).toMatch(/is not judged: commit [0-9a-f]{12}, .* git fetch --unshallow/);

  r.commit('say so', { [readme]: '# inbox-core\n\n2.0.0: renamed.\n' });
  expect(said(r, '--stage', 'all')).toEqual([]);
  expect(recorded(r, 'inbox-core').code).toBe(0);
  expect(said(r, '--stage', 'all')).toEqual([]);
});

it('says nothing of a whole tree that was never released', () => {
  const r = exampleRepo();
  expect(said(r.commit('raise', raised(r, '2.0.0')), '--stage', 'all')).toEqual([]);
});
