/** Terminal colours; every function returns its text unchanged where colour is off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

export interface Out {
  stdout(text: string): void;
  stderr(text: string): void;
  /** For text that goes to stdout, and for text that goes to stderr. */
  style: Style;
  styleError: Style;
  isTerminal: boolean;
  /** One line that replaces itself on a terminal; nothing elsewhere. An empty text clears it. */
  progress(text: string): void;
}
