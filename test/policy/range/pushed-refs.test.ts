import { describe, expect, it } from 'vitest';
import { parsePushedRefs } from '../../../src/policy/range/pushed-refs.js';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';

const zero = '0'.repeat(40);

describe('the refs of a push', () => {
  it.each([
    ['an ideographic space', 'refs/heads/a\u3000b'],
    ['a no-break space', 'refs/heads/a\u00a0b'],
    ['a line separator', 'refs/heads/a\u2028b'],
    ['a leading dash', 'refs/heads/--upload-pack=x'],
  ])('may hold %s, on either side', (_, ref) => {
    const r = exampleRepo().commit('bad', { '.build/x': 'x' });
    for (const [local, remote] of [
      [ref, 'refs/heads/x'],
      ['refs/heads/x', ref],
    ]) {
      const stdin = `${local} ${r.head()} ${remote} ${zero}\n`;
      const { code } = run(r.dir, ['check', '--stage', 'pre-push', 'origin', 'url'], { env: r.env, stdin });
      expect(code).toBe(1);
    }
  });

  it('are refused where a line cannot be read, never taken for none', () => {
    const r = exampleRepo();
    const stdin = 'refs/heads/x refs/heads/x\n';
    const { code, stderr } = run(r.dir, ['check', '--stage', 'pre-push', 'origin', 'url'], { env: r.env, stdin });
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be read')]);
  });

  it('may come with Windows line ends, with blanks on the left, or not at all', () => {
    const line = `main@{1 day ago} ${'a'.repeat(40)} refs/heads/x ${zero}`;
    const expected = { localRef: 'main@{1 day ago}', local: 'a'.repeat(40), remoteRef: 'refs/heads/x', remote: null };
    expect(parsePushedRefs(`${line}\r\n`)).toEqual([expected]);
    expect(parsePushedRefs('')).toEqual([]);
  });
});
