import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, visible } from '../../src/layer/printable.js';
import { github } from '../../src/report/github.js';
import { formats } from '../../src/report/index.js';
import { markdown } from '../../src/report/markdown.js';
import { tableRows } from './rendered.js';
import { readLine } from './runner.js';
import { problemsOf } from './valid.js';
import { finding, verdict, waived } from './verdicts.js';

const tokens = [
  ...['`', '``', '|', '\\', '\n', '\r', '::', ':', ',', '=', '##[', '%', '%0A', '%25', '<', '>', '<a>', '&', '&lt;'],
  ...[']]>', '[', ']', '](', '(', ')', '!', '@', '@x', 'http://', 'www.', '#1', ' ', '  ', 'a', 'Zz', '1', '-', '.'],
  ...['"', "'", '*', '_', '~~', '$', '{0}', '/', '..', '\u202e', '\u0000', '\u001b[', '\u009b', '\u2028', '\ufffe'],
  ...['\ud800', '\udc00', '😀', 'é', '日'],
];

/** Made of what readers take for more than text, or of any sixteen-bit units at all. */
const name = fc.oneof(
  fc.array(fc.constantFrom(...tokens), { maxLength: 24 }).map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 24 }).map((units) => String.fromCharCode(...units)),
);

const anyVerdict = fc.tuple(name, name, name, name).map(([file, message, hint, other]) =>
  verdict({
    findings: [finding({ file, message, hint, rule: other }), finding({ severity: 'warning', file: other, line: 2 })],
    waived: [waived(other, { file, message })],
    broken: [{ rule: file, error: message }],
    notices: [hint],
    judged: other,
    rules: { [other]: { title: hint, why: message } },
  }),
);

describe('whatever a name is', () => {
  it.each(Object.entries(formats))('%s is valid', async (format, write) => {
    // A run of xmllint starts a thread and compiles it anew.
    const numRuns = format === 'junit' ? 60 : 500;
    await fc.assert(
      fc.asyncProperty(anyVerdict, async (given) => {
        expect(await problemsOf[format]?.(write(given))).toEqual([]);
      }),
      { numRuns, seed: 20260131 },
    );
  });

  it('GitHub reads it back', () => {
    fc.assert(
      fc.property(name, (file) => {
        fc.pre(file !== '');
        const [line = ''] = github(verdict({ findings: [finding({ file })] })).split('\n');
        const parts = file.split(/([\r\n])/).map((part) => (/[\r\n]/.test(part) ? part : visible(part)));
        expect(readLine(line)?.properties.file).toBe(parts.join('').replaceAll('##[', '##\\x5B'));
      }),
      { numRuns: 2_000, seed: 20260131 },
    );
  });

  it('a reader of Markdown sees it', () => {
    const cell = (text: string) =>
      printable(text)
        .replace(/\\(?=\|)/g, '\\x5C')
        .trim();
    fc.assert(
      fc.property(name, (text) => {
        const [row] = tableRows(markdown(verdict({ findings: [finding({ file: text, message: text, hint: text })] })));
        expect(row?.map((shown) => shown.trim())).toEqual([cell(text), cell(text), cell(text)]);
      }),
      { numRuns: 2_000, seed: 20260131 },
    );
  });
});
