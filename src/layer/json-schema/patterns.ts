/** Whether a text holds a match of a pattern, and what that costs in steps. */
export interface Matches {
  test(pattern: string, text: string): boolean;
  cost(pattern: string, text: string): number;
}

export interface LinearPatterns {
  matches: Matches;
  problems: { pattern: string; what: string }[];
}

const countLimit = 300;
const lengthLimit = 1000;
/** A counted repetition is written out; `x{1000}` is a program of 1,000. */
const sizeLimit = 5000;

/**
 * Patterns for RE2's engine, whose time is linear in the text: JavaScript's own would let `^(a+)+$` hang a check for
 * ever. Look-around and back references do not exist in it, and are refused. The engine is loaded where a schema has a
 * pattern, and nowhere else.
 */
export async function linearPatterns(patterns: Iterable<string>): Promise<LinearPatterns> {
  const wanted = [...new Set(patterns)];
  const problems: LinearPatterns['problems'] = [];
  const compiled = new Map<string, { test(text: string): boolean; programSize(): number }>();
  const engine = wanted.length === 0 ? null : (await import('re2js')).RE2JS;
  for (const [i, pattern] of wanted.slice(0, countLimit + 1).entries()) {
    const refused = (what: string) => problems.push({ pattern, what });
    if (i === countLimit) refused(`is one of more than ${countLimit} patterns`);
    else if (pattern.length > lengthLimit) refused(`is a pattern of more than ${lengthLimit} characters`);
    else if (/\\ud[89a-f]/i.test(pattern)) refused('has half a character (\\ud…); write the character itself');
    else {
      try {
        const program = engine?.compile(engine.translateRegExp(pattern));
        if (program === undefined || program.programSize() > sizeLimit)
          refused('is too large a pattern when its counts are written out');
        else compiled.set(pattern, program);
      } catch (error) {
        refused(`is no pattern of RE2: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return {
    problems,
    matches: {
      test: (pattern, text) => compiled.get(pattern)?.test(text) === true,
      cost: (pattern, text) => 1 + Math.ceil(((compiled.get(pattern)?.programSize() ?? 0) * text.length) / 1000),
    },
  };
}
