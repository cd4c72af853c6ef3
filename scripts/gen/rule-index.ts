/** `src/policy/rules.gen.ts`: every file of `rules/`, with the name of what judges its options. */
export function ruleIndexSource(ids: string[], optionsName: (id: string) => string): string {
  const local = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    '// Written by npm run gen from rules/.',
    ...ids.map((id) => `import ${local(id)} from '../../rules/${id}.js';`),
    "import type { Rule } from '../rule/define.js';",
    "import type * as schemas from '../schemas.gen.js';",
    '',
    'export interface IndexedRule {',
    '  rule: Rule;',
    '  /** Judges its options, in `schemas.gen.js`. */',
    '  validator: keyof typeof schemas;',
    '}',
    '',
    'export const ruleIndex: Record<string, IndexedRule> = {',
    ...ids.map((id) => `  '${id}': { rule: ${local(id)} as unknown as Rule, validator: '${optionsName(id)}' },`),
    '};',
    '',
  ].join('\n');
}
