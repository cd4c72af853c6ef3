import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edit, type TextFix } from '../../src/fix/edit.js';
import { parseVersionFile } from '../../src/layer/version-file.js';
import { textFlaws } from '../../src/rule/index.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const mended = (text: string | Uint8Array, ...fixes: TextFix[]) =>
  Buffer.from(edit(typeof text === 'string' ? utf8(text) : text, fixes)).toString('latin1');
const flaw = (name: (typeof textFlaws)[number]): TextFix => ({ kind: 'normalize', flaw: name });
const all = textFlaws.map(flaw);

it.each([
  ['\ufeffA=1\n', 'A=1\n'],
  ['A=1\r\nB=2\r\n', 'A=1\nB=2\n'],
  ['A=1', 'A=1\n'],
  ['\ufeffA=1\r\nB=2', 'A=1\nB=2\n'],
  ['A=1\r', 'A=1\n'],
  ['A=1\rB=2\n', 'A=1\rB=2\n'],
  ['A=\ufeff1\n', 'A=\u00ef\u00bb\u00bf1\n'],
  ['', ''],
])('%j becomes %j', (before, after) => {
  expect(mended(before, ...all)).toBe(after);
});

it('mends what it is told to, and nothing else', () => {
  expect(mended('\ufeffA=1\r\nB=2', flaw('no-final-newline'))).toBe('\u00ef\u00bb\u00bfA=1\r\nB=2\r\n');
  expect(mended('A=1\r\nB=2', flaw('bom'))).toBe('A=1\r\nB=2');
});

describe('any text', () => {
  const bytes = fc.array(
    fc.constantFrom(utf8('\ufeff'), utf8('\r'), utf8('\n'), utf8('A=1'), utf8('# é'), new Uint8Array([0, 0xff])),
    { maxLength: 12 },
  );
  const joined = (parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

  it('is left by its first mending as a second one leaves it', () => {
    fc.assert(
      fc.property(bytes, (parts) => {
        const once = edit(joined(parts), all);
        expect(edit(once, all)).toBe(once);
      }),
      { numRuns: 2_000, seed: 20260131 },
    );
  });

  it('loses and gains no other bytes, and has these flaws no more', () => {
    const rest = (text: Uint8Array) =>
      Buffer.from(text)
        .toString('latin1')
        .replace(/\u00ef\u00bb\u00bf|[\r\n]/g, '');
    fc.assert(
      fc.property(bytes, (parts) => {
        const before = joined(parts);
        const after = edit(before, all);
        expect(rest(after)).toBe(rest(before));
        const left = parseVersionFile(after).problems.map(({ problem }) => problem);
        expect(left).not.toContain('no-final-newline');
        const lone = /\r(?!\n)/.test(Buffer.from(after).toString('latin1'));
        expect(left.includes('carriage-return')).toBe(lone);
      }),
      { numRuns: 2_000, seed: 20260131 },
    );
  });
});

describe('lines', () => {
  const lines: TextFix = { kind: 'append', lines: ['/.build/*', '!/.build/README.md'] };

  it('are added at the end, in the line ends the text has, and not a second time', () => {
    expect(mended('', lines)).toMatch(/^# .*\n\/\.build\/\*\n!\/\.build\/README\.md\n$/);
    expect(mended('*.pyc', lines)).toMatch(/^\*\.pyc\n\n# .*\n\/\.build\/\*\n!\/\.build\/README\.md\n$/);
    expect(mended('*.pyc\r\n', lines)).toMatch(/^\*\.pyc\r\n\r\n# .*\r\n\/\.build\/\*\r\n!\/\.build\/README\.md\r\n$/);
    for (const text of ['', '*.pyc', '*.pyc\r\n']) {
      const once = edit(utf8(text), [lines]);
      expect(edit(once, [lines])).toBe(once);
    }
  });

  it('are added again behind what undoes them', () => {
    expect(mended('/.build/*\n!/.build/README.md\n!/.build/x\n', lines)).toMatch(
      /x\n\n# .*\n\/\.build\/\*\n!\/\.build\/README\.md\n$/,
    );
  });

  it('leave bytes of any encoding as they are', () => {
    const latin1 = new Uint8Array([0xe9, 0x0a, 0xff]);
    expect(edit(latin1, [lines]).subarray(0, 3)).toEqual(latin1);
  });
});
