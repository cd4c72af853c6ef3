/** `812 B`, `12.3 kB`, `4.56 MB` (1,048,576 bytes): three digits, for people. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const [number, unit] = count < 1_047_552 ? [count / 1024, 'kB'] : [count / 1_048_576, 'MB'];
  return `${number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)} ${unit}`;
}

/** `+1.20 kB`, `−3 B`; nothing where nothing changed. */
export function difference(before: number, after: number): string {
  if (before === after) return '';
  return `${after > before ? '+' : '−'}${bytes(Math.abs(after - before))}`;
}
