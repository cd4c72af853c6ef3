/** `npm run new <rule|command|report|registry> <id>`: a file in the right place, wired, and a test that fails until it is written. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const kinds: Record<string, (id: string) => { files: Record<string, string>; wire?: () => void; next: string }> = {
  rule: (id) => ({
    files: {
      [`rules/${id}.ts`]: `import { defineRule, noOptions } from 'layer-policy/rule';

export default defineRule({
  id: '${id}',
  title: 'What holds where the rule is kept',
  why: 'What goes wrong where it is not.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['paths'],
  options: noOptions,
  messages: {
    wrong: { message: '{path} is wrong', hint: 'The command that mends it: git rm -- {path}' },
  },
  *check({ paths }) {
    // What is judged comes in as facts (src/rule/facts.ts); yield one problem a place.
  },
});
`,
      [`rules/${id}.examples.ts`]: `import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './${id}.js';

export default [
  { name: 'as it should be', given: { paths: judged('right') }, problems: [] },
  { name: 'as it should not be', given: { paths: judged('wrong') }, problems: ['wrong'] },
] satisfies ExamplesOf<typeof rule>;
`,
    },
    next: 'npm run gen && npx vitest run test/rules   (its second example fails until check() finds it)',
  }),
  command: (id) => ({
    files: {
      [`src/commands/${id}.ts`]: `import { defineCommand } from './command.js';

export const ${camel(id)} = defineCommand({
  name: '${id}',
  summary: 'What it does, in one sentence.',
  args: '',
  flags: {},
  examples: [['layer-policy ${id}', 'what that does']],
  async run() {
    return { exit: 5, document: { schema: 1, ok: false }, text: () => 'not written yet\\n' };
  },
});
`,
      [`test/commands/${id}.test.ts`]: `import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

it('${id} does what it says', () => {
  const r = exampleRepo();
  expect(run(r.dir, ['${id}', '--json'], { env: r.env }).code).toBe(0);
});
`,
    },
    wire: () =>
      insert(
        'src/commands/index.ts',
        /\n};\n$/,
        `\n  ${id.includes('-') ? `'${id}'` : id}: { group: 'See what is there', summary: 'what it does', load: async () => (await import('./${id}.js')).${camel(id)} as Command },\n};\n`,
      ),
    next: `npx vitest run test/commands/${id}.test.ts`,
  }),
  report: (id) => ({
    files: {
      [`src/report/${id}.ts`]: `import type { Verdict } from '../policy/verdict.js';

/** What reads it, and where its form is written down. */
export function ${camel(id)}({ findings }: Verdict): string {
  return findings.map(({ file, message }) => \`\${file}: \${message}\\n\`).join('');
}
`,
      [`test/report/${id}.test.ts`]: `import { expect, it } from 'vitest';
import { ${camel(id)} } from '../../src/report/${id}.js';

it('${id} is valid by its format', () => {
  expect(${camel(id)}).toBe('compared with the schema of the format');
});
`,
    },
    wire: () => {
      insert('src/report/format-names.ts', /\] as const/, `, '${id}'] as const`);
      insert('src/report/index.ts', /\n};\n$/, `\n  '${id}': ${camel(id)},\n};\n`);
      insert('src/report/index.ts', /^/, `import { ${camel(id)} } from './${id}.js';\n`);
    },
    next: `Give test/report/valid.ts a reader of the format, then: npx biome check --write src/report && npx vitest run test/report`,
  }),
  registry: (id) => ({
    files: {
      [`src/io/registry/${id}.ts`]: `import type { Registry } from '../../ports.js';

/** Where it stores, and what its promises rest on. */
export function ${camel(id)}Registry(environment: string): Registry {
  throw new Error(\`${id} is not written yet: \${environment}\`);
}
`,
      [`test/io/registry/${id}.test.ts`]: `import { ${camel(id)}Registry } from '../../../src/io/registry/${id}.js';
import { registryContract } from './contract.js';

registryContract('${id}', async () => ${camel(id)}Registry('dev'));
`,
    },
    next: `Name the target in src/config/schema.ts and src/env.ts, then: npx vitest run test/io/registry/${id}.test.ts`,
  }),
};

function insert(file: string, where: RegExp, text: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(where, () => text);
  if (after === before) throw new Error(`${file} has changed its form; add this by hand:\n${text}`);
  writeFileSync(file, after);
}

const [kind = '', id = ''] = process.argv.slice(2);
const make = kinds[kind];
if (make === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error(`npm run new <${Object.keys(kinds).join('|')}> <kebab-case-id>`);
  process.exitCode = 2;
} else {
  const { files, wire, next } = make(id);
  const there = Object.keys(files).filter((file) => existsSync(file));
  if (there.length > 0) {
    console.error(`Already there: ${there.join(', ')}`);
    process.exitCode = 2;
  } else {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      console.log(`wrote ${file}`);
    }
    wire?.();
    console.log(`next: ${next}`);
  }
}
