import type { Look } from '../../ports.js';

/** Keeps each content, without copying it where it comes as a whole: of zips in memory only, for of a file it is read over. */
export const whole: Look<Uint8Array> = ({ size }) => {
  let content = new Uint8Array(0);
  return {
    show(piece, at) {
      if (piece.length === size) content = piece as Uint8Array<ArrayBuffer>;
      else {
        if (content.length === 0) content = new Uint8Array(size);
        content.set(piece, at);
      }
    },
    seen: () => content,
  };
};
