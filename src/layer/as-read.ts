/**
 * A name as a reader takes it, and systems that drop what nobody sees: full-width, mathematical and ligature forms are
 * their plain letters, without characters that only steer or hide, in small letters. Equal to plain names in small letters.
 */
export function asRead(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : text.replace(hidden, '').normalize('NFKC').toLowerCase();
}

/** Those that no screen shows. */
const hidden =
  /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]|\udb40[\udc00-\uddef]/g;

/** A name in other characters that is read as one of plain letters and signs; `10²` and `Nº` are read as what they are. */
export function isDisguised(name: string): boolean {
  if (/^[\0-\x7f]*$/.test(name) || marked.test(name)) return false;
  return /^[ -~]*$/.test(name.normalize('NFKC'));
}

/** Raised, lowered, broken, circled and short forms, which nobody takes for the plain ones. */
const marked =
  /[\u00a0\u00a8\u00aa\u00b2-\u00b4\u00b8-\u00be\u02b0-\u02ff\u1d2c-\u1dbf\u2026\u2070-\u209f\u2100-\u2101\u2105-\u2106\u2116\u2120-\u2122\u2150-\u218b\u2460-\u24ff\u3200-\u33ff]/;
