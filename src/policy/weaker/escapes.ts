/** On the line of the command itself: its exit code is thrown away, or it runs only if. */
const onLine = [
  /\|\|(?!\s*((exit|return)\s+([1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?!\d)|false)).*/,
  /(?<!\|)\|(?!\|).*/,
  /[;&]\s*(true|:|exit\s+0)\s*$/,
  /(?<=^|[;&\s])(exit|return)(\s+0)?\s*[;&](?=.*layer-policy)/,
  /(?<!&)&\s*$/,
  /(?<=^|\s)(if|while|until|!)\s.*layer-policy/,
  /\b(returnStatus|catchError|warnError)\b.*/,
];

/** Beside it or beside what it is part of: keys of its step or job, lines of its script. */
const beside = [
  /^["']?(continue-on-error|continueOnError|allow_failure|ignore-failure|on-failure|onFailure)["']?\s*:(?!\s*(false|ABORT)\s*$)/,
  /^["']?(if|unless|when|only|except|rules|condition|shell)["']?\s*:/,
  /^set\s+\+e\b/,
  /^(exit|return)(\s+0)?\s*;?$/,
];

/** What it is part of. */
const above = [/^(if|elif|else|while|until|case|try)\b(?!\s*:)/, /\b(catchError|warnError)\b/];

/** What keeps a refusal at this line from counting, each as it is written. */
export function escapesAt(lines: readonly string[], at: number): string[] {
  const line = lines[at] ?? '';
  const own = onLine.flatMap((pattern) => pattern.exec(line)?.[0].trim() ?? []);
  const around = blocksAround(lines, at).flatMap(({ parent, neighbours }) => [
    ...neighbours.filter((other) => beside.some((pattern) => pattern.test(other))),
    ...(parent !== null && above.some((pattern) => pattern.test(parent)) ? [parent] : []),
  ]);
  return [...own, ...around];
}

interface Block {
  /** The other lines of one depth, without their dashes. */
  neighbours: string[];
  /** The line that the block hangs on. */
  parent: string | null;
}

/** The blocks a line is in, by indentation, from the inner to the outer. The items of one list are no neighbours. */
function blocksAround(lines: readonly string[], at: number): Block[] {
  const blocks: Block[] = [];
  for (let from: number | null = at; from !== null; ) {
    const { neighbours, parent } = blockAround(lines, from);
    const shown = neighbours.map((i) => content(lines[i] ?? ''));
    blocks.push({ neighbours: shown, parent: parent === null ? null : content(lines[parent] ?? '') });
    from = parent;
  }
  return blocks;
}

function blockAround(lines: readonly string[], from: number): { neighbours: number[]; parent: number | null } {
  const depth = depthOf(lines[from] ?? '');
  const neighbours: number[] = [];
  let parent: number | null = null;
  let isWithin = !startsItem(lines[from] ?? '');
  for (let i = from - 1; i >= 0 && parent === null; i--) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    if (depthOf(line) < depth) parent = i;
    else if (isWithin && depthOf(line) === depth) {
      neighbours.push(i);
      isWithin = !startsItem(line);
    }
  }
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    if (depthOf(line) < depth || (depthOf(line) === depth && startsItem(line))) break;
    if (depthOf(line) === depth) neighbours.push(i);
  }
  return { neighbours, parent };
}

/** Where the text of a line begins, behind the dash of a list. */
function depthOf(line: string): number {
  return line.trimEnd().length - content(line).length;
}

function content(line: string): string {
  return line.trimEnd().replace(/^\s*(-\s+)?/, '');
}

function startsItem(line: string): boolean {
  return /^\s*-\s/.test(line);
}
