/** Code of users, run in this process. Nothing else here runs code that a repository names. */
export interface Modules {
  /** Runs a module and gives its exports. The path is absolute. */
  fromFile(path: string): Promise<Record<string, unknown>>;
  /** The same of an ES module's text, which can import `layer-policy/rule` and what Node brings, and nothing else. */
  fromText(text: Uint8Array): Promise<Record<string, unknown>>;
}
