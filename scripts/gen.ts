/** Writes everything that is derived from the declarations. `--check` compares instead and names what is stale. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ShownRule } from '../src/rule/define.js';
import { configSchemaDocument, presetSchemaDocument } from './gen/config-schema.js';
import { recommendedPreset } from './gen/recommended.js';
import { examplesIndexSource, ruleIndexSource } from './gen/rule-index.js';
import { rulePage, rulesPage } from './gen/rule-pages.js';
import { validatorsSource, validatorsTypes } from './gen/validators.js';

async function generated(): Promise<Map<string, string>> {
  const ids = readdirSync('rules')
    .flatMap((file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? [])
    .sort();
  const made = async (file: string) => (await import(pathToFileURL(`rules/${file}.ts`).href)).default;
  const rules: ShownRule[] = [];
  for (const id of ids) rules.push({ ...(await made(id)), examples: await made(`${id}.examples`) });

  const schemas = { validateManifest: JSON.parse(readFileSync('schemas/manifest.schema.json', 'utf8')) };
  const files = new Map<string, string>([
    ['src/policy/rules.gen.ts', ruleIndexSource(ids)],
    ['src/policy/examples.gen.ts', examplesIndexSource(ids)],
    ['src/schemas.gen.js', validatorsSource(schemas)],
    ['src/schemas.gen.d.ts', validatorsTypes(Object.keys(schemas))],
    ['schemas/config.schema.json', `${JSON.stringify(configSchemaDocument(rules), null, 2)}\n`],
    ['schemas/preset.schema.json', `${JSON.stringify(presetSchemaDocument(rules), null, 2)}\n`],
    ['presets/recommended.json', `${JSON.stringify(recommendedPreset(rules), null, 2)}\n`],
    ['docs/rules/README.md', rulesPage(rules)],
  ]);
  for (const rule of rules) files.set(`docs/rules/${rule.id}.md`, rulePage(rule));
  return files;
}

settle(await generated());
// Commands import what was just written, so they are asked after it.
settle(new Map([['docs/commands.md', await (await import('./gen/command-page.js')).commandsPage()]]));

/** Writes what differs, or with `--check` names it. */
function settle(files: Map<string, string>): void {
  const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  for (const [path, text] of stale) {
    if (process.argv.includes('--check')) {
      console.error(`stale: ${path} (npm run gen)`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      console.log(`wrote ${path}`);
    }
  }
}
