import type { Row } from './measure.js';

/** What one case gave at each size; a row's name is the same at all of them. */
export interface Section {
  title: string;
  bySize: Map<string, Row[]>;
}

/** One aligned table: the first row of a section in milliseconds, the others as multiples of it with their range. */
export function table(sections: readonly Section[]): string {
  const lines: string[][] = [];
  for (const { title, bySize } of sections) {
    const names = [...bySize.values()][0]?.map((row) => row.name) ?? [];
    lines.push([title, ...bySize.keys()]);
    for (const [i, name] of names.entries()) {
      const cells = [...bySize.values()].map((rows) => cell(rows[i], i === 0));
      lines.push([`  ${name}`, ...cells]);
    }
    lines.push([]);
  }
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, i) => pad(text, i, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(row: Row | undefined, isBase: boolean): string {
  if (!row) return '';
  const { median, least, most } = row.ratio;
  return isBase ? `${row.ms.toFixed(0)} ms` : `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

function pad(text: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}
