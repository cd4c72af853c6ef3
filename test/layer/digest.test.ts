import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDigest, type DigestedFile } from '../../src/layer/digest.js';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const file = (path: string, mode: 0o644 | 0o755, content: string): DigestedFile => ({
  path,
  mode,
  sha256: sha256(content),
});

describe('the content digest', () => {
  const files = [
    file('python/core/z.py', 0o644, ''),
    file('python/core/run.py', 0o755, 'run'),
    file('python/core/\u{1f600}.py', 0o644, 'far'),
    file('python/core/\uff5e.py', 0o644, 'wide'),
  ];

  it('is what another program makes of the contract', () => {
    const script = [
      'import sys, json, hashlib',
      'lines = sorted(("%04o %s\\0%s\\n" % (f["mode"], f["path"], f["sha256"])).encode() for f in json.load(sys.stdin))',
      'print(hashlib.sha256(b"".join(lines)).hexdigest(), end="")',
    ].join('\n');
    const expected = execFileSync('python3', ['-c', script], { input: JSON.stringify(files) }).toString();
    expect(contentDigest(files, sha256)).toBe(expected);
  });

  it('is pinned', () => {
    const line = `0644 python/a.py\0${sha256('x = 1\n')}\n`;
    expect(contentDigest([file('python/a.py', 0o644, 'x = 1\n')], sha256)).toBe(sha256(line));
    expect(sha256(line)).toBe('2ce66643110baa6413fdebd746a3b5303003ca4edf9a55b358647feee19a7af1');
  });

  it('does not depend on the order of files', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(contentDigest(shuffled, sha256)).toBe(contentDigest(files, sha256));
      }),
    );
  });
});
