import { describe, expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import type { Repo } from '../../kit/repo.js';

const zero = '0'.repeat(40);

function push(r: Repo, ref: string) {
  const stdin = `${ref} ${r.head(ref)} ${ref} ${zero}\n`;
  return run(r.dir, ['check', '--stage', 'pre-push', '--now', '2026-01-31', 'origin', 'url'], { env: r.env, stdin });
}

describe('a new ref on a commit that the base branch has', () => {
  const origin = () =>
    exampleRepo().commit('old sin', { 'layer_management/archive/2020-01/inbox-core-0.1.0.zip': 'PK' });

  it('adds nothing, so what was there before does not stop it', () => {
    const r = origin().clone().branch('feature');
    r.git('tag', 'mark');
    expect([push(r, 'refs/heads/feature').code, push(r, 'refs/tags/mark').code]).toEqual([0, 0]);
  });

  it('is judged whole where no remote is known to have it', () => {
    const r = origin().branch('feature');
    expect(push(r, 'refs/heads/feature').code).toBe(1);
    expect(push(r, 'refs/heads/develop').code).toBe(1);
  });
});
