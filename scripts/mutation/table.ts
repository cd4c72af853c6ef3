/** A report of Stryker, as far as it is shown. Lines and columns count from 1. */
export interface Measured {
  files: Record<
    string,
    {
      source: string;
      mutants: {
        mutatorName: string;
        replacement?: string;
        status: string;
        location: { start: { line: number; column: number }; end: { line: number; column: number } };
      }[];
    }
  >;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 100);

/** One line for each change that no test noticed: `file:line:column what stood there → what stood in its place`. */
export function survivors({ files }: Measured, within: (file: string) => boolean): string {
  const lines = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    within(file)
      ? mutants
          .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
          .map(({ location: { start, end }, replacement = '', status }) => {
            const [first = '', ...more] = source.split('\n').slice(start.line - 1, end.line);
            const whole = [first, ...more];
            whole[whole.length - 1] = (whole.at(-1) ?? '').slice(0, end.column - 1);
            const text = oneLine([(whole[0] ?? '').slice(start.column - 1), ...whole.slice(1)].join(' '));
            const untested = status === 'NoCoverage' ? ' (no test runs it)' : '';
            return `${file}:${start.line}:${start.column}  ${text}  →  ${oneLine(replacement)}${untested}`;
          })
      : [],
  );
  return lines.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).join('\n');
}

type Counts = Record<'killed' | 'timeout' | 'survived' | 'untested' | 'static' | 'error', number>;
const column: Record<string, keyof Counts> = {
  ...{ Killed: 'killed', Timeout: 'timeout', Survived: 'survived', NoCoverage: 'untested' },
  ...{ Ignored: 'static', RuntimeError: 'error', CompileError: 'error' },
};

/** A line for each file, folder and for all: what was noticed of what could have been, in percent. */
export function table({ files }: Measured, within: (file: string) => boolean): string {
  const sums = new Map<string, Counts>();
  const folderOf = (file: string) =>
    file
      .split('/')
      .slice(0, file.startsWith('src/') ? 2 : 1)
      .join('/');
  for (const [file, { mutants }] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!within(file)) continue;
    for (const name of [file, `${folderOf(file)}/`, 'all']) {
      const counts = sums.get(name) ?? { killed: 0, timeout: 0, survived: 0, untested: 0, static: 0, error: 0 };
      for (const { status } of mutants) counts[column[status] ?? 'error']++;
      sums.set(name, counts);
    }
  }
  const widths = [42, 8, 9, 10, 10, 8, 7, 8];
  const line = (cells: (string | number)[]) =>
    cells
      .map((cell, at) => (at === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[at] ?? 0)))
      .join('');
  const isSum = (name: string) => name.endsWith('/') || name === 'all';
  const rows = [...sums]
    .sort(([a], [b]) => Number(isSum(a)) - Number(isSum(b)))
    .map(([name, counts]) => {
      const noticed = counts.killed + counts.timeout;
      const all = noticed + counts.survived + counts.untested;
      const score = all === 0 ? '-' : `${((100 * noticed) / all).toFixed(1)} %`;
      return line([
        name,
        counts.killed,
        counts.timeout,
        counts.survived,
        counts.untested,
        counts.static,
        counts.error,
        score,
      ]);
    });
  return [line(['file', 'killed', 'timeout', 'survived', 'untested', 'static', 'error', 'score']), ...rows].join('\n');
}
