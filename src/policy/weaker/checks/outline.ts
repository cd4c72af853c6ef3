/** A line of a file and what is indented below it. The keys of one item of a list lie in a node of their own. */
export interface Node {
  /** Without indentation and dash; empty for an item, and for the file. */
  text: string;
  /** `runs-on` of `runs-on: ubuntu-latest`, `environment` of `environment {`; empty where it has none. */
  key: string;
  /** What stands behind the key; all of it where it has none. */
  value: string;
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
  const file: Node = { text: '', key: '', value: '', line: 0, isItem: false, parent: null, children: [] };
  const open: { node: Node; depth: number }[] = [];
  const add = (text: string, line: number, depth: number, isItem: boolean) => {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const parent = open.at(-1)?.node ?? file;
    const node: Node = { text, ...keyAndValue(text), line, isItem, parent, children: [] };
    parent.children.push(node);
    open.push({ node, depth });
  };
  for (const [at, line] of linesOf(text).entries()) {
    const content = line.trimStart();
    const isItem = /^-(\s|$)/.test(content);
    const said = isItem ? content.slice(1).trimStart() : content;
    // An item may stand right below the key it belongs to, and is deeper all the same.
    if (isItem) add('', at + 1, line.length - content.length + 0.5, true);
    // Brackets that close say nothing.
    if (/[^\s\])}'"`;,]/.test(said)) add(said, at + 1, line.length - said.length, false);
  }
  return file;
}

/** All that some reader of YAML takes for the end of a line. */
const lineEnd = /\r\n|[\n\r\u0085\u2028\u2029]/;

/** Without comments; what goes on in the next line is there already, and the next line empty. */
function linesOf(text: string): string[] {
  const lines = text.split(lineEnd).map((line) => shortened(withoutComment(line).trimEnd()));
  for (const [i, line] of [...lines.entries()].reverse()) {
    const next = lines[i + 1];
    if (next === undefined || !line.endsWith('\\')) continue;
    lines[i] = shortened(`${line.slice(0, -1).trimEnd()} ${next.trim()}`);
    lines[i + 1] = '';
  }
  return lines;
}

function shortened(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)} ; …` : line;
}

/** A mark within quotes begins none. */
function withoutComment(line: string): string {
  const at = /(^|\s)(#|\/\/\s)/.exec(line)?.index;
  const before = line.slice(0, at);
  const isQuoted = ['"', "'"].some((quote) => before.split(quote).length % 2 === 0);
  return isQuoted ? line : before;
}

const keys = [
  /^"([^"]+)"\s*:(?=\s|$)/,
  /^'([^']+)'\s*:(?=\s|$)/,
  /^([\w.$/-]+)\s*:(?=\s|$)/,
  /^([\w.$/ -]+):$/,
  /^(pipeline|stages?|steps|script|environment|agent|when|options|post|tools)\s*\{$/,
  /^([\w.]+)\s+=(?=\s|$)/,
];

function keyAndValue(text: string): Pick<Node, 'key' | 'value'> {
  for (const pattern of keys) {
    const found = pattern.exec(text);
    if (found?.[1] !== undefined) return { key: found[1], value: text.slice(found[0].length).trim() };
  }
  return { key: '', value: text };
}

/** All below a node, itself first. */
export function below(node: Node): Node[] {
  return [node, ...node.children.flatMap(below)];
}
