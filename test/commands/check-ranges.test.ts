import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

describe('a range', () => {
  it.each(['pre-commit', 'pre-push'])('is no question to %s, and is not passed over', (stage) => {
    const r = exampleRepo().commit('bad', { '.build/x': 'x' });
    for (const flag of ['--from', '--to']) {
      const { code, stderr } = run(r.dir, ['check', '--stage', stage, flag, 'HEAD'], { env: r.env });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${flag} has no meaning at stage ${stage}`)]);
    }
  });

  it('that a shallow clone cuts off is refused at every stage', () => {
    const origin = exampleRepo().commit('two').branch('feature').commit('three');
    const r = origin.clone('--depth', '1', '--branch', 'feature');
    r.git('fetch', '-q', '--depth', '1', 'origin', 'develop:refs/remotes/origin/develop');
    for (const stage of ['ci', 'all', 'release']) {
      const { code } = run(r.dir, ['check', '--stage', stage, '--from', 'origin/develop'], { env: r.env });
      expect([stage, code]).toEqual([stage, 4]);
    }
  });
});

describe('ci in a shallow clone without the base branch', () => {
  it('cannot tell what changed, and says so', () => {
    const origin = exampleRepo().commit('two').branch('feature');
    origin.commit('not raised', { 'src_v2/inbox_core/new.py': 'x = 1\n' });
    const r = origin.clone('--depth', '1', '--branch', 'feature');
    const { code, stderr } = run(r.dir, ['check', '--stage', 'ci'], { env: r.env });
    expect([code, stderr]).toEqual([4, expect.stringContaining('fetch-depth: 0')]);
    expect(run(r.dir, ['check', '--stage', 'all'], { env: r.env }).code).toBe(0);
  });
});
