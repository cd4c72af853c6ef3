import { around, type Root } from './around.js';
import { callsIn, type Script, type Scripts } from './calls.js';
import { below, type Node, outline } from './outline.js';
import type { Setting } from './setting.js';

/** A command of this tool that CI or a hook runs, itself or by a script it calls. */
export interface Use {
  /** Where the command is written. */
  file: string;
  line: number;
  /** From this tool's name to the end of the command. */
  command: string;
  /** All that it runs with, from the job that calls it to its own line. */
  settings: Placed[];
}

export type Placed = Setting & { file: string };

const tool = /layer-policy[^;&|'"`)]*/g;

/** Lines that only name a step, a job, a cache or a file, and those that print. */
const noUse = [
  /^["']?(name|displayName|title|description|key|restore-keys|group|stage|needs|dependsOn|paths?)["']?\s*:/,
  /^["']?[\w./-]*layer-policy[\w.-]*["']?\s*:\s*$/,
  /(^|[;&|:-]\s*)(echo|printf|true|:)\s[^;&|]*layer-policy/,
];

/** Nobody has more in one file. Of a file that grows beyond, those behind count as gone. */
const mostUses = 50;

/** Every command of this tool that a text runs; a comment is none. What a script holds is remembered in `known`. */
export function usesIn(text: Script, scripts: Scripts, known = new Map<Script, Use[]>()): Use[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  // Scripts that call themselves are read once.
  known.set(text, []);
  const { file } = text;
  const root: Root = /gitlab/.test(file) ? 'jobs' : /lefthook/.test(file) ? 'hooks' : null;
  const found: Use[] = [];
  for (const node of below(outline(text.text))) {
    for (const { at, end, told, uses } of commandsIn(node, text, scripts, known)) {
      if (found.length >= mostUses || uses.length === 0) continue;
      const lines = [...around(node, root), ...beside(node, at, end)];
      if (told !== '') lines.push({ key: 'told', text: told, line: node.line });
      const outer = lines.map((setting) => ({ ...setting, file, line: text.line + setting.line - 1 }));
      found.push(...uses.map((use) => ({ ...use, settings: [...outer, ...use.settings] })));
    }
  }
  const all = found.slice(0, mostUses);
  known.set(text, all);
  return all;
}

interface Command {
  at: number;
  end: number;
  told: string;
  uses: Use[];
}

/** The commands of this tool in one line, and those of the scripts it calls. */
function commandsIn(node: Node, { file, line }: Script, scripts: Scripts, known: Map<Script, Use[]>): Command[] {
  if (noUse.some((pattern) => pattern.test(node.text))) return [];
  const direct = Array.from(
    node.text.matchAll(tool),
    ({ 0: command, index }): Command => ({
      told: '',
      at: index,
      end: index + command.length,
      uses: [{ file, line: line + node.line - 1, command: tidy(command), settings: [] }],
    }),
  );
  const called = callsIn(node.text, scripts).map(
    ({ script, given, ...call }): Command => ({
      ...call,
      uses: usesIn(script, scripts, known).map((use) => ({ ...use, command: tidy(`${use.command} ${given}`) })),
    }),
  );
  return [...direct, ...called];
}

function tidy(command: string): string {
  return command.trim().replace(/\s+/g, ' ');
}

/** Ways to start what is installed, each as good as another. */
const launchers =
  /(^|\s)(npx|bunx|(npm|pnpm|yarn|bun)\s+(exec|x|dlx|run)|(npm|pnpm|yarn|bun)(?=\s*$)|(\.\/)?node_modules\/\.bin\/|\.\/|--yes|-y|--no|--no-install|--|script:)(?=\s|$)/g;

/** What stands before and behind a command in its own line, but for what has to succeed as well. */
function beside(node: Node, at: number, end: number): Setting[] {
  const { text, value, line } = node;
  const lead = text.slice(text.length - value.length, at);
  const parts = lead.split('&&').slice(0, -1);
  const last = lead.replace(/.*&&/, '').replace(/["'`]/g, ' ').replace(launchers, '');
  const lasting = parts.filter((part) => /[;|]|\b(exit|cd|export|unset|set)\b/.test(part));
  const behind = text
    .slice(end)
    .replace(/^["'`)\]},\s]+|["'`)\]},;\s]+$/g, '')
    .replace(/^\d*>?&\d(?=\s|$)/, '')
    .replace(/^\s*(\|\|\s*((exit|return)\s+([1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?!\d)|false)|&&)[^|;&]*$/, '');
  return [
    ...[...lasting, last].map((part) => ({ key: 'before', text: tidy(part), line })),
    { key: 'behind', text: tidy(behind), line },
  ].filter(({ text }) => text !== '');
}
