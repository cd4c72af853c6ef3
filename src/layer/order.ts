/**
 * Sorts as the UTF-8 bytes of two texts do. JavaScript compares UTF-16 units, which puts characters beyond U+FFFF in
 * front of U+E000 to U+FFFF; everything this tool sorts for a digest must come out as any other program sorts it.
 */
export function byUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}
