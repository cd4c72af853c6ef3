import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { repo } from '../kit/repo.js';

describe('check says what is the matter', () => {
  it('where --cwd is no folder', () => {
    const { code, stderr } = run('/', ['check', '--cwd', '/no/such/folder']);
    expect([code, stderr]).toEqual([4, expect.stringContaining('/no/such/folder')]);
    expect(stderr).not.toContain('Install git');
  });

  it('before the first commit', () => {
    const { code, stderr } = run(repo().dir, ['check', '--stage', 'all']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no commit yet')]);
  });
});
