/** What may stand at one place of a command line. `ask`: names that only the repository knows, asked for at the moment. */
export type Suggestion =
  | { from: 'words'; words: readonly string[] }
  | { from: 'ask'; list: 'names' | 'environments' }
  | { from: 'files' | 'folders' | 'nothing' };

export interface CompletableFlag {
  /** Without its dashes. */
  name: string;
  short: string | null;
  help: string;
  /** Null: it takes no value. */
  value: Suggestion | null;
}

/** A command as a shell sees it. */
export interface Completable {
  name: string;
  summary: string;
  flags: CompletableFlag[];
  args: Suggestion;
}

/** A text between single quotes, for shells that know no escape in there. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
