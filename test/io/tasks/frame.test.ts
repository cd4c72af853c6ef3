import { expect, it } from 'vitest';
import { frame, type Standing } from '../../../src/io/tasks/frame.js';
import { screenOf } from '../../kit/screen.js';

const same = (text: string) => text;
const plain = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
const steps = (length: number) => Array.from({ length }, (_, i) => `store layers/layer-${i}-1.0.0.zip in dev`);
const running = { state: 'running', moved: null, seconds: 0 } as const;

function drawn(standing: Partial<Standing>, size = { columns: 80, rows: 24 }, style = plain): string {
  return frame({ texts: steps(5), ended: [], current: null, turn: 0, ...standing }, size, style).join('\n');
}

it('each task has its state', () => {
  expect(drawn({ ended: ['done', 'present'], current: running })).toBe(
    [
      '  ✔ store layers/layer-0-1.0.0.zip in dev',
      '  = store layers/layer-1-1.0.0.zip in dev  (is there already)',
      '  ⠋ store layers/layer-2-1.0.0.zip in dev',
      '  ○ store layers/layer-3-1.0.0.zip in dev',
      '  ○ store layers/layer-4-1.0.0.zip in dev',
    ].join('\n'),
  );
  expect(drawn({ ended: ['done'], current: { ...running, state: 'failed' } })).toContain('✖ store layers/layer-1-');
});

it('the one at work says how far it is: bytes, things, and how long it has taken', () => {
  const MB = 1_048_576;
  const far = (moved: Standing['current'] & object) => /dev {2}(.*)/.exec(drawn({ current: moved }))?.[1];
  const at = (done: number, of: number, unit: 'bytes in' | 'bytes out' | 'objects', seconds = 0) =>
    far({ ...running, moved: { done, of, unit }, seconds });
  expect(at(12.3 * MB, 48 * MB, 'bytes out')).toBe('↑ 12.3 / 48.0 MB  25 %');
  expect(at(47.999 * MB, 48 * MB, 'bytes in', 14.8)).toBe('↓ 48.0 / 48.0 MB  99 %  14 s');
  expect(at(5 * 1024, 20 * 1024, 'bytes out')).toBe('↑  5 / 20 kB  25 %');
  expect(at(1234, 10_000, 'objects')).toBe(' 1,234 / 10,000 objects  12 %');
  expect(at(0, 0, 'objects')).toBe('0 / 0 objects  100 %');
  expect(far({ ...running, seconds: 3 })).toBe('3 s');
  expect(far({ ...running, seconds: 2.9 })).toBe(undefined);
});

it('a narrow terminal keeps the share, and the text is what is cut', () => {
  const moved = { done: 1, of: 4, unit: 'bytes out' } as const;
  const [first, second] = drawn({ current: { ...running, moved } }, { columns: 40, rows: 24 }).split('\n');
  expect([first, second]).toEqual([
    '  ⠋ store layers/layer-0-1.0.0…  ↑ 25 %',
    '  ○ store layers/layer-1-1.0.0.zip in …',
  ]);
});

it('of a thousand the ones around the one at work are shown, the others counted', () => {
  const texts = steps(1000);
  const ended = [...Array<'done'>(497).fill('done'), ...Array<'present'>(3).fill('present')];
  expect(drawn({ texts, ended, current: running }, { columns: 80, rows: 9 })).toBe(
    [
      '  ✔ 497 done, 1 there already',
      '  = store layers/layer-498-1.0.0.zip in dev  (is there already)',
      '  = store layers/layer-499-1.0.0.zip in dev  (is there already)',
      '  ⠋ store layers/layer-500-1.0.0.zip in dev',
      '  ○ store layers/layer-501-1.0.0.zip in dev',
      '  ○ store layers/layer-502-1.0.0.zip in dev',
      '  ○ store layers/layer-503-1.0.0.zip in dev',
      '  ○ 496 more',
    ].join('\n'),
  );
  const there = Array<'present'>(9).fill('present');
  expect(drawn({ texts, ended: there, current: running }, { columns: 80, rows: 6 })).toMatch(
    /^ {2}= 8 there already\n/,
  );
  expect(drawn({ texts: steps(1_200) }, { columns: 80, rows: 6 })).toMatch(/1,197 more$/);
});

it('it fits whatever terminal, wherever it stands, and shows the one at work', () => {
  for (const length of [1, 2, 3, 5, 24, 25, 1000]) {
    for (const rows of [1, 2, 3, 4, 5, 24]) {
      for (const columns of [1, 8, 20, 40, 100]) {
        for (const at of [0, 1, Math.floor(length / 2), length - 1]) {
          const ended = Array<'done'>(Math.min(at, length - 1)).fill('done');
          const standing = { texts: steps(length), ended, current: running };
          const lines = drawn(standing, { columns, rows }).split('\n');
          expect(lines.length, `${length} ${rows}`).toBeLessThanOrEqual(Math.max(1, rows - 1));
          if (columns > 8) expect(Math.max(...lines.map((one) => one.length))).toBeLessThan(columns);
          expect(lines.filter((one) => one.includes('⠋'))).toHaveLength(1);
        }
      }
    }
  }
});

it('what git or a zip names cannot speak to the terminal', () => {
  const [first] = drawn({ texts: ['copy \u001b[2Ja\nb'] }).split('\n');
  expect(first).toBe('  ○ copy \\x1B[2Ja\\x0Ab');
  expect(screenOf(`${first}\n`, { columns: 80, rows: 24 }).lines).toHaveLength(1);
});
