/** Programs that are found on PATH. */
export interface Programs {
  /** What `name --version` says first, at most 200 characters; null where there is no such program or it does not answer. */
  version(name: string): Promise<string | null>;
}
