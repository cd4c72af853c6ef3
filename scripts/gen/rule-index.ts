/** `src/policy/rules.gen.ts`: every file of `rules/`. */
export function ruleIndexSource(ids: string[]): string {
  const local = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    '// Written by npm run gen from rules/.',
    ...ids.map((id) => `import ${local(id)} from '../../rules/${id}.js';`),
    "import type { Rule } from '../rule/define.js';",
    '',
    'export interface IndexedRule {',
    '  rule: Rule;',
    '}',
    '',
    'export const ruleIndex: Record<string, IndexedRule> = {',
    ...ids.map((id) => `  '${id}': { rule: ${local(id)} as unknown as Rule },`),
    '};',
    '',
  ].join('\n');
}
