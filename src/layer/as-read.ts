/**
 * A name as a reader takes it, and systems that drop what nobody sees: full-width, mathematical and ligature forms are
 * their plain letters, and so are Cyrillic and Greek ones that are drawn alike, without characters that only steer or hide,
 * in small letters. Equal to plain names in small letters.
 */
export function asRead(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  const plain = text.replace(hidden, '').normalize('NFKC');
  return plain.replace(/[\u0370-\u052f]/g, (letter) => lookAlikes.get(letter) ?? letter).toLowerCase();
}

/** Those that no screen shows. */
const hidden =
  /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]|\udb40[\udc00-\uddef]/g;

/** A name in other characters that is read as one of plain letters and signs; `10²` and `Nº` are read as what they are. */
export function isDisguised(name: string): boolean {
  if (/^[\0-\x7f]*$/.test(name)) return false;
  return (
    (!marked.test(name) && /^[ -~]*$/.test(name.normalize('NFKC'))) || (name.match(/\p{L}+/gu) ?? []).some(isMixed)
  );
}

/** A word of Latin letters, some of which are others drawn alike; `сор` is Russian, and `ρv` a formula. */
function isMixed(word: string): boolean {
  const others = word.replace(/[A-Za-z]/g, '');
  return others !== '' && word.length - others.length >= 2 && [...others].every((letter) => lookAlikes.has(letter));
}

/** What Cyrillic and Greek letters look like, after Unicode's table of confusables. */
const lookAlikes = new Map([
  ...drawnAlike(
    'acdehijlopqsvwxyABCEHIIJKMOPQSTWXY',
    '\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u051b\u0455\u0475\u051d\u0445\u0443\u0410\u0412\u0421\u0415\u041d\u0406\u04c0\u0408\u041a\u041c\u041e\u0420\u051a\u0405\u0422\u051c\u0425\u04ae',
  ),
  ...drawnAlike(
    'aioopuvyABEHIKMNOPTXYZ',
    '\u03b1\u03b9\u03bf\u03c3\u03c1\u03c5\u03bd\u03b3\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u03a5\u0396',
  ),
]);

function drawnAlike(plain: string, letters: string): [letter: string, plain: string][] {
  return [...letters].map((letter, at) => [letter, plain[at] ?? '']);
}

/** Raised, lowered, broken, circled and short forms, which nobody takes for the plain ones. */
const marked =
  /[\u00a0\u00a8\u00aa\u00b2-\u00b4\u00b8-\u00be\u02b0-\u02ff\u1d2c-\u1dbf\u2026\u2070-\u209f\u2100-\u2101\u2105-\u2106\u2116\u2120-\u2122\u2150-\u218b\u2460-\u24ff\u3200-\u33ff]/;
