/** A line of a file and what is indented below it. The keys of one item of a list lie in a node of their own. */
export interface Node {
  /** Without indentation and dash; empty for an item, and for the file. */
  text: string;
  /** Counted from 1; 0 for the file. */
  line: number;
  isItem: boolean;
  parent: Node | null;
  children: Node[];
}

/** Nobody writes longer ones. What stands behind is told by its mark, for it is not read. */
const longestLine = 1000;

/** The tree of a text by indentation, as YAML means it and as everything else is usually written. */
export function outline(text: string): Node {
  const file: Node = { text: '', line: 0, isItem: false, parent: null, children: [] };
  const open = [{ node: file, depth: -1 }];
  const add = (text: string, line: number, depth: number, isItem: boolean) => {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const parent = open.at(-1)?.node ?? file;
    const node: Node = { text, line, isItem, parent, children: [] };
    parent.children.push(node);
    open.push({ node, depth });
  };
  for (const [at, line] of linesOf(text).entries()) {
    const [, blank = '', dash = '', content = ''] = /^(\s*)((?:-(?:\s+|$))?)(.*)$/.exec(line) ?? [];
    // An item may stand right below the key it belongs to, and is deeper all the same.
    if (dash !== '') add('', at + 1, blank.length + 0.5, true);
    // Brackets that close say nothing.
    if (/[^\s\])}'"`;,]/.test(content)) add(content, at + 1, blank.length + dash.length, false);
  }
  return file;
}

/** Without comments; what goes on in the next line is there already, and the next line empty. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => withoutComment(line).trimEnd());
  for (let i = lines.length - 2; i >= 0; i--) {
    if (!lines[i]?.endsWith('\\')) continue;
    lines[i] = `${lines[i]?.slice(0, -1).trimEnd()} ${lines[i + 1]?.trim()}`;
    lines[i + 1] = '';
  }
  return lines.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)} ; …` : line));
}

/** A mark within quotes begins none. */
function withoutComment(line: string): string {
  const at = /(^|\s)(#|\/\/\s)/.exec(line)?.index;
  if (at === undefined) return line;
  const before = line.slice(0, at);
  const isQuoted = ['"', "'"].some((quote) => before.split(quote).length % 2 === 0);
  return isQuoted ? line : before;
}

const keys = [
  /^"([^"]+)"\s*:(?=\s|$)/,
  /^'([^']+)'\s*:(?=\s|$)/,
  /^([\w.$/-]+)\s*:(?=\s|$)/,
  /^(pipeline|stages?|steps|script|environment|agent|when|options|post|tools)\s*\{$/,
  /^([\w.]+)\s+=(?=\s|$)/,
];

/** `runs-on` of `runs-on: ubuntu-latest`, `environment` of `environment {`, `setenv` of `setenv = A=b`. */
export function keyOf({ text }: Node): string | null {
  for (const pattern of keys) {
    const key = pattern.exec(text)?.[1];
    if (key !== undefined) return key;
  }
  return null;
}

/** All below a node, itself first. */
export function below(node: Node): Node[] {
  return [node, ...node.children.flatMap(below)];
}
