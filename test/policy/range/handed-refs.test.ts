import { expect, it } from 'vitest';
import { handedRefs } from '../../../src/policy/range/handed-refs.js';

const oid = (digit: string) => digit.repeat(40);
const git = { object: async (name: string) => (name === 'refs/heads/work' ? { oid: oid('a'), type: 'commit' } : null) };
const told = {
  PRE_COMMIT: '1',
  PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/work',
  PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/work',
  PRE_COMMIT_REMOTE_NAME: 'fork',
};
const ref = (local: string | null) => ({
  localRef: 'refs/heads/work',
  local,
  remoteRef: 'refs/heads/work',
  remote: null,
});
const line = `refs/heads/x ${oid('1')} refs/heads/x ${oid('2')}\n`;

it.each([
  ['git, with lines', line, {}, ['refs/heads/x'], 'origin'],
  ['git, with nothing to push', '', {}, [], 'origin'],
  ['lines, whatever the variables say', line, told, ['refs/heads/x'], 'origin'],
  ['variables of a run that is not a push', '', { PRE_COMMIT: '1' }, [], 'origin'],
  ['variables that nobody but pre-commit may set', '', { ...told, PRE_COMMIT: undefined }, [], 'origin'],
  ['pre-commit', '', told, ['refs/heads/work'], 'fork'],
])('%s', async (_, stdin, vars, refs, remote) => {
  const handed = await handedRefs(git, stdin, 'origin', vars);
  expect([handed.refs.map(({ remoteRef }) => remoteRef), handed.remote]).toEqual([refs, remote]);
});

it('the tip is what pre-commit names, a tag itself too; else what its ref leads to', async () => {
  const named = await handedRefs(git, '', null, { ...told, PRE_COMMIT_TO_REF: oid('b') });
  expect(named.refs).toEqual([ref(oid('b'))]);
  expect((await handedRefs(git, '', null, told)).refs).toEqual([ref(oid('a'))]);
  for (const other of ['HEAD', `x${oid('b')}`, `${oid('b')}x`])
    expect((await handedRefs(git, '', null, { ...told, PRE_COMMIT_TO_REF: other })).refs).toEqual([ref(oid('a'))]);
  expect((await handedRefs(git, '', null, { ...told, PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/gone' })).refs).toEqual([
    { ...ref(null), localRef: 'refs/heads/gone' },
  ]);
});
