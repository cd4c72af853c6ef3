/**
 * How a failure is made and known again. It crosses module borders by its `code`, so nothing depends on `instanceof`.
 * The failures themselves are listed in `failures/`.
 */
import { catalogue, type ExitCode, exitCodes } from './failures.js';

export { type ExitCode, exitCodes };

export type FailureCode = keyof typeof catalogue;

type FieldsIn<Text extends string> = Text extends `${string}{${infer Field}}${infer Rest}`
  ? Field | FieldsIn<Rest>
  : never;
type FieldsOf<Code extends FailureCode> = FieldsIn<
  (typeof catalogue)[Code]['message'] | (typeof catalogue)[Code]['hint']
>;

export class Failure extends Error {
  readonly code: FailureCode;
  readonly exit: ExitCode;
  readonly hint: string;
  constructor(code: FailureCode, fields: Record<string, string>, cause?: unknown) {
    super(fill(catalogue[code].message, fields), cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.code = code;
    this.exit = catalogue[code].exit;
    this.hint = fill(catalogue[code].hint, fields);
  }
}

/** A failure of the catalogue; a missing field is a compile error. */
export function failure<Code extends FailureCode>(
  code: Code,
  fields: Record<FieldsOf<Code>, string>,
  cause?: unknown,
): Failure {
  return new Failure(code, fields, cause);
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure' && 'exit' in error;
}

/** Replaces `{name}` by its field; an unknown name stays as it is. */
export function fill(text: string, fields: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fields ? String(fields[name]) : whole));
}
