import { type Check, keeps, say } from './walk.js';

/** Keywords that ask other schemas about the same value. */
export const checksOfForms: Record<string, Check> = {
  $ref: (walk, at, wanted: string) => walk.judge(walk.schema.targets.get(wanted), at),
  *if(walk, at, wanted: unknown, within) {
    const chosen = keeps(walk, wanted, at) ? within.then : within.else;
    if (chosen !== undefined) yield* walk.judge(chosen, at);
  },
  *allOf(walk, at, wanted: unknown[]) {
    for (const schema of wanted) yield* walk.judge(schema, at);
  },
  anyOf: (walk, at, wanted: unknown[]) =>
    say(at, !wanted.some((schema) => keeps(walk, schema, at)), `fits none of the ${wanted.length} forms it may have`),
  oneOf: (walk, at, wanted: unknown[]) => {
    const fitting = wanted.filter((schema) => keeps(walk, schema, at)).length;
    return say(at, fitting !== 1, `fits ${fitting} of ${wanted.length} forms, and must fit one`);
  },
  not: (walk, at, wanted: unknown) => say(at, keeps(walk, wanted, at), 'has a form that is ruled out'),
};
