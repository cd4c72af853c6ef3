import type { Out, Style } from '../ports.js';

type Stream = NodeJS.WriteStream;
type Vars = Record<string, string | undefined>;

/** The two streams of a process. Colour follows NO_COLOR, FORCE_COLOR and whether somebody is looking. */
export function terminal(stdout: Stream, stderr: Stream, vars: Vars, wants: { color: boolean; quiet: boolean }): Out {
  const isTerminal = Boolean(stderr.isTTY) && vars.CI === undefined && vars.TERM !== 'dumb';
  let shown = false;
  // A reader that went away (head, a closed pager) is not our failure.
  stdout.on('error', ignoreClosedPipe);
  stderr.on('error', ignoreClosedPipe);

  function progress(text: string) {
    if (!isTerminal || wants.quiet) return;
    if (text !== '' || shown) stderr.write(`\r\x1b[2K${text.slice(0, Math.max(0, (stderr.columns ?? 80) - 1))}`);
    shown = text !== '';
  }

  return {
    stdout(text) {
      progress('');
      stdout.write(text);
    },
    stderr(text) {
      progress('');
      stderr.write(text);
    },
    style: style(wants.color && coloured(stdout, vars)),
    styleError: style(wants.color && coloured(stderr, vars)),
    isTerminal,
    progress,
  };
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

function ignoreClosedPipe(error: NodeJS.ErrnoException) {
  if (error.code !== 'EPIPE') throw error;
}
