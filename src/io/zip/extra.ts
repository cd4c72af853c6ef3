import type { Say } from './say.js';

/** Times and owners, which change nothing about the content. Unicode paths, zip64, AES and unknown ones could. */
const harmless = new Set([0x5455, 0x7875, 0x5855, 0x000a, 0xcafe]);

/** Judges the extra fields from `start` to `end`, of the directory's record or the local header. */
export function judgeExtra(view: DataView, start: number, end: number, path: string, say: Say): void {
  for (let at = start; at < end; ) {
    const id = at + 4 > end ? null : view.getUint16(at, true);
    const next = id === null ? end + 1 : at + 4 + view.getUint16(at + 2, true);
    if (id !== null && !harmless.has(id)) {
      say('broken', path, `an extra field that changes meaning (0x${id.toString(16).padStart(4, '0')})`);
    }
    if (next > end) say('broken', path, 'a broken extra field');
    at = next;
  }
}
