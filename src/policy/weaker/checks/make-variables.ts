/** Longer ones are left as they are: text within text within text may come to anything. */
const [longestLine, longestValue] = [1000, 200];

const assignment = /^(?:export\s+)?(\w+)\s*(\+|\?|:{0,3})=\s*(.*)$/;

/**
 * The lines of a Makefile with the values that it gives to `$(NAME)` and `${NAME}`, three deep. The last value counts;
 * of what only some targets or machines have, nothing is known here.
 */
export function withValues(lines: readonly string[]): string[] {
  const values = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', sign, value = ''] = assignment.exec(line.replace(/\s#.*/, '')) ?? [];
    const before = values.get(name);
    if (sign === '+' && before !== undefined) values.set(name, `${before} ${value}`);
    else if (name !== '' && (sign !== '?' || before === undefined)) values.set(name, value);
  }
  const put = (line: string) =>
    line.length > longestLine
      ? line
      : line.replace(/\$[({](\w+)[)}]/g, (all, name: string) => {
          const value = values.get(name) ?? all;
          return value.length > longestValue ? all : value;
        });
  return lines.map((line) => put(put(put(line))));
}
