import { escapesAt } from './escapes.js';
import { weakerFlags } from './flags.js';
import { triggersIn } from './triggers.js';
import { type Weakening, weakening } from './weakening.js';

/** A weakening and its line in the file as it is now; null: it is not there any more. */
export type Loss = Weakening & { line: number | null };

interface Use {
  line: number;
  /** From this tool's name to the end of the command. */
  command: string;
  escapes(): string[];
}

/** What a file no longer asks of this tool; `after` is null where the file is gone. */
export function lostUses(before: string, after: string | null): Loss[] {
  const was = usesIn(before);
  if (was.length === 0) return [];
  const losses = paired(was, after === null ? [] : usesIn(after)).flatMap(([old, now]): Loss[] => {
    if (now === null) return [{ ...weakening(old.command, old.command, undefined, 'gone'), line: null }];
    const { line, command } = now;
    const before = old.escapes();
    const added = now.escapes().filter((way) => !before.includes(way));
    return [
      ...added.map((way) => ({ ...weakening(command, undefined, way, 'escape'), line })),
      ...weakerFlags(old.command, command).map((loss) => ({ ...loss, line })),
    ];
  });
  return after === null ? losses : [...losses, ...lostTriggers(before, after)];
}

/** Each use with the one that has taken its place: the same words, else the same command of this tool. */
function paired(was: readonly Use[], is: readonly Use[]): [Use, Use | null][] {
  const left = [...is];
  const taken = new Map<Use, Use>();
  for (const key of [({ command }: Use) => command, verbOf]) {
    for (const old of was) {
      const at = taken.has(old) ? -1 : left.findIndex((now) => key(now) === key(old));
      for (const now of at === -1 ? [] : left.splice(at, 1)) taken.set(old, now);
    }
  }
  return was.map((old) => [old, taken.get(old) ?? null]);
}

/** `check` of `layer-policy check --stage ci`; empty where none is named. */
function verbOf({ command }: Use): string {
  return /^\S+\s+([a-z]+)/.exec(command)?.[1] ?? '';
}

function lostTriggers(before: string, after: string): Loss[] {
  const [was, is] = [triggersIn(before), triggersIn(after)];
  const lost = was.events.filter((event) => !is.events.includes(event));
  const narrowed = is.narrowed.filter((line) => !was.narrowed.includes(line));
  return [
    ...lost.map((event) => ({ ...weakening(`on: ${event}`, event, undefined, 'gone'), line: null })),
    ...narrowed.map((way) => ({ ...weakening('layer-policy', undefined, way, 'escape'), line: null })),
  ];
}

const tool = /layer-policy[^;&|'"`)]*/g;

/** Lines that only name a step, a job, a cache or a file, and those that print. */
const noUse = [
  /^\s*(-\s+)?["']?(name|displayName|title|description|key|restore-keys|group|stage|needs|dependsOn|paths?)["']?\s*:/,
  /^\s*(-\s+)?["']?[\w./-]*layer-policy[\w.-]*["']?\s*:\s*$/,
  /(^|[;&|:-]\s*)(echo|printf|true|:)\s[^;&|]*layer-policy/,
];

/** Nobody writes longer ones, and the patterns take their time with them. */
const longestLine = 1000;

/** Every place where a file runs this tool; a comment is none. */
function usesIn(text: string): Use[] {
  const lines = text.split(/\r?\n/).map((line) => line.slice(0, longestLine).replace(/(^|\s)(#|\/\/\s).*$/, ''));
  return lines.flatMap((line, at) =>
    noUse.some((pattern) => pattern.test(line))
      ? []
      : Array.from(line.matchAll(tool), ([command]) => ({
          line: at + 1,
          command: command.trim().replace(/\s+/g, ' '),
          escapes: () => escapesAt(lines, at),
        })),
  );
}
