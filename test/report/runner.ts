/** How the runner of GitHub Actions reads a line of a step's output (its ActionCommand, newest form first). */

export interface Command {
  name: string;
  properties: Record<string, string>;
  message: string;
}

/** Null for a line that is no command. Throws for one in the old form, which nothing here should write. */
export function readLine(line: string): Command | null {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf('::', 2);
  if (!trimmed.startsWith('::') || end === -1) {
    if (line.includes('##[')) throw new Error(`a command in the old form: ${line}`);
    return null;
  }
  const head = trimmed.slice(2, end);
  const blank = head.indexOf(' ');
  const name = blank === -1 ? head : head.slice(0, blank);
  const properties = Object.fromEntries(
    (blank === -1 ? '' : head.slice(blank + 1))
      .trim()
      .split(',')
      .map((pair): [string, string] => [pair.split('=')[0] ?? '', unescapeProperty(pair.split('=').slice(1).join('='))])
      .filter(([key, value]) => key !== '' && value !== ''),
  );
  return { name, properties, message: unescapeData(trimmed.slice(end + 2)) };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}
