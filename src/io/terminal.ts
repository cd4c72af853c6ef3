import { failure } from '../errors.js';
import { once } from '../layer/once.js';
import type { Out, Style } from '../ports.js';
import type { List } from './tasks/list.js';

type Stream = NodeJS.WriteStream;
type Vars = Record<string, string | undefined>;
interface Host {
  stdout: Stream;
  stderr: Stream;
  env: Vars;
  exit(code: number): void;
  on(event: 'SIGCONT', act: () => void): unknown;
}

/**
 * The two streams of a process, opened when first written to. Colour follows NO_COLOR, FORCE_COLOR and whether somebody
 * is looking.
 */
export function terminal(host: Host, wants: { color: boolean; quiet: boolean; verbose?: boolean }): Out {
  const stdout = once(() => host.stdout.on('error', (error) => lose(host, error)));
  // There is nobody else to tell.
  const stderr = once(() => host.stderr.on('error', () => {}));
  const isTerminal = once(() => host.stderr.isTTY === true && host.env.CI === undefined && host.env.TERM !== 'dumb');
  let shown = false;
  let list: List | null = null;

  function progress(text: string) {
    if (wants.quiet || (text === '' && !shown) || !isTerminal()) return;
    stderr().write(`\r\x1b[2K${text.slice(0, Math.max(0, (host.stderr.columns ?? 80) - 1))}`);
    shown = text !== '';
  }

  /** Above what stands at the bottom. */
  function say(stream: () => Stream, text: string) {
    progress('');
    list?.hide();
    stream().write(text);
    list?.show();
  }
  const styleError = () => style(wants.color && coloured(host.stderr, host.env));

  return {
    stdout: (text) => say(stdout, text),
    stderr: (text) => say(stderr, text),
    get style() {
      return style(wants.color && coloured(host.stdout, host.env));
    },
    get styleError() {
      return styleError();
    },
    get isTerminal() {
      return isTerminal();
    },
    progress,
    async tasks(texts) {
      const { lines, liveList, silence } = await import('./tasks/index.js');
      const write = (text: string) => void stderr().write(text);
      // Somebody who reads along, or will read the log; whatever else called this only wants the answer.
      const isRead = host.stderr.isTTY === true || host.env.CI !== undefined || wants.verbose === true;
      if (wants.quiet || !isRead) list = silence;
      else if (!isTerminal()) list = lines(texts, write, styleError());
      else list = liveList(texts, { write, style: styleError(), size: () => host.stderr });
      // Stopped by Ctrl-Z and taken up again: the shell has written below it.
      host.on('SIGCONT', () => list?.again());
      return list;
    },
    settle: () => list?.close(),
  };
}

/** A reader that went away (head, a closed pager) is not our failure; an answer that is cut off for another reason is. */
function lose(host: Host, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  const { message, hint, exit } = failure('answer-lost', { problem: error.message }, error);
  host.stderr.write(`✖ ${message}\n  → ${hint}\n`, () => host.exit(exit));
}

function coloured(stream: Stream, vars: Vars): boolean {
  if (vars.NO_COLOR !== undefined && vars.NO_COLOR !== '') return false;
  if (vars.FORCE_COLOR !== undefined) return vars.FORCE_COLOR !== '0';
  return Boolean(stream.isTTY) && vars.TERM !== 'dumb';
}

function style(on: boolean): Style {
  const paint = (open: number, close: number) => (text: string) => (on ? `\x1b[${open}m${text}\x1b[${close}m` : text);
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    green: paint(32, 39),
    cyan: paint(36, 39),
  };
}
