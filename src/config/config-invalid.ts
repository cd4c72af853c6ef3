import { type Failure, failure } from '../errors.js';
import { type Breach, sayBreaches } from './breach.js';

/** The refusal of a policy file, with the lines of what is wrong where the format tells them. */
export function configInvalid(
  file: string,
  breaches: readonly Breach[],
  lineOf: (pointer: string) => number | null = () => null,
): Failure {
  return failure('config-invalid', {
    file,
    problems: sayBreaches(breaches, lineOf),
    fix: `Correct ${file}. What a rule takes: layer-policy explain <rule>. The schema: schemas/config.schema.json`,
  });
}
