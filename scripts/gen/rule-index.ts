const local = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `src/policy/rules.gen.ts`: every rule of `rules/`. */
export function ruleIndexSource(ids: string[]): string {
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

/** `src/policy/examples.gen.ts`: what shows them, for whoever asks. */
export function examplesIndexSource(ids: string[]): string {
  return [
    '// Written by npm run gen from rules/.',
    ...ids.map((id) => `import ${local(id)} from '../../rules/${id}.examples.js';`),
    "import type { ShownRule } from '../rule/define.js';",
    '',
    "export const examplesOf: Record<string, ShownRule['examples']> = {",
    ...ids.map((id) => `  '${id}': ${local(id)},`),
    '};',
    '',
  ].join('\n');
}
