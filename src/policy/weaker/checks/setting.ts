/** Something that a command runs with: a key and its value, or a line before or behind it. */
export interface Setting {
  /** `env.GIT_DIR`; empty for what has no key. */
  key: string;
  text: string;
  line: number;
}
