/** What a failure is made of: an exit code, what is wrong, how to mend it. Texts hold `{fields}`. */

/** CONTRACT of the exit codes; `docs/exit-codes.md` says the same to users. */
export const exitCodes = {
  ok: 0,
  refused: 1,
  usage: 2,
  artefact: 3,
  world: 4,
  bug: 5,
  locked: 6,
  incomplete: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export type Catalogue = Record<string, { exit: ExitCode; message: string; hint: string }>;
