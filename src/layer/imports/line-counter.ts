/** Tells the line, counted from 1, of places that are asked for in their order. */
export function lineCounter(text: string): (at: number) => number {
  const lineEnd = /\r\n?|\n/g;
  let line = 1;
  let next = lineEnd.exec(text);
  return (at) => {
    for (; next !== null && next.index < at; next = lineEnd.exec(text)) line += 1;
    return line;
  };
}
