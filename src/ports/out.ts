/** Terminal colours; every function returns its text unchanged where colour is off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

/** How far a task has come: bytes on their way, or whatever else is counted. */
export interface Moved {
  done: number;
  of: number;
  unit: 'bytes in' | 'bytes out' | 'objects' | 'functions' | 'calls';
}

/** Tasks that are done one after the other, told of while they go on. */
export interface Tasks {
  /** The next one. Where it may ask somebody at the terminal, nothing is drawn over the question. */
  begin(how: { mayAsk: boolean }): void;
  moved(moved: Moved): void;
  end(state: 'done' | 'present'): void;
  /** No more of it. A task that has begun and not ended has failed, and that stays to be seen. */
  close(): void;
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
  /** A list on a terminal, a line as each ends in CI; it stands below whatever else is said, and goes when it is closed. */
  tasks(texts: readonly string[]): Promise<Tasks>;
  /** Closes what goes on, before the last words. */
  settle(): void;
}
