import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

/** Raw deflate at its highest level, every setting written out so that none can drift. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

export const settings = { level: 9, memLevel: 8, windowBits: 15, strategy: 0 } as const;

/** Equal where the same content gives the same bytes. */
export const recipe = `deflate ${Object.values(settings).join(' ')}, answer 1148549784`;

/** Runs in the thread pool. */
export const ownDeflate: Deflate = (() => {
  const deflate = promisify(deflateRaw);
  return (bytes) => deflate(bytes, settings);
})();

/** The same bytes as official Node's, everywhere, several times slower. */
export const twinDeflate: Deflate = async (bytes) => (await import('pako')).deflateRaw(bytes, settings);

let chosen: Promise<Deflate> | null = null;

/** This Node's own deflate where it gives the bytes that official builds agree about; elsewhere the twin. */
export function oneDeflate(): Promise<Deflate> {
  chosen ??= choose(ownDeflate);
  return chosen;
}

/**
 * zlib has forks, and each compresses a little differently: Bun's, those of distributions, Node's own before 20.19. Any of
 * them gives another answer to this question, which takes some milliseconds.
 */
export async function choose(own: Deflate): Promise<Deflate> {
  const answer = await own(question());
  return answer.length === 40_747 && crc32(answer) === 1_148_549_784 ? own : twinDeflate;
}

/** Words, letters and bytes in a fixed disorder, more than two windows of 32 KiB: short matches and long, and none. */
export function question(): Uint8Array {
  const text = Buffer.alloc(72_000);
  let state = 1;
  let at = 0;
  const draw = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
  const put = (byte: number) => {
    if (at < text.length) text[at++] = byte;
  };
  while (at < text.length) {
    const kind = (at >> 12) % 3;
    if (kind === 1) put(97 + (draw() % 3));
    else if (kind === 2) put(draw() & 255);
    else {
      const word = draw() % 509;
      for (let i = 0; i < 2 + (word % 9); i++) put(97 + (((word * (i + 7)) >>> 2) % 26));
      put(draw() % 7 === 0 ? 10 : 32);
    }
  }
  return text;
}
