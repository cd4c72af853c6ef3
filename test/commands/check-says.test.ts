import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { repo } from '../kit/repo.js';

describe('check says what is the matter', () => {
  it('where --cwd is no folder', () => {
    const { code, stderr } = run('/', ['check', '--cwd', '/no/such/folder']);
    expect([code, stderr]).toEqual([4, expect.stringContaining('/no/such/folder')]);
    expect(stderr).not.toContain('Install git');
  });

  it('about a number of warnings that is none', () => {
    const said = run(repo().dir, ['check', '--max-warnings', '-1']);
    expect([said.code, said.stderr]).toEqual([2, expect.stringContaining("takes a number from 0 up, not '-1'")]);
  });

  it.each([[['--help', '--json']], [['check', '--help', '--json']]])('in JSON that there is no %j', (argv) => {
    const said = run(repo().dir, argv);
    expect([said.code, said.json()]).toMatchObject([2, { ok: false, error: { code: 'help-json' } }]);
  });

  it('about a day that no calendar has', () => {
    for (const day of ['2026-02-31', '2026-13-01', '2026-01', 'today']) {
      expect([day, run(repo().dir, ['check', '--now', day]).code]).toEqual([day, 2]);
    }
    expect(run(repo().dir, ['check', '--now', '2026-02-31']).stderr).toContain('--now takes a day');
  });

  it('before the first commit', () => {
    const { code, stderr } = run(repo().dir, ['check', '--stage', 'all']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no commit yet')]);
  });
});
