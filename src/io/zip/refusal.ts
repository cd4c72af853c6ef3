import { type Failure, failure } from '../../errors.js';

/** Turns what is wrong with one zip into a failure that names the zip. */
export type Refuse = (problem: string, cause?: unknown) => Failure;

/** `file` is the zip's name as users know it; the layer to build again is read off it. */
export function refusal(file: string): Refuse {
  const name = file.replace(/^.*\//, '').replace(/(?:-\d+\.\d+\.\d+)?\.zip$/, '');
  return (problem, cause) => failure('zip-invalid', { file, problem, name }, cause);
}
