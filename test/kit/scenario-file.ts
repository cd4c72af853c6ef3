import type { Story } from './files.js';

export interface Step {
  line: number;
  /** `! verb …` */
  not: boolean;
  /** `[exit N] verb …` */
  exit: number | null;
  verb: string;
  args: string[];
}

export interface Scenario {
  /** The comment at the top: what the scenario shows. */
  about: string;
  steps: Step[];
  files: Story;
}

const section = /^-- (\S.*?) --$/;
const marks = /^(?:(!)\s+|\[exit (\d+)\]\s+)?(\S.*)$/;

/**
 * Reads a scenario: comments, one step a line, then `-- path --` sections with the files to begin with. Words are
 * parted by blanks; `'…'` keeps them, and `''` inside is a quote. Throws `line N: …`.
 */
export function parseScenario(text: string): Scenario {
  const lines = text.replace(/\n$/, '').split('\n');
  const firstFile = lines.findIndex((line) => section.test(line));
  const head = firstFile < 0 ? lines : lines.slice(0, firstFile);
  const about = head.slice(
    0,
    head.findIndex((line) => !line.startsWith('#')),
  );
  if (about.length === 0) throw new Error('line 1: a scenario begins with a comment that says what it shows');
  const steps = head.flatMap((line, i) => step(line, i + 1));
  if (steps.length === 0) throw new Error(`line ${head.length}: no steps`);
  return {
    about: about.map((line) => line.replace(/^#\s*/, '')).join(' '),
    steps,
    files: firstFile < 0 ? {} : files(lines.slice(firstFile), firstFile + 1),
  };
}

function step(text: string, line: number): Step[] {
  if (text.trim() === '' || text.startsWith('#')) return [];
  const [, not, exit, rest = ''] = marks.exec(text) ?? [];
  const [verb, ...args] = words(rest, line);
  if (verb === undefined || /^[![]/.test(verb)) throw new Error(`line ${line}: cannot read: ${text}`);
  return [{ line, not: not === '!', exit: exit === undefined ? null : Number(exit), verb, args }];
}

function words(text: string, line: number): string[] {
  if (text.split("'").length % 2 === 0) throw new Error(`line ${line}: a quote is not closed: ${text}`);
  const found = text.match(/(?:'(?:[^']|'')*'|[^\s'])+/g) ?? [];
  return found.map((word) => word.replace(/'((?:[^']|'')*)'/g, (_, inner: string) => inner.replaceAll("''", "'")));
}

function files(lines: string[], firstLine: number): Story {
  const story: Record<string, string> = {};
  let current = '';
  for (const [i, line] of lines.entries()) {
    const path = section.exec(line)?.[1];
    if (path === undefined) {
      story[current] += `${line}\n`;
      continue;
    }
    if (path in story) throw new Error(`line ${firstLine + i}: ${path} is given twice`);
    if (path.startsWith('/') || path.split('/').includes('..')) {
      throw new Error(`line ${firstLine + i}: ${path} leaves the repository`);
    }
    current = path;
    story[current] = '';
  }
  return story;
}
